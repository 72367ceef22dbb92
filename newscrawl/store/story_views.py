"""Stories for people: which there are, and what is in one.

Only articles in a story are looked at, by an index that has no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newscrawl.store.schema import articles

_TOLD = sa.literal_column("story_id != ''", sa.Boolean)  # as the index has it
_OWN = sa.func.sum(sa.case((articles.c.copy_of == "", 1), else_=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedStories:
    """Which stories; what is None leaves the choice open."""

    since: datetime | None = None
    """They got an article since then, by its event time."""
    until: datetime | None = None
    """Their first report is not newer."""
    min_outlets: int = 1
    """So many outlets have an article in it."""


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story by its first report."""

    id: str
    """The first report's."""
    size: int
    own: int
    """How many of its articles are no copies."""
    outlets: int
    """How many have an article in it."""
    at: datetime
    """The first report's event time."""
    last_at: datetime
    """Event time of the latest article."""
    outlet: str
    outlet_name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article in its story."""

    id: str
    url: str
    outlet: str
    outlet_name: str
    agency: str
    title: str
    at: datetime
    copy_of: str
    """Id of the article that it copies; empty where it has words of its own."""
    similarity: float | None


class Stories:
    """The archive's stories at one moment. Made by `Archive.stories`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def listed(self, wanted: WantedStories) -> Iterator[ListedStory]:
        """Stories, those of most outlets first, then of most articles, then the latest."""
        for row in self._connection.execute(_listed(wanted)):
            yield ListedStory(**row._mapping)

    def of(self, article_id: str) -> str | None:
        """The story that an article is in, "" where it is in none; None: there is no such article."""
        return self._connection.execute(
            sa.select(articles.c.story_id).where(articles.c.id == article_id)
        ).scalar()

    def reports(self, story_id: str, limit: int) -> list[Report]:
        """The articles of a story by event time, its first report before all."""
        columns = ("id", "url", "outlet", "outlet_name", "agency", "title")
        query = (
            sa.select(
                *(articles.c[name] for name in columns),
                articles.c.event_time.label("at"),
                articles.c.copy_of,
                articles.c.similarity,
            )
            # An article in no story is found by its id.
            .where((_TOLD & (articles.c.story_id == story_id)) | (articles.c.id == story_id))
            .order_by(articles.c.id != story_id, articles.c.event_time, articles.c.id)
            .limit(limit)
        )
        return [Report(**row._mapping) for row in self._connection.execute(query)]


def _listed(wanted: WantedStories) -> sa.Select[Any]:
    outlets = sa.func.count(articles.c.outlet.distinct())
    groups = (
        sa.select(
            articles.c.story_id.label("its_id"),
            sa.func.count().label("size"),
            _OWN.label("own"),
            outlets.label("outlets"),
            sa.func.max(articles.c.event_time).label("last_at"),
        )
        .where(_TOLD)
        .group_by(articles.c.story_id)
        .having(outlets >= wanted.min_outlets)
    )
    if wanted.since:
        some = sa.select(articles.c.story_id).where(_TOLD, articles.c.event_time >= wanted.since)
        groups = groups.where(articles.c.story_id.in_(some))
    found = groups.subquery()
    query = (
        sa.select(
            articles.c.id,
            found.c.size,
            found.c.own,
            found.c.outlets,
            articles.c.event_time.label("at"),
            found.c.last_at,
            *(articles.c[name] for name in ("outlet", "outlet_name", "title", "url")),
        )
        .join(found, found.c.its_id == articles.c.id)
        .order_by(found.c.outlets.desc(), found.c.size.desc(), found.c.last_at.desc(), articles.c.id)
        .execution_options(yield_per=200)
    )
    return query.where(articles.c.event_time <= wanted.until) if wanted.until else query
