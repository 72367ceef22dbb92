"""Language tags as listings state them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]{2}")

# Names and three-letter codes seen where a BCP 47 tag belongs, and tags that state nothing.
_SPELLINGS = {
    "arabic": "ar",
    "ara": "ar",
    "arb": "ar",
    "english": "en",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
}
_STATES_NOTHING = frozenset({"und", "mul", "zxx", "x-default"})


def language_tag(text: str | None) -> str:
    """Return a BCP 47 tag, or empty when the listing states none.

    >>> language_tag("ar_EG"), language_tag(" Arabic "), language_tag("und"), language_tag("?")
    ('ar-EG', 'ar', '', '')
    """
    tag = (text or "").strip().replace("_", "-")
    tag = _SPELLINGS.get(tag.lower(), tag)
    if tag.lower() in _STATES_NOTHING or not _TAG.fullmatch(tag):
        return ""
    return tag


def states_other_than_arabic(tag: str, title: str) -> bool:
    """Tell whether a listing's words say that a page is not Arabic.

    A headline in Arabic letters outweighs the tag: WordPress ships with `en-US`, and many an
    Arabic newsroom never changed it.

    >>> states_other_than_arabic("en", "UAE President meets"), states_other_than_arabic("ar-AE", "")
    (True, False)
    >>> states_other_than_arabic("en-US", "رئيس الدولة يستقبل"), states_other_than_arabic("", "x")
    (False, False)
    """
    primary = tag.partition("-")[0].lower()
    return primary not in ("", "ar") and not _ARABIC_LETTERS.search(title)
