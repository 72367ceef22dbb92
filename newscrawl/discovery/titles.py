"""A headline as a listing wrote it → the words a reader would see."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_INVISIBLE_ENDS = "\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
_MAX_LENGTH = 500
"""A longer "headline" is a whole article in the wrong field; its beginning is enough."""


def clean_title(text: str) -> str:
    """Return the headline without tags, entities, padding and line breaks.

    Two rounds, for feeds that escape twice (`&amp;quot;` is common in Arabic feeds).

    >>> clean_title("  &amp;quot;نور للطاقة&amp;quot; <b>تعلن</b>&nbsp;النتائج  ")
    '"نور للطاقة" تعلن النتائج'
    """
    text = text[: _MAX_LENGTH * 8]
    for _ in range(2):
        text = html.unescape(_TAG.sub(" ", text))
    text = " ".join(_TAG.sub(" ", text).split())
    return text.strip(_INVISIBLE_ENDS + " ")[:_MAX_LENGTH]
