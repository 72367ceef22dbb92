"""Search on the embedded index: SQLite FTS5 over normalised words, ranked by BM25."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from newscrawl.search.query import Query, parse_query, to_match
from newscrawl.search.snippets import Snippet, highlight, snippet
from newscrawl.store.schema import articles

WEIGHTS = (4.0, 2.0, 1.0, 4.0, 2.0, 1.0)
"""BM25 weights of title, summary and body, then of their exact forms: a title says what a text is about."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must be besides matching; empty means anything."""

    outlet: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


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


class EmbeddedIndex:
    """The index in the store's own database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

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
            newest_first: order by time instead of by relevance.

        Raises:
            QueryError: the query cannot be read.
        """
        began = time.perf_counter()
        parsed = parse_query(query)
        where, values = _conditions(filters or Filters())
        values |= {"match": to_match(parsed), "limit": limit, "offset": offset}
        source = "article_text JOIN articles ON articles.number = article_text.rowid"
        condition = " AND ".join(["article_text MATCH :match", *where])
        # Without filters the index alone can count; the join would read every article's row.
        counted = source if where else "article_text"
        rank = f"bm25(article_text, {', '.join(map(str, WEIGHTS))})"
        order = "articles.event_time DESC" if newest_first else "rank, articles.event_time DESC"
        if where or newest_first:
            page = (
                f"SELECT article_text.rowid AS number, {rank} AS rank FROM {source} "
                f"WHERE {condition} ORDER BY {order}"
            )
        else:
            page = (
                f"SELECT rowid AS number, {rank} AS rank FROM article_text WHERE article_text MATCH :match "
                "ORDER BY rank, rowid DESC"
            )
        with self._engine.connect() as connection:
            total = connection.execute(
                sa.text(f"SELECT count(*) FROM {counted} WHERE {condition}"),
                values,
            ).scalar_one()
            found = connection.execute(sa.text(f"{page} LIMIT :limit OFFSET :offset"), values).all()
            ranks = {row.number: row.rank for row in found}
            rows = {
                row.number: row
                for row in connection.execute(sa.select(articles).where(articles.c.number.in_(ranks)))
            }
        hits = [_hit(rows[number], rank, parsed) for number, rank in ranks.items()]
        return Results(total, (time.perf_counter() - began) * 1000, hits)


def _conditions(filters: Filters) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}

    def one_of(column: str, wanted: tuple[str, ...]) -> None:
        if wanted:
            names = [f"{column}_{index}" for index in range(len(wanted))]
            where.append(f"articles.{column} IN ({', '.join(f':{name}' for name in names)})")
            values.update(zip(names, wanted, strict=True))

    one_of("outlet", filters.outlet)
    one_of("country", filters.country)
    one_of("section", filters.section)
    for kind in ("person", "organization", "location"):
        for index, name in enumerate(getattr(filters, kind)):
            key = f"{kind}_{index}"
            where.append(
                f"EXISTS (SELECT 1 FROM json_each(articles.entities, '$.{kind}') WHERE value = :{key})"
            )
            values[key] = name
    for sign, key, moment in ((">=", "since", filters.since), ("<=", "until", filters.until)):
        if moment:
            where.append(f"articles.event_time {sign} :{key}")
            # As UtcTime stores it in SQLite: text in UTC, which sorts by time.
            values[key] = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return where, values


def _hit(row: sa.Row[Any], rank: float, query: Query) -> Hit:
    return Hit(
        id=row.id,
        url=row.url,
        outlet=row.outlet,
        outlet_name=row.outlet_name,
        published_at=row.published_at,
        event_time=row.event_time,
        score=-rank,
        title=highlight(row.title, query),
        snippet=snippet(row.body, query),
    )
