"""Search on the embedded index: SQLite FTS5 over normalised words, ranked by BM25."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.normalise import normalise
from newscrawl.search.index import Filters, Hit, Results
from newscrawl.search.query import Query, parse_query, to_match
from newscrawl.search.rank import WEIGHTS, Found, page, window
from newscrawl.search.snippets import highlight, snippet
from newscrawl.search.suggest import nearest_words
from newscrawl.store.schema import articles

# Title, summary and body, then their exact forms.
_RANK = f"bm25(article_text, {', '.join(map(str, WEIGHTS * 2))})"


class EmbeddedIndex:
    """The index in the store's own database; a `SearchIndex`."""

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
        """Find articles; see `SearchIndex.search`.

        Raises:
            QueryError: the query cannot be read.
        """
        began = time.perf_counter()
        parsed = parse_query(query)
        where, values = _conditions(filters or Filters())
        first, number = window(offset, limit, newest_first=newest_first)
        values |= {"match": to_match(parsed), "limit": number, "offset": first}
        with self._engine.connect() as connection:
            total, ranks = _find(connection, where, values, newest_first=newest_first)
            rows = {
                row.number: row
                for row in connection.execute(sa.select(articles).where(articles.c.number.in_(ranks)))
            }
        found = [_found(rows[number]) for number in ranks]
        shown = page(found, parsed, offset, limit, newest_first=newest_first)
        hits = [_hit(one.origin, score, parsed) for score, one in shown]
        return Results(total, (time.perf_counter() - began) * 1000, hits)

    def suggest(self, query: str) -> dict[str, str]:
        """Words of a query that no article has → the commonest word of the archive one letter away.

        Raises:
            QueryError: the query cannot be read.
        """
        terms = parse_query(query).terms
        words = [term.words[0] for term in terms if len(term.words) == 1 and not term.prefix]
        with self._engine.connect() as connection:
            return nearest_words(connection, words)

    def count(self) -> int:
        """How many articles can be found."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()


def _find(
    connection: sa.Connection, where: list[str], values: dict[str, Any], *, newest_first: bool
) -> tuple[int, dict[int, float]]:
    """How many articles match, and number → rank of those on the page, in order."""
    source, order = "article_text", "rank, rowid DESC"
    if where or newest_first:
        # Only then: the join reads the row of every match, the index alone counts and ranks without.
        source = "article_text JOIN articles ON articles.number = article_text.rowid"
        order = "articles.event_time DESC" if newest_first else "rank, articles.event_time DESC"
    condition = " AND ".join(["article_text MATCH :match", *where])
    rank = "0.0" if newest_first else _RANK
    total = connection.execute(
        sa.text(f"SELECT count(*) FROM {source} WHERE {condition}"), values
    ).scalar_one()
    statement = (
        f"SELECT article_text.rowid AS number, {rank} AS rank FROM {source} "
        f"WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset"
    )
    found = connection.execute(sa.text(statement), values) if total else ()
    return total, {row.number: row.rank for row in found}


def _conditions(filters: Filters) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}
    for column in ("outlet", "country", "section", "language"):
        wanted = getattr(filters, column)
        if wanted:
            names = [f"{column}_{index}" for index in range(len(wanted))]
            where.append(f"articles.{column} IN ({', '.join(f':{name}' for name in names)})")
            values.update(zip(names, wanted, strict=True))
    for kind in ("person", "organization", "location"):
        for index, name in enumerate(getattr(filters, kind)):
            key = f"{kind}_{index}"
            where.append(
                "article_text.rowid IN "
                f"(SELECT number FROM article_names WHERE key = :{key} AND kind = '{kind}')"
            )
            values[key] = normalise(name)
    for sign, key, moment in ((">=", "since", filters.since), ("<=", "until", filters.until)):
        if moment:
            where.append(f"articles.event_time {sign} :{key}")
            values[key] = _stored(moment)
    return where, values


def _stored(moment: datetime) -> str:
    """A time as UtcTime stores it in SQLite: text in UTC, which sorts by time."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _found(row: sa.Row[Any]) -> Found:
    return Found(row.title, row.summary, row.body, row.event_time, row)


def _hit(row: sa.Row[Any], score: float, query: Query) -> Hit:
    return Hit(
        id=row.id,
        url=row.url,
        outlet=row.outlet,
        outlet_name=row.outlet_name,
        published_at=row.published_at,
        event_time=row.event_time,
        score=score,
        title=highlight(row.title, query),
        snippet=snippet(row.body, query, fallback=row.summary),
    )
