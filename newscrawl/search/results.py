"""What every search index takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from newscrawl.filters import Filters
from newscrawl.search.snippets import Snippet


class Match(StrEnum):
    """How many of a query's words an article must have."""

    ALL = "all"
    MOST = "most"
    """Articles with all of them come first, then those with at least half of them."""
    ANY = "any"


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
    """Higher is better, among the articles that lack as little."""
    title: Snippet
    snippet: Snippet
    missing: tuple[str, ...] = ()
    """Words of the query that the article lacks, as typed."""
    copies: int = 0
    """How many other articles of the archive are of its cluster, whether the query finds them or not."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found."""

    total: int
    """The articles with all words, exactly. With `Filters.collapse` the hits that they make: each cluster
    counts once, as do the other numbers here."""
    took_ms: float
    hits: list[Hit] = field(default_factory=list)
    total_most: int = 0
    """The articles with all words or with most of them, exactly; as `total` where only all were asked for."""
    without: Mapping[str, int] = field(default_factory=dict)
    """Word of the query → how many articles have all the others; words without which no more are found are
    left out. Empty where `total` is enough for a page."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Word of the query → its other spellings in the archive, normalised; they were looked for as well."""
    other_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Word of the query → the words that may stand for it. Empty where its own words found a page."""


def originals_of(filters: Filters | None, *, always: bool) -> Filters:
    """The filters (None: any article); where `always`, only of articles that copy no other one."""
    filters = filters or Filters()
    return replace(filters, originals=True) if always else filters


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
        match: Match = Match.MOST,
    ) -> Results:
        """Find articles.

        Args:
            query: see `newscrawl.search.query`.
            filters: what to keep. With `collapse`, a cluster is one hit: that of its articles which the index
                ranks first, or the newest, of those that match.
            limit: hits to return, after `offset` others.
            offset: see `limit`.
            newest_first: order by time instead of by relevance (where time only breaks ties). MOST is then
                read as ALL: the newest article with half of the words would stand above every good one.
            match: how many of the words an article must have.

        Raises:
            QueryError: the query cannot be read.
        """

    def suggest(self, query: str) -> dict[str, str]:
        """Words of a query that few articles have or none → a far commoner word one letter away, as stems.

        Raises:
            QueryError: the query cannot be read.
        """

    def count(self) -> int:
        """How many articles can be found."""
