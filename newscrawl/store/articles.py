"""Articles as rows, what filters mean in SQL, and reading the archive at one moment of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from newscrawl.article import RECORD, Article, Mention
from newscrawl.fields import FIELDS
from newscrawl.filters import Filters
from newscrawl.store import versions
from newscrawl.store.schema import article_names, articles, names, revisions, visits
from newscrawl.store.versions import Edited, Revision, Wanted

OF_CLUSTER = ("cluster_id", "cluster_size", "copy_of", "similarity")
"""Fields that tell of an article's cluster; clusters.py alone writes them."""
OF_STORY = ("story_id",)
"""Fields that tell of an article's story; stories.py alone writes them."""
_DECIDED = [
    field.name
    for field in FIELDS
    if field.stored and field.origin != "store" and field.name not in (*OF_CLUSTER, *OF_STORY)
]
"""Columns that an Article decides."""


def to_row(article: Article) -> dict[str, Any]:
    """Values for all columns but `version`, and those of its cluster and story, which are found out later."""
    values = {name: getattr(article, name) for name in _DECIDED}
    values["mentions"] = mention_values(article.mentions)
    values["last_seen_at"] = article.fetched_at
    return values


def mention_values(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Mentions in their JSON form."""
    return [dataclasses.asdict(mention) for mention in mentions]


def from_row(row: sa.Row[Any]) -> Article:
    """The Article in a row of the `articles` table."""
    values = row._mapping
    return Article.from_json({name: values[name] for name in RECORD})


def conditions(
    filters: Filters,
    number: sa.ColumnElement[int] | None = None,
    table: sa.FromClause = articles,
) -> list[sa.ColumnElement[bool]]:
    """Filters as conditions on `articles`; none where they leave everything open.

    They say nothing of `collapse`: which article stays of a cluster depends on what else is asked.

    Args:
        filters: which articles.
        number: the column that names are looked up by, where the query has the articles' numbers in another
            table too and should begin there.
        table: `articles`, or an alias of it.
    """
    columns = table.c
    found: list[sa.ColumnElement[bool]] = [columns[field].in_(values) for field, values in filters.values()]
    if filters.since:
        found.append(columns.event_time >= filters.since)
    if filters.until:
        found.append(columns.event_time <= filters.until)
    if filters.originals:
        found.append(columns.copy_of == "")
    number = columns.number if number is None else number
    return [*found, *(number.in_(_mentioning(kind, key)) for kind, key in filters.names())]


def _chosen(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """The filters as conditions, `collapse` included: of each cluster the first article that passes.

    First stands the original, then the others by their times.
    """
    found = conditions(filters)
    if not filters.collapse:
        return found
    other = articles.alias()
    earlier = sa.tuple_(other.c.event_time, other.c.id) < sa.tuple_(articles.c.event_time, articles.c.id)
    before = sa.or_(
        other.c.id == other.c.cluster_id, sa.and_(articles.c.id != articles.c.cluster_id, earlier)
    )
    same = other.c.cluster_id == articles.c.cluster_id, other.c.id != articles.c.id, other.c.cluster_size > 1
    outdone = sa.exists().where(*same, before, *conditions(filters, table=other))
    return [*found, sa.or_(articles.c.cluster_size <= 1, ~outdone)]


def _mentioning(kind: str, key: str) -> sa.Select[tuple[int]]:
    """The numbers of the articles that mention a name."""
    ids = sa.select(names.c.id).where(names.c.key == key, names.c.kind == kind)
    return sa.select(article_names.c.number).where(article_names.c.name_id.in_(ids))


def read(connection: sa.Connection, article_id: str) -> Article | None:
    """One article by id, or None."""
    row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).one_or_none()
    return None if row is None else from_row(row)


def read_all(connection: sa.Connection) -> Iterator[Article]:
    """Every article in the order of arrival, streamed."""
    query = sa.select(articles).order_by(articles.c.number).execution_options(yield_per=200)
    for row in connection.execute(query):
        yield from_row(row)


def id_behind(connection: sa.Connection, address_id: str) -> str | None:
    """The article that an address belongs to: its own, or the one that a visit to it found; None for none."""
    own = sa.select(articles.c.id).where(articles.c.id == address_id)
    visited = sa.select(visits.c.article_id).where(visits.c.id == address_id)
    return connection.execute(own).scalar() or connection.execute(visited).scalar()


def count(connection: sa.Connection, *, copies: bool = True) -> int:
    """How many articles the archive holds; with or without those that copy another one."""
    counted = sa.select(sa.func.count()).select_from(articles)
    number = connection.execute(counted).scalar_one()
    # Only clusters of several have copies, and an index of their own.
    return number if copies else number - connection.execute(counted.where(_SHARED, _COPIES)).scalar_one()


BATCH = 1000
"""Articles in memory at once."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """An article as it is now, and the version of the change that made it so."""

    article: Article
    version: int


@dataclass(frozen=True, slots=True)
class Revised:
    """An article that changed."""

    id: str
    canonical_url: str
    outlet: str
    event_time: datetime
    version: int
    texts: list[Revision]
    """The oldest first; the newest is the article's own."""


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

    def count_by_day(self, filters: Filters, *, revised: bool = False) -> dict[date, int]:
        """How many articles each day has, the earliest first; days without any are not there.

        Args:
            filters: which articles.
            revised: only those that had another text before.
        """
        query = sa.select(_DAY, sa.func.count()).where(*_chosen(filters)).group_by(_DAY).order_by(_DAY)
        if revised:
            query = query.where(_REVISED)
        return {date.fromisoformat(day): count for day, count in self._connection.execute(query)}

    def days_changed(self, filters: Filters, after: int) -> set[date]:
        """The days whose articles came or changed after a version."""
        # Asked in one condition, the planner takes the outlet's index and reads all its articles for their
        # versions, bodies included. The numbers come from the version's index alone.
        changed = sa.select(articles.c.number).where(articles.c.version > after)
        among: sa.ColumnElement[bool] = articles.c.number.in_(changed)
        if filters.collapse:
            # Which one is shown of a cluster may change with any of them.
            its = sa.select(articles.c.cluster_id).where(articles.c.version > after, _SHARED)
            among = sa.or_(among, sa.and_(_SHARED, articles.c.cluster_id.in_(its)))
        query = sa.select(_DAY).where(among, *conditions(filters)).distinct()
        return {date.fromisoformat(day) for (day,) in self._connection.execute(query)}

    def articles(self, filters: Filters, day: date) -> Iterator[list[Versioned]]:
        """A day's articles in the order of their event times, streamed in batches."""
        query = _of_day(sa.select(articles), filters, day)
        for batch in self._connection.execute(query).partitions():
            yield [Versioned(from_row(row), row.version) for row in batch]

    def revised(self, filters: Filters, day: date) -> Iterator[Revised]:
        """A day's articles that had another text before, in the same order, each with all its texts."""
        columns = (articles.c[name] for name in ("id", "canonical_url", "outlet", "event_time", "version"))
        query = _of_day(sa.select(*columns), filters, day).where(_REVISED)
        for row in self._connection.execute(query):
            yield Revised(**row._mapping, texts=versions.of_article(self._connection, row.id))

    def edits(self, wanted: Wanted) -> Iterator[Edited]:
        """Edits, the newest first, streamed."""
        return versions.edits(self._connection, wanted)

    def count_other_edits(self, wanted: Wanted) -> int:
        """How many edits are others' (`Wanted.ours`), and else as wanted."""
        return versions.count_edits(self._connection, dataclasses.replace(wanted, ours=not wanted.ours))


def _of_day(query: sa.Select[Any], filters: Filters, day: date) -> sa.Select[Any]:
    first, last = datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)
    return (
        query.where(articles.c.event_time.between(first, last), *_chosen(filters))
        .order_by(articles.c.event_time, articles.c.number)
        .execution_options(yield_per=BATCH)
    )


_REVISED = articles.c.id.in_(sa.select(revisions.c.article_id))
_SHARED = articles.c.cluster_size > 1
_COPIES = articles.c.copy_of != ""
_DAY = sa.func.date(articles.c.event_time, type_=sa.String)
