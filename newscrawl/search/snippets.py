"""Snippets: the stretch of the original text where a query's words stand closest, with their places."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.arabic.tokens import Token, tokenise
from newscrawl.search.places import Places
from newscrawl.search.query import Query, Term

WINDOW = 30
"""Words in a snippet: two lines of a terminal."""
LONGEST = 32_768
"""Characters of a text that are read for its rank and its snippet, 64 kB of Arabic: more than nearly every
article has. A word that first comes later is found, and neither counts nor shows."""
LEAD = 5
"""Words shown before the first hit."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text as published, and the (start, end) of each hit in it."""

    text: str
    highlights: tuple[tuple[int, int], ...]


def highlight(text: str, query: Query) -> Snippet:
    """A whole title with its hits."""
    text = text[:LONGEST]
    tokens = list(tokenise(text))
    places = sorted({place for place, _ in _hits(text, tokens, query.terms)})
    return Snippet(text, _spans(tokens, places, 0))


def snippet(text: str, query: Query, *, fallback: str = "") -> Snippet:
    """The best window of a text: the one with the most different terms, then the most hits, then the first.

    Args:
        text: the body; its paragraphs are joined with a space.
        query: what was looked for.
        fallback: the text to take the snippet from if the body has no hit and this one has (the summary).
    """
    terms = tuple(term for term in query.terms if not term.title_only)
    text, fallback = text[:LONGEST], fallback[:LONGEST]
    text, tokens, hits = _search(text, terms)
    if not hits and fallback:
        other = _search(fallback, terms)
        if other[2] or not tokens:
            text, tokens, hits = other
    if not tokens:
        return Snippet("", ())
    first = max(0, min(_best_start(hits) - LEAD, len(tokens) - WINDOW))
    last = min(first + WINDOW, len(tokens)) - 1
    start = tokens[first].start if first else 0
    end = tokens[last].end if last < len(tokens) - 1 else len(text)
    before, after = "… " if first else "", " …" if last < len(tokens) - 1 else ""
    places = sorted({place for place, _ in hits if first <= place <= last})
    return Snippet(before + text[start:end] + after, _spans(tokens, places, len(before) - start))


def _search(text: str, terms: tuple[Term, ...]) -> tuple[str, list[Token], list[tuple[int, int]]]:
    text = " ".join(text.split())
    tokens = list(tokenise(text))
    return text, tokens, _hits(text, tokens, terms)


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


def _spans(tokens: list[Token], places: list[int], shift: int) -> tuple[tuple[int, int], ...]:
    return tuple((tokens[place].start + shift, tokens[place].end + shift) for place in places)


def _hits(text: str, tokens: list[Token], terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """(place of the token, number of the term) of every token that belongs to a hit, in order."""
    places = Places(terms).find([text[token.start : token.end] for token in tokens])
    return sorted({(one.first + step, one.term) for one in places for step in range(one.length)})
