"""Snippets: the stretch of the original text where a query's words stand closest, with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.arabic.tokens import word_spans
from newscrawl.search.places import places_of
from newscrawl.search.query import Query, Term

WINDOW = 30
"""Words in a snippet: two lines of a terminal."""
LONGEST = 32_768
"""Characters of a text that are read for its rank and its snippet, 64 kB of Arabic: more than nearly every
article has. A word that first comes later is found, and neither counts nor shows."""
LEAD = 5
"""Words shown before the first hit."""


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text as published, and the (start, end) of each hit in it."""

    text: str
    highlights: tuple[Span, ...]


def highlight(text: str, query: Query) -> Snippet:
    """A whole title with its hits."""
    text = text[:LONGEST]
    words = word_spans(text)
    places = sorted({place for place, _ in _hits(text, words, query.terms)})
    return Snippet(text, _marks(words, places, 0))


def snippet(text: str, query: Query, *, fallback: str = "") -> Snippet:
    """The best window of a text: the one with the most different terms, then the most hits, then the first.

    Args:
        text: the body; its paragraphs are joined with a space.
        query: what was looked for.
        fallback: the text to take the snippet from if the body has no hit and this one has (the summary).
    """
    terms = tuple(term for term in query.terms if not term.title_only)
    text, fallback = text[:LONGEST], fallback[:LONGEST]
    text, words, hits = _search(text, terms)
    if not hits and fallback:
        other = _search(fallback, terms)
        if other[2] or not words:
            text, words, hits = other
    if not words:
        return Snippet("", ())
    first = max(0, min(_best_start(hits) - LEAD, len(words) - WINDOW))
    last = min(first + WINDOW, len(words)) - 1
    start = words[first][0] if first else 0
    end = words[last][1] if last < len(words) - 1 else len(text)
    before, after = "… " if first else "", " …" if last < len(words) - 1 else ""
    places = sorted({place for place, _ in hits if first <= place <= last})
    return Snippet(before + text[start:end] + after, _marks(words, places, len(before) - start))


def _search(text: str, terms: tuple[Term, ...]) -> tuple[str, list[Span], list[tuple[int, int]]]:
    text = " ".join(text.split())
    words = word_spans(text)
    return text, words, _hits(text, words, terms)


def _best_start(hits: list[tuple[int, int]]) -> int:
    best, start = (0, 0), 0
    for index, (place, _) in enumerate(hits):
        inside = []
        for other, term in hits[index:]:
            if other >= place + WINDOW - LEAD:
                break
            inside.append(term)
        score = (len(set(inside)), len(inside))
        if score > best:
            best, start = score, place
    return start


def _marks(words: Sequence[Span], places: list[int], shift: int) -> tuple[Span, ...]:
    return tuple((words[place][0] + shift, words[place][1] + shift) for place in places)


def _hits(text: str, words: Sequence[Span], terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """(place of the word, number of the term) of every word that belongs to a hit, in order."""
    places = places_of(terms).find([text[start:end] for start, end in words])
    return sorted({(one.first + step, one.term) for one in places for step in range(one.length)})
