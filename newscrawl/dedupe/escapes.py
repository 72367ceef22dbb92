"""One spelling for each piece of a URL: percent-escapes, double escapes and mojibake undone.

Slugs of one article come raw (`جري`), escaped in small or capital letters (`%d8%ac`), escaped
twice (`%25D8%25AC`) and as mojibake (`Ø¬Ø±ÙŠ`), depending on the listing that names it.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_ESCAPED_ARABIC = re.compile(rb"%(?:25)*[dD][89abAB]%(?:25)*[89abAB][0-9a-fA-F]")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
# Marks without a width that editors paste along with a headline: the reader and `discovery` drop
# raw ones, so an article must not change its identity with an escaped one.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CERTAIN = 3
"""So many Arabic letters out of mojibake are no accident."""


def one_spelling(text: str, *, safe: str) -> str:
    """`text` in its one escaped form: UTF-8, capital hex digits, escapes only where needed.

    Characters in `safe` stand as they are, besides letters, digits and `-._~`. Bytes that are not
    UTF-8 (a slug cut in the middle of a letter) keep their escapes. Idempotent; never raises.

    >>> one_spelling("%d8%ac%2D", safe=""), one_spelling("ج-", safe=""), one_spelling("%25D8%25AC-", safe="")
    ('%D8%AC-', '%D8%AC-', '%D8%AC-')
    """
    if text.isascii() and "%" not in text:
        return quote(text, safe=safe)
    for _ in range(4):  # each pass may lay bare another layer; deeper ones are no accident
        spelled = _respell(text, safe)
        if spelled == text:
            break
        text = spelled
    return text


def readable(text: str) -> str:
    """A piece of a URL with its escapes undone, for comparing names. Never raises."""
    return unquote_to_bytes(_SURROGATES.sub("\ufffd", text)).decode("utf-8", "replace")


def _respell(text: str, safe: str) -> str:
    raw = unquote_to_bytes(_SURROGATES.sub("\ufffd", text))
    letters = _undo_double_escapes(raw).decode("utf-8", "surrogateescape")
    letters = _INVISIBLE.sub("", unicodedata.normalize("NFC", undo_mojibake(letters)))
    return quote(letters.encode("utf-8", "surrogateescape"), safe=safe)


def _undo_double_escapes(raw: bytes) -> bytes:
    # Only where Arabic comes out of it: `100%25` and `%2F` mean what they say.
    while _ESCAPED_ARABIC.search(raw):
        again = unquote_to_bytes(raw)
        try:
            again.decode("utf-8")
        except UnicodeDecodeError:
            break
        raw = again
    return raw


def undo_mojibake(text: str) -> str:
    """UTF-8 once read as Western or Arabic Windows, read rightly; everything else as it is.

    Only when the whole text turns over without a fault and several Arabic letters come out: real
    Arabic words do not happen to be valid UTF-8 in those code pages.

    >>> undo_mojibake("Ø¬Ø±ÙŠ"), undo_mojibake("ط¬ط±ظٹ"), undo_mojibake("جري"), undo_mojibake("café")
    ('جري', 'جري', 'جري', 'café')
    """
    if text.isascii():
        return text
    for encoding in ("cp1252", "cp1256"):
        try:
            mended = b"".join(_byte(char, encoding) for char in text).decode("utf-8")
        except UnicodeError:
            continue
        if len(_ARABIC_LETTER.findall(mended)) >= _CERTAIN:
            return mended
    return text


def _byte(char: str, encoding: str) -> bytes:
    # Browsers read the five bytes that cp1252 leaves undefined as the control characters there.
    return char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode(encoding)
