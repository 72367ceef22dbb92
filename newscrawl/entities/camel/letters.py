"""The letters of a text that the recogniser reads, and where each stands in the text as published.

It was trained on bare words, and a word with harakat is unknown to it. `dediac_ar` takes off nine marks;
tatweel, Quranic marks, invisible characters, shaped letters and decomposed hamzas are mended here too. No
letter becomes another one (أ stays أ), for the model knows their difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newscrawl.arabic.letters import COMBINING_HAMZA, INVISIBLE, WORD_MARKS, presentation_forms

_MARK = re.compile(f"[{WORD_MARKS}]")
_ODD = re.compile(f"[{WORD_MARKS}\ufb50-\ufdff\ufe70-\ufefe]")
_COMPOSING = re.compile(f"[{COMBINING_HAMZA}\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as the recogniser reads it; `text[i]` is written at `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@cache
def _forms() -> dict[str, str]:
    return presentation_forms()


def letters(text: str) -> Letters:
    """What the recogniser reads of a text. Marks after a letter belong to its place; unseen ones do not."""
    if not _ODD.search(text):
        return Letters(text, range(len(text)), range(1, len(text) + 1))
    read: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        if _MARK.match(character):
            if read and not read[-1].isspace() and character not in INVISIBLE:
                read[-1] = _with(read[-1], character)
                ends[-1] = place + 1
            continue
        for letter in _forms().get(character, character):
            read.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return Letters("".join(read), starts, ends)


def _with(letter: str, mark: str) -> str:
    """The letter that a letter and a mark of its own make (ا + ٓ → آ), else the letter alone."""
    if not _COMPOSING.match(mark):
        return letter
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter
