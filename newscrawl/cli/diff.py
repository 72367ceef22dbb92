"""How two texts differ, as lines for people: words that were cut red and struck out, added ones green."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from newscrawl.dedupe.changes import Change, Kind
from newscrawl.terminal import Piece, Styled, coloured, isolated, styled

AROUND = 6
"""Words of what stayed that are shown on either side of a change."""

_Part = tuple[Kind, str]


def diff_lines(found: list[Change]) -> Iterator[Styled]:
    """The paragraphs in which something was cut or added, each as one line from right to left.

    Without colours, words that were cut stand in [-…-], and words that were added in {+…+}.
    """
    for line in _paragraphs(found):
        if any(kind != "same" for kind, _ in line):
            yield isolated(*_pieces(line))


def whole_line(found: list[Change]) -> Styled:
    """Changes in one line, with all that stayed: for headlines."""
    parts = (part for line in _paragraphs(found) for part in line)
    return isolated(*(piece for kind, text in parts for piece in _marked(kind, text)))


def _paragraphs(found: list[Change]) -> Iterable[list[_Part]]:
    line: list[_Part] = []
    for one, after in pairwise([*found, None]):
        assert one is not None
        # What was put in the place of a paragraph's end stands beside it.
        in_place = one.kind == "cut" and after is not None and after.kind == "added"
        text = f"{one.text.rstrip()} " if in_place else one.text
        first, *rest = text.split("\n")
        line += [(one.kind, first)] * bool(first.strip())
        for part in rest:
            yield line
            line = [(one.kind, part)] * bool(part.strip())
    yield line


def _pieces(line: list[_Part]) -> Iterator[Piece]:
    for at, (kind, text) in enumerate(line):
        shown = _shortened(text, first=at == 0, last=at == len(line) - 1) if kind == "same" else text
        yield from _marked(kind, shown)


def _marked(kind: Kind, text: str) -> Iterator[Piece]:
    plain = " ".join(text.split())
    if kind == "cut":
        yield styled(plain, struck=True, colour="red") if coloured() else f"[-{plain}-]"
    elif kind == "added":
        yield styled(plain, colour="green") if coloured() else f"{{+{plain}+}}"
    else:
        yield plain
    yield " " * text[-1:].isspace()


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail):
        return text
    return " ".join([*head, "…", *tail]) + " " * text[-1:].isspace()
