"""Search on the embedded index: SQLite FTS5 over normalised words, ranked by BM25."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from newscrawl.filters import Filters
from newscrawl.search.query import Query, parse_query, to_match
from newscrawl.search.results import LEAST_ARTICLES, WEIGHTS, Found, Hit, Results, page, window
from newscrawl.search.snippets import highlight, snippet
from newscrawl.store.articles import conditions
from newscrawl.store.schema import article_text, articles

# Title, summary and body, then their exact forms.
_RANK: sa.ColumnElement[float] = sa.literal_column(f"bm25(article_text, {', '.join(map(str, WEIGHTS * 2))})")
_TEXT: sa.ColumnElement[str] = sa.literal_column("article_text")

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
"""Letters that a slip may have put in another one's place."""


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
        matches = _TEXT.bool_op("MATCH")(to_match(parsed))
        where = [matches, *conditions(filters or Filters(), article_text.c.rowid)]
        first, number = window(offset, limit, newest_first=newest_first)
        with self._engine.connect() as connection:
            total, ranks = _find(connection, where, number, first, newest_first=newest_first)
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
            return _nearest_words(connection, words)

    def count(self) -> int:
        """How many articles can be found."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()


def _find(
    connection: sa.Connection,
    where: list[sa.ColumnElement[bool]],
    limit: int,
    offset: int,
    *,
    newest_first: bool,
) -> tuple[int, dict[int, float]]:
    """How many articles match, and number → rank of those on the page, in order."""
    rank = (sa.literal_column("0.0") if newest_first else _RANK).label("rank")
    source: sa.FromClause = article_text
    order: list[sa.ColumnElement[Any]] = [rank, article_text.c.rowid.desc()]
    if len(where) > 1 or newest_first:
        # Only then: the join reads the row of every match, the index alone counts and ranks without.
        source = article_text.join(articles, articles.c.number == article_text.c.rowid)
        newest = articles.c.event_time.desc()
        order = [newest] if newest_first else [rank, newest]
    total = connection.execute(sa.select(sa.func.count()).select_from(source).where(*where)).scalar_one()
    if not total:
        return 0, {}
    query = sa.select(article_text.c.rowid.label("number"), rank).select_from(source)
    rows = connection.execute(query.where(*where).order_by(*order).limit(limit).offset(offset))
    return total, {row.number: row.rank for row in rows}


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


def _nearest_words(connection: sa.Connection, words: Iterable[str]) -> dict[str, str]:
    """For each word that no article has: the one in most articles that is one letter away, if any.

    Args:
        connection: to an SQLite store.
        words: normalised words, exact or stems.
    """
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_words USING fts5vocab(main, article_text, row)"
    )
    nearest: dict[str, str] = {}
    for word in dict.fromkeys(words):
        if len(word) < 3 or _most_frequent(connection, [word], least=1):
            continue
        near = _most_frequent(connection, sorted(set(_one_letter_away(word))), least=LEAST_ARTICLES)
        if near:
            nearest[word] = near
    return nearest


def _most_frequent(connection: sa.Connection, words: list[str], *, least: int) -> str | None:
    query = sa.text(
        "SELECT term FROM temp.article_words WHERE term IN :words AND doc >= :least ORDER BY doc DESC LIMIT 1"
    ).bindparams(sa.bindparam("words", expanding=True))
    return connection.execute(query, {"words": words, "least": least}).scalar()


def _one_letter_away(word: str) -> Iterator[str]:
    """One letter dropped, swapped with its neighbour, changed or added."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
