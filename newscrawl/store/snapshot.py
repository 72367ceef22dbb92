"""Reading the archive at length: one moment of it, day by day, and what changed after a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from newscrawl.article import Article
from newscrawl.filters import Filters
from newscrawl.store.articles import conditions, from_row
from newscrawl.store.schema import articles

BATCH = 1000
"""Articles in memory at once."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """An article as it is now, and the version of the change that made it so."""

    article: Article
    version: int


class Snapshot:
    """The archive at one moment: whatever is written meanwhile is not seen. Made by `Archive.snapshot`.

    Days are days of the articles' event time in UTC.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def newest(self) -> tuple[int, str]:
        """The version of the archive's last change, and the article it changed; (0, "") when empty."""
        query = sa.select(articles.c.version, articles.c.id).order_by(articles.c.version.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return (0, "") if row is None else (row.version, row.id)

    def version_of(self, article_id: str) -> int | None:
        """The version of an article; None if the archive does not have it."""
        query = sa.select(articles.c.version).where(articles.c.id == article_id)
        return self._connection.execute(query).scalar()

    def outlets_without_articles(self, filters: Filters) -> list[str]:
        """Outlets that were asked for and have no article at all: mistyped, or never crawled."""
        known = [sa.select(articles.c.id).where(articles.c.outlet == name) for name in filters.outlets]
        return [
            name
            for name, query in zip(filters.outlets, known, strict=True)
            if self._connection.execute(query.limit(1)).first() is None
        ]

    def count_by_day(self, filters: Filters) -> dict[date, int]:
        """How many articles each day has, the earliest first; days without any are not there."""
        query = sa.select(_DAY, sa.func.count()).where(*conditions(filters)).group_by(_DAY).order_by(_DAY)
        return {date.fromisoformat(day): count for day, count in self._connection.execute(query)}

    def days_changed(self, filters: Filters, after: int) -> set[date]:
        """The days whose articles came or changed after a version."""
        # Asked in one condition, the planner takes the outlet's index and reads all its articles for their
        # versions, bodies included. The numbers come from the version's index alone.
        changed = sa.select(articles.c.number).where(articles.c.version > after)
        query = sa.select(_DAY).where(articles.c.number.in_(changed), *conditions(filters)).distinct()
        return {date.fromisoformat(day) for (day,) in self._connection.execute(query)}

    def articles(self, filters: Filters, day: date) -> Iterator[list[Versioned]]:
        """A day's articles in the order of their event times, streamed in batches."""
        query = (
            sa.select(articles)
            .where(
                articles.c.event_time.between(
                    datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)
                ),
                *conditions(filters),
            )
            .order_by(articles.c.event_time, articles.c.number)
            .execution_options(yield_per=BATCH)
        )
        for batch in self._connection.execute(query).partitions():
            yield [Versioned(from_row(row), row.version) for row in batch]


_DAY = sa.func.date(articles.c.event_time, type_=sa.String)
