"""CAMeL's tokens: a text's sentences as the recogniser reads them, each token with its place in the text.

The recogniser was trained on bare words, and a word with harakat is unknown to it. `dediac_ar` takes off nine
marks; tatweel, Quranic marks, invisible characters, shaped letters and decomposed hamzas are mended here too.
No letter becomes another one (أ stays أ), for the model knows their difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newscrawl.arabic.letters import COMBINING_HAMZA, INVISIBLE, WORD_MARKS, presentation_forms
from newscrawl.entities.sentences import breaks

_MARK = re.compile(f"[{WORD_MARKS}]")
_ODD = re.compile(f"[{WORD_MARKS}\ufb50-\ufdff\ufe70-\ufefe]")
_COMPOSING = re.compile(f"[{COMBINING_HAMZA}\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class BareText:
    """A text as the recogniser reads it; `text[i]` is written at `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@cache
def _forms() -> dict[str, str]:
    return presentation_forms()


def bare_text(text: str) -> BareText:
    """What the recogniser reads of a text. Marks after a letter belong to its place; unseen ones do not."""
    if not _ODD.search(text):
        return BareText(text, range(len(text)), range(1, len(text) + 1))
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
    return BareText("".join(read), starts, ends)


def _with(letter: str, mark: str) -> str:
    """The letter that a letter and a mark of its own make (ا + ٓ → آ), else the letter alone."""
    if not _COMPOSING.match(mark):
        return letter
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter


@dataclass(frozen=True, slots=True)
class CamelToken:
    """A token of `simple_word_tokenize` (a word, or one sign), as the recogniser reads it."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[list[CamelToken]]:
    """The sentences of a text, none empty. They end where those of the light tagger do; none is cut."""
    from camel_tools.tokenizers.word import simple_word_tokenize

    read = bare_text(text)
    found: list[list[CamelToken]] = []
    end = 0
    for word in simple_word_tokenize(read.text):
        start = read.text.index(word, end)
        if not found or breaks(read.text, end, start):
            found.append([])
        end = start + len(word)
        found[-1].append(CamelToken(word, read.starts[start], read.ends[end - 1]))
    return found
