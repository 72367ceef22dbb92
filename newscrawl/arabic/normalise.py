"""`normalise`: the one exact form of a text, for content hashes, phrase search and every word list.

It is what CAMeL Tools' own normalisation defines (alef, alef maksura, teh marbuta, Unicode forms,
diacritics), carried on where that leaves off: tatweel, decomposed hamza, hamza seats, look-alike letters
from Persian and Urdu keyboards, invisible characters, shaped letters, digits, letter case, white space.

    أإآٱ → ا   ى → ي   ة → ه   ؤئ → ء   ی → ي   ک → ك   ٢۲ → 2   É → e   harakat, tatweel, marks → nothing

CAMeL Tools' functions each walk the whole text. All of them act on single characters, so each character
is put through them once and the result remembered (`newscrawl.arabic.charmap`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from newscrawl.arabic.charmap import CharacterMap
from newscrawl.arabic.letters import HAMZA_SEATS, INVISIBLE, LOOK_ALIKES, TATWEEL, presentation_forms

_ACCENTS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_ARABIC_MARKS = ((0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED), (0x0898, 0x08FF))


@cache
def _camel() -> tuple[Callable[[str], str], ...]:
    # Imported at first use, for what never meets Arabic text.
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    return normalize_unicode, normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar


def _camel_letter(letter: str) -> str:
    for function in _camel():
        letter = function(letter)
    return letter


def camel_normalise(text: str) -> str:
    """The part that CAMeL Tools defines, applied to a whole text with its own functions: the reference.

    `normalise` itself never calls `dediac_ar`, whose import lists the whole of Unicode in 0.4 s: its nine
    marks are among those dropped here, and a test compares the two.
    """
    from camel_tools.utils.dediac import dediac_ar

    return _camel_letter(str(dediac_ar(text)))


@cache
def _presentation_forms() -> dict[str, str]:
    return presentation_forms()


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _drops(character: str) -> bool:
    """Whether a character is no part of a word's spelling."""
    if character == TATWEEL or character in INVISIBLE:
        return True
    mark = unicodedata.category(character) in ("Mn", "Me", "Lm")
    return mark and _within(ord(character), _ACCENTS + _ARABIC_MARKS)


def fold(character: str) -> str:
    """One character in normalised form: nothing, one letter, or the letters of a ligature."""
    if _drops(character):
        return ""
    shaped = _presentation_forms().get(character)
    if shaped is not None:
        return "".join(map(fold, shaped))
    folded = HAMZA_SEATS.get(character) or LOOK_ALIKES.get(character)
    if folded:
        return folded
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    if not character.isalnum():
        # Punctuation stays as it is: compatibility forms would turn … into three dots.
        return character
    plain = _camel_letter(character).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not _drops(c))
    plain = unicodedata.normalize("NFC", plain)
    return plain if plain == character else "".join(map(fold, plain))


_FOLDED = CharacterMap(fold)


def normalise(text: str) -> str:
    """The exact form of a text: same words, one spelling; white space collapsed, none at the ends.

    Idempotent and free of state.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = _FOLDED(text)
    # Taking a character out can bring a letter and its mark together, which then compose.
    while not unicodedata.is_normalized("NFC", text):
        text = _FOLDED(unicodedata.normalize("NFC", text))
    return " ".join(text.split())
