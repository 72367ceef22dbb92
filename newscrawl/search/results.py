"""What every search index takes and gives, and the order of the first hits, the same for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from newscrawl.arabic.tokens import tokenise
from newscrawl.filters import Filters
from newscrawl.search.query import Query
from newscrawl.search.snippets import Snippet, occurrences


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found."""

    id: str
    url: str
    outlet: str
    outlet_name: str
    published_at: datetime | None
    event_time: datetime
    score: float
    """Higher is better."""
    title: Snippet
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found."""

    total: int
    """All matching articles, exactly."""
    took_ms: float
    hits: list[Hit] = field(default_factory=list)


LEAST_ARTICLES = 2
"""A word is suggested if so many articles have it: a word of one may be the same slip again."""


class IndexUnavailableError(Exception):
    """The index cannot be asked; the message says why and how to mend it."""


class SearchIndex(Protocol):
    """An index that can be searched."""

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        *,
        limit: int = 10,
        offset: int = 0,
        newest_first: bool = False,
    ) -> Results:
        """Find articles.

        Args:
            query: see `newscrawl.search.query`.
            filters: what to keep.
            limit: hits to return, after `offset` others.
            offset: see `limit`.
            newest_first: order by time instead of by relevance (where time only breaks ties).

        Raises:
            QueryError: the query cannot be read.
        """

    def suggest(self, query: str) -> dict[str, str]:
        """Words of a query that no article has → the commonest word of the archive one letter away."""

    def count(self) -> int:
        """How many articles can be found."""


WINDOW = 50
"""How many of the first hits are ranked again; those after them keep the index's order."""
WEIGHTS = (4.0, 2.0, 1.0)
"""Weights of a word in title, summary and body."""
K1, B = 1.2, 0.75
"""BM25's constants, as in Lucene and FTS5: how soon repetition stops counting, and how much length counts."""
TYPICAL_WORDS = 300
"""Words of a typical news article: one figure for both indexes, whose own means differ."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before it is ranked: its texts, its time, and whatever the index needs to show it."""

    title: str
    summary: str
    body: str
    event_time: datetime
    origin: Any


def window(offset: int, limit: int, *, newest_first: bool) -> tuple[int, int]:
    """First hit and number of hits to ask an index for.

    By relevance that is the whole window: what stands at its end may belong to the first page.
    """
    return (offset, limit) if newest_first else (0, max(WINDOW, offset + limit))


def page(
    found: Iterable[Found], query: Query, offset: int, limit: int, *, newest_first: bool
) -> list[tuple[float, Found]]:
    """The page of a window, with relevance; 0.0 for all where time decides."""
    if newest_first:
        return [(0.0, one) for one in found]
    return ranked(found, query)[offset : offset + limit]


def ranked(found: Iterable[Found], query: Query) -> list[tuple[float, Found]]:
    """Relevance and hit: the first WINDOW by relevance, and by time where that is equal; then the others."""
    found = list(found)
    scored = [(relevance(one, query), one) for one in found[:WINDOW]]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].event_time.timestamp()))
    lowest = scored[-1][0] if scored else 0.0
    return scored + [(min(lowest, relevance(one, query)), one) for one in found[WINDOW:]]


def relevance(found: Found, query: Query) -> float:
    """How much a text is about a query; 0 and more."""
    texts = [list(tokenise(text)) for text in (found.title, found.summary, found.body)]
    longer = 1 - B + B * sum(map(len, texts)) / TYPICAL_WORDS
    total = 0.0
    for term in query.terms:
        often = sum(
            weight * len(occurrences(tokens, term)) for weight, tokens in zip(WEIGHTS, texts, strict=True)
        )
        total += often * (K1 + 1) / (often + K1 * longer)
    return total
