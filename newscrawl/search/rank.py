"""The order of the first hits, the same for all indexes: BM25 with fields (BM25F) over our own words.

Each index ranks its matches by BM25 too, but not alike: Elasticsearch keeps a text's length in four bits. So
the first WINDOW hits are ranked again here, by the words as both find them and by how rare each word is.
(Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.arabic.tokens import words
from newscrawl.search.places import places_of
from newscrawl.search.query import Query, Term
from newscrawl.search.snippets import LONGEST

WINDOW = 50
"""How many of the first hits are ranked again; those after them keep the index's order."""
WEIGHTS = (4.0, 2.0, 1.0)
"""Weights of a word in title, summary and body."""
NAMED = 2.0
"""What it counts that an article mentions a name; a word in its summary counts as much."""
K1, B = 1.2, 0.75
"""BM25's constants, as in Lucene and FTS5: how soon repetition stops counting, and how much length counts."""
TYPICAL_WORDS = 300
"""Words of a typical news article: one figure for both indexes, whose own means differ."""

Rarity = Mapping[Term, float]
"""How much a term tells; 1.0 for those left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before it is ranked: its texts, its time, and whatever the index needs to show it."""

    title: str
    summary: str
    body: str
    event_time: datetime
    origin: Any
    missing: tuple[int, ...] = ()
    """The groups of the query that the article lacks, by their place."""
    key: str = ""
    """The article's `id`; its cluster's where a cluster is one hit."""
    names: frozenset[str] = frozenset()
    """Of the names that the query asks for, normalised, those that the article mentions."""


def rarity(articles: int, having: Mapping[Term, int]) -> dict[Term, float]:
    """BM25's inverse document frequency of each term, as Lucene has it: never below zero.

    Args:
        articles: how many there are.
        having: how many of them have each term.
    """
    return {term: math.log(1 + (articles - n + 0.5) / (n + 0.5)) for term, n in having.items()}


def window(offset: int, limit: int) -> int:
    """How many hits to ask an index for by relevance, from the first on.

    That is the whole window: what stands at its end may belong to the first page.
    """
    return max(WINDOW, offset + limit)


def page(
    found: Iterable[Found], query: Query, offset: int, limit: int, rare: Rarity
) -> list[tuple[float, Found]]:
    """The page of a window, with relevance."""
    return ranked(found, query, rare)[offset : offset + limit]


def ranked(found: Iterable[Found], query: Query, rare: Rarity) -> list[tuple[float, Found]]:
    """Relevance and hit: the first WINDOW by relevance, and by time where that is equal; then the others."""
    found, scale = list(found), Scale(query, rare)
    scored = [(scale.relevance(one), one) for one in found[:WINDOW]]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].event_time.timestamp()))
    lowest = scored[-1][0] if scored else 0.0
    return scored + [(min(lowest, scale.relevance(one)), one) for one in found[WINDOW:]]


class Scale:
    """What the texts are weighed on that one query found."""

    def __init__(self, query: Query, rare: Rarity) -> None:
        """The query, and how much its terms tell."""
        self._places = places_of(query.terms)
        self._names = [(place, frozenset(term.names)) for place, term in enumerate(query.terms) if term.names]
        self._weights = [term.weight for term in query.terms]
        self._counted = list(_counted_together(query, rare))

    def relevance(self, found: Found) -> float:
        """How much a text is about the query; 0 and more."""
        texts = [words(text[:LONGEST]) for text in (found.title, found.summary, found.body)]
        longer = 1 - B + B * sum(map(len, texts)) / TYPICAL_WORDS
        often = [0.0] * len(self._weights)
        for weight, text in zip(WEIGHTS, texts, strict=True):
            for place in self._places.find(text):
                often[place.term] += weight * self._weights[place.term]
        for term, names in self._names:
            if names & found.names:
                often[term] += NAMED * self._weights[term]
        total = 0.0
        for tells, terms in self._counted:
            times = sum(often[term] for term in terms)
            total += tells * times * (K1 + 1) / (times + K1 * longer)
        return total


def _counted_together(query: Query, rare: Rarity) -> Iterator[tuple[float, range]]:
    """What counts as one word, by the numbers of its terms, and how much it tells.

    A word typed and those that stand for it are one: counted apart, a word that is rare because only some
    speak so would outweigh all that is written about it. Else each term is one.
    """
    first = 0
    for group in query.groups:
        size = len(group) if any(term.weight < 1.0 for term in group) else 1
        for start in range(0, len(group), size):
            tells = min(rare.get(term, 1.0) for term in group[start : start + size])
            yield tells, range(first + start, first + start + size)
        first += len(group)
