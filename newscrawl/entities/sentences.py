"""Sentences of a text and their pieces (words, numbers, single signs), with places in that very text.

What a tagger reads. Pieces are finer than CAMeL Tools' tokens only in that two scripts never share one;
marks and invisible characters that stand alone are no pieces, so that every piece has a spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newscrawl.arabic.letters import WORD_MARKS
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.tokens import WORD

LONGEST = 96
"""A sentence of more pieces is cut, at a comma where there is one in its last third."""

_PIECE = re.compile(rf"{WORD}|[^\s_{WORD_MARKS}]")
_DIGIT = re.compile(r"\d")
_ENDS = frozenset(".!?؟۔…")
_PAUSES = frozenset(",،؛;:")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, number or sign: its place in the text, and its spelling normalised, digits all 0."""

    start: int
    end: int
    exact: str


@lru_cache(maxsize=65_536)
def spelling(written: str) -> str:
    """The normalised spelling of a piece, with 0 for every digit; "" if nothing of it is seen."""
    return _DIGIT.sub("0", normalise(written))


def sentences(text: str) -> list[list[Piece]]:
    """The sentences of a text, none empty, none longer than LONGEST pieces.

    A sentence ends at a line's end, and at a full stop, question or exclamation mark before white space.
    """
    found: list[list[Piece]] = []
    current: list[Piece] = []
    last = 0
    for match in _PIECE.finditer(text):
        exact = spelling(match.group())
        if not exact:
            continue
        start = match.start()
        if current and breaks(text, last, start):
            found.append(current)
            current = []
        elif len(current) == LONGEST:
            cut = _pause(current)
            found.append(current[:cut])
            current = current[cut:]
        current.append(Piece(start, match.end(), exact))
        last = match.end()
    if current:
        found.append(current)
    return found


def breaks(text: str, end: int, start: int) -> bool:
    """Whether a sentence ends between two neighbouring pieces."""
    between = text[end:start]
    return "\n" in between or (bool(between) and text[end - 1] in _ENDS)


def _pause(pieces: list[Piece]) -> int:
    """Where to cut a sentence that is too long: after the last pause of its last third, else at its end."""
    for index in range(len(pieces) - 1, len(pieces) * 2 // 3, -1):
        if pieces[index].exact in _PAUSES:
            return index + 1
    return len(pieces)
