"""Snippets: the stretch of the original text where a query's words stand closest, with their places."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.arabic.tokens import Token, tokenise
from newscrawl.search.query import Query

WINDOW = 30
"""Words in a snippet: two lines of a terminal."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text as published, and the (start, end) of each hit in it."""

    text: str
    highlights: tuple[tuple[int, int], ...]


def highlight(text: str, query: Query) -> Snippet:
    """A whole text with its hits (for titles)."""
    return Snippet(text, tuple((token.start, token.end) for token in tokenise(text) if _hit(token, query)))


def snippet(text: str, query: Query) -> Snippet:
    """The best window of a text: the one with the most different hits, then the most, then the first."""
    text = " ".join(text.split())
    tokens = list(tokenise(text))
    hits = [index for index, token in enumerate(tokens) if _hit(token, query)]
    if not tokens:
        return Snippet("", ())
    best, first = (0, 0), 0
    for place, index in enumerate(hits):
        inside = [other for other in hits[place : place + WINDOW] if other < index + WINDOW]
        score = (len({tokens[other].stem for other in inside}), len(inside))
        if score > best:
            best, first = score, index
    first = max(0, min(first - 5, len(tokens) - WINDOW))
    last = min(first + WINDOW, len(tokens)) - 1
    start, end = tokens[first].start, tokens[last].end
    before = "… " if first else ""
    after = " …" if last < len(tokens) - 1 else ""
    shift = len(before) - start
    spans = tuple(
        (tokens[index].start + shift, tokens[index].end + shift) for index in hits if first <= index <= last
    )
    return Snippet(before + text[start:end] + after, spans)


def _hit(token: Token, query: Query) -> bool:
    return (
        token.stem in query.stems
        or token.exact in query.exact
        or any(token.exact.startswith(prefix) for prefix in query.prefixes)
    )
