"""Clusters for people: which there are, what is in one, and who republishes whom.

Only articles in a cluster of several are looked at, by an index that has no others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.credits import one_house
from newscrawl.dedupe.originals import credits_outlet
from newscrawl.filters import Filters
from newscrawl.store.articles import conditions
from newscrawl.store.schema import articles

_SHARED = articles.c.cluster_size > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedClusters:
    """Which clusters; what is empty or None leaves the choice open."""

    since: datetime | None = None
    """They got an article since then, by its event time."""
    until: datetime | None = None
    """Their original is not newer."""
    min_size: int = 2
    outlets: Sequence[str] = ()
    """One of these has an article in it."""
    agency: str = ""
    """An article in it credits this agency, in any spelling, or is the agency's own."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A cluster by its original."""

    id: str
    """The original's."""
    size: int
    outlets: int
    """How many have an article in it."""
    at: datetime
    """The original's event time."""
    last_at: datetime
    """Event time of the latest article."""
    outlet: str
    outlet_name: str
    agency: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An article in its cluster."""

    id: str
    url: str
    outlet: str
    outlet_name: str
    domain: str
    agency: str
    title: str
    at: datetime
    copy_of: str
    """Empty for the original."""
    similarity: float | None


@dataclass(frozen=True, slots=True)
class Republished:
    """What one outlet has of another."""

    outlet: str
    source: str
    copies: int
    credited: int
    """Copies that name the source."""
    delay: timedelta
    """Median of the times from an original to its copy; less than nothing where copies are dated earlier."""


class Clusters:
    """The archive's clusters at one moment. Made by `Archive.clusters`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def listed(self, wanted: WantedClusters) -> Iterator[Listed]:
        """Clusters of several articles, the largest first, of equally large ones the latest."""
        return _listed(self._connection, wanted)

    def of(self, article_id: str) -> str | None:
        """The cluster that an article is in; None where the archive has no such article."""
        query = sa.select(articles.c.cluster_id).where(articles.c.id == article_id)
        found = self._connection.execute(query).scalar()
        return None if found is None else found or article_id

    def placed(self, cluster_id: str, limit: int) -> list[Placed]:
        """The articles of a cluster, the original first, then by event time."""
        return _placed(self._connection, cluster_id, limit)

    def bodies(self, ids: Collection[str]) -> dict[str, str]:
        """The bodies of some articles, by id."""
        query = sa.select(articles.c.id, articles.c.body).where(articles.c.id.in_(ids))
        return {row.id: row.body for row in self._connection.execute(query)}

    def republished(self, filters: Filters, sources: Collection[str] = ()) -> Iterator[Republished]:
        """Who republishes whom: outlet by outlet, and of each its sources.

        Copies within an outlet are left out.

        Args:
            filters: which copies.
            sources: outlets that the originals are from; empty: any.
        """
        query = _COPIES.where(*conditions(filters))
        if sources:
            query = query.where(_FIRST.c.outlet.in_(sources))
        rows = self._connection.execute(query)
        for (outlet, source), its in groupby(rows, lambda row: (row.outlet, row.source)):
            yield _summed(outlet, source, its)

    def count_by_outlet(self, filters: Filters) -> dict[str, int]:
        """How many articles each outlet has."""
        query = sa.select(articles.c.outlet, sa.func.count()).where(*conditions(filters))
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(articles.c.outlet))}


def _listed(connection: sa.Connection, wanted: WantedClusters) -> Iterator[Listed]:
    size, last = sa.func.count(), sa.func.max(articles.c.event_time)
    groups = (
        sa.select(
            articles.c.cluster_id,
            size.label("size"),
            sa.func.count(articles.c.outlet.distinct()).label("outlets"),
            last.label("last_at"),
        )
        .where(_SHARED, *_within(connection, wanted))
        .group_by(articles.c.cluster_id)
        .having(size >= wanted.min_size)
    )
    if wanted.since:
        groups = groups.having(last >= wanted.since)
    found = groups.subquery()
    query = (
        sa.select(
            articles.c.id,
            found.c.size,
            found.c.outlets,
            articles.c.event_time.label("at"),
            found.c.last_at,
            *(articles.c[name] for name in ("outlet", "outlet_name", "agency", "title", "url")),
        )
        .join(found, found.c.cluster_id == articles.c.id)
        .order_by(found.c.size.desc(), found.c.last_at.desc(), articles.c.id)
        .execution_options(yield_per=200)
    )
    if wanted.until:
        query = query.where(articles.c.event_time <= wanted.until)
    for row in connection.execute(query):
        yield Listed(*row)


def _within(connection: sa.Connection, wanted: WantedClusters) -> Iterator[sa.ColumnElement[bool]]:
    ids = sa.select(articles.c.cluster_id).where(_SHARED)
    if wanted.outlets:
        yield articles.c.cluster_id.in_(ids.where(articles.c.outlet.in_(wanted.outlets)))
    if wanted.agency:
        agencies, outlets = _of_agency(connection, wanted.agency)
        theirs = articles.c.agency.in_(agencies) | articles.c.outlet.in_(outlets)
        yield articles.c.cluster_id.in_(ids.where(theirs))


def _of_agency(connection: sa.Connection, name: str) -> tuple[list[str], list[str]]:
    """The spellings of an agency's name in credits, and the outlets that are the agency."""
    keys = one_house(name)
    agencies = connection.execute(sa.select(articles.c.agency).where(_SHARED).distinct()).scalars()
    house = (articles.c[field] for field in ("outlet", "outlet_name", "domain"))
    houses = connection.execute(sa.select(*house).where(_SHARED).distinct())
    return (
        [agency for agency in agencies if agency and keys & one_house(agency)],
        sorted({row.outlet for row in houses if credits_outlet(name, *row)}),
    )


def _placed(connection: sa.Connection, cluster_id: str, limit: int) -> list[Placed]:
    names = ("id", "url", "outlet", "outlet_name", "domain", "agency", "title")
    query = (
        sa.select(
            *(articles.c[name] for name in names),
            articles.c.event_time.label("at"),
            articles.c.copy_of,
            articles.c.similarity,
        )
        # The index has only clusters of several; an article of its own is found by its id.
        .where((_SHARED & (articles.c.cluster_id == cluster_id)) | (articles.c.id == cluster_id))
        .order_by(articles.c.id != cluster_id, articles.c.event_time, articles.c.id)
        .limit(limit)
    )
    return [Placed(**row._mapping) for row in connection.execute(query)]


_FIRST = articles.alias("first")
_COPIES = (
    sa.select(
        articles.c.outlet,
        _FIRST.c.outlet.label("source"),
        _FIRST.c.outlet_name,
        _FIRST.c.domain,
        articles.c.agency,
        articles.c.event_time,
        _FIRST.c.event_time.label("first_at"),
    )
    .join(_FIRST, _FIRST.c.id == articles.c.copy_of)
    .where(_SHARED, articles.c.outlet != _FIRST.c.outlet)
    .order_by(articles.c.outlet, _FIRST.c.outlet)
    .execution_options(yield_per=1000)
)


def _summed(outlet: str, source: str, rows: Iterator[sa.Row[*tuple[Any, ...]]]) -> Republished:
    delays, credited = [], 0
    for row in rows:
        delays.append((row.event_time - row.first_at).total_seconds())
        credited += credits_outlet(row.agency, row.source, row.outlet_name, row.domain)
    return Republished(outlet, source, len(delays), credited, timedelta(seconds=median(delays)))
