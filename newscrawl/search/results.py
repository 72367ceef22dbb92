"""What every search index takes and gives, wherever it lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from newscrawl.filters import Filters
from newscrawl.search.snippets import Snippet


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
