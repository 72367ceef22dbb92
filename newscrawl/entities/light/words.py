"""From a word's spelling to the numbers that stand for it: its row among known words, and its letters."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.arabic.stem import stem

UNKNOWN = 0
"""The row of words that are not known."""

LETTERS = 14
"""Letters of a word that are read."""


def word_row(spelling: str, rows: Mapping[str, int]) -> int:
    """The row of a spelling; where it has none, that of the word without its proclitics; else UNKNOWN."""
    row = rows.get(spelling)
    if row is None:
        row = rows.get(stem(spelling), UNKNOWN)
    return row


def letter_codes(spelling: str) -> list[int]:
    """The first LETTERS letters of a spelling as numbers from 1 to 255: Arabic by block, others folded."""
    return [_letter_code(ord(letter)) for letter in spelling[:LETTERS]]


def _letter_code(code: int) -> int:
    return code - 0x600 if 0x600 < code < 0x700 else code % 64 + 1
