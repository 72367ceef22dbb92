"""A line's letters alone: what tells whether two lines of one page say the same."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W_ـ]+")
ENOUGH = 240
"""Characters of a line that are compared: no two paragraphs of an article begin with so many alike."""


def letters(line: str, most: int | None = ENOUGH) -> str:
    """The letters and digits of a line's beginning: no spaces, quotes, harakat, tatweel, marks.

    >>> letters("«شي» – قال:") == letters('"شي" قال')
    True
    """
    return "".join(_LETTERS.findall(line[:most]))
