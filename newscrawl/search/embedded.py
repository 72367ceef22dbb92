"""Search on the embedded index: SQLite FTS5 over normalised words, ranked by BM25."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.related import Related, load_related
from newscrawl.filters import Filters
from newscrawl.search.matching import Frequencies, Partly, find
from newscrawl.search.query import Query, Term, parse_query, to_match
from newscrawl.search.rank import WEIGHTS, Found
from newscrawl.search.results import Hit, Match, Results
from newscrawl.search.snippets import LONGEST, highlight, snippet
from newscrawl.search.suggesting import suggestions
from newscrawl.store.articles import conditions
from newscrawl.store.fulltext import article_text
from newscrawl.store.packed import PackedText
from newscrawl.store.schema import articles

# Title, summary and body, then their exact forms.
_RANK: sa.ColumnElement[float] = sa.literal_column(f"bm25(article_text, {', '.join(map(str, WEIGHTS * 2))})")
_TEXT: sa.ColumnElement[str] = sa.literal_column("article_text")

_SHOWN = [
    *(articles.c[name] for name in ("number", "id", "url", "outlet", "outlet_name", "title")),
    *(articles.c.published_at, articles.c.event_time),
    *(sa.type_coerce(articles.c[name], PackedText(LONGEST)).label(name) for name in ("summary", "body")),
]
"""What a hit needs of its article. Of a long text only the beginning is unpacked."""


class EmbeddedIndex:
    """The index in the store's own database; a `SearchIndex`."""

    def __init__(self, engine: sa.Engine, related: Related | None = None) -> None:
        """An index; `related` are the words that may stand for others, None the bundled ones."""
        self._engine = engine
        self._related = load_related() if related is None else related

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
        """Find articles; see `SearchIndex.search`.

        Raises:
            QueryError: the query cannot be read.
        """
        began = time.perf_counter()
        parsed = parse_query(query)
        with self._engine.connect() as connection:
            source = _Source(connection, filters or Filters())
            results = find(
                source,
                parsed,
                limit=limit,
                offset=offset,
                newest_first=newest_first,
                match=match,
                related=self._related,
            )
        return replace(results, took_ms=(time.perf_counter() - began) * 1000)

    def suggest(self, query: str) -> dict[str, str]:
        """Words that may have been meant; see `SearchIndex.suggest`.

        Raises:
            QueryError: the query cannot be read.
        """
        parsed = parse_query(query)
        with self._engine.connect() as connection:
            return suggestions(parsed, _Source(connection, Filters()))

    def count(self) -> int:
        """How many articles can be found."""
        with self._engine.connect() as connection:
            return _count(connection)


def _count(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()


class _Source:
    """One search; a `Source`. It remembers the numbers of the articles that have a group."""

    def __init__(self, connection: sa.Connection, filters: Filters) -> None:
        self._connection = connection
        self._conditions = conditions(filters, article_text.c.rowid)
        self._having: dict[Query, set[int]] = {}

    def known(self, words: Collection[str]) -> dict[str, int]:
        return _in_articles(self._connection, words)

    def together(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        phrases = {pair: Query(((Term(pair),),)) for pair in pairs}
        return {pair: len(self._numbers(phrase)) for pair, phrase in phrases.items()}

    def frequencies(self, terms: Sequence[Term]) -> Frequencies:
        having = {term: len(self._numbers(Query(((term,),)))) for term in terms}
        return Frequencies(_count(self._connection), having)

    def whole(self, query: Query, first: int, number: int, *, newest_first: bool) -> tuple[int, list[Found]]:
        where = [_matches(query), *self._conditions]
        total, numbers = _find(self._connection, where, number, first, newest_first=newest_first)
        return total, self._read(numbers)

    def partly(self, query: Query, least: int, number: int) -> Partly:
        lacking = self._lacking(query, least)
        only_missing = [0] * len(query.groups)
        for missing in lacking.values():
            if len(missing) == 1:
                only_missing[missing[0]] += 1
        first = self._best(query, lacking, number) if number else []
        found = [replace(one, missing=lacking[one.origin.number]) for one in self._read(first)]
        return Partly(len(lacking), only_missing, found)

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        return _hit(found.origin, score, query)

    def _lacking(self, query: Query, least: int) -> dict[int, tuple[int, ...]]:
        """Number of each article that has `least` groups and not all → the groups that it lacks."""
        places = range(len(query.groups))
        having = [self._numbers(replace(query, groups=(group,))) for group in query.groups]
        bits: dict[int, int] = {}
        for place in places:
            bit = 1 << place
            for one in having[place]:
                bits[one] = bits.get(one, 0) | bit
        allowed = self._allowed(query)
        most = len(query.groups) - 1
        known = {had: tuple(place for place in places if not had >> place & 1) for had in set(bits.values())}
        return {
            number: known[had]
            for number, had in bits.items()
            if least <= had.bit_count() <= most and (allowed is None or number in allowed)
        }

    def _allowed(self, query: Query) -> set[int] | None:
        """The articles that pass the filters, of those that have any group; None where there are none."""
        if not self._conditions:
            return None
        source = article_text.join(articles, articles.c.number == article_text.c.rowid)
        chosen = sa.select(article_text.c.rowid).select_from(source)
        where = [_matches(_any_of(query)), *self._conditions]
        return set(self._connection.execute(chosen.where(*where)).scalars())

    def _best(self, query: Query, among: dict[int, tuple[int, ...]], number: int) -> list[int]:
        """The first `number` by rank of those that may be shown."""
        ranks = sa.select(article_text.c.rowid).where(_matches(_any_of(query)))
        best: list[int] = []
        for one in self._connection.execute(ranks.order_by(_RANK, article_text.c.rowid.desc())).scalars():
            if one in among:
                best.append(one)
                if len(best) == number:
                    break
        return best

    def _numbers(self, query: Query) -> set[int]:
        if query not in self._having:
            chosen = sa.select(article_text.c.rowid).where(_matches(query))
            self._having[query] = set(self._connection.execute(chosen).scalars())
        return self._having[query]

    def _read(self, numbers: Iterable[int]) -> list[Found]:
        """Those articles, in this order."""
        numbers = list(numbers)
        chosen = sa.select(*_SHOWN).where(articles.c.number.in_(numbers))
        rows = {row.number: row for row in self._connection.execute(chosen)}
        return [_found(rows[number]) for number in numbers]


def _any_of(query: Query) -> Query:
    return replace(query, groups=(query.terms,))


def _matches(query: Query) -> sa.ColumnElement[bool]:
    return _TEXT.bool_op("MATCH")(to_match(query))


def _find(
    connection: sa.Connection,
    where: list[sa.ColumnElement[bool]],
    limit: int,
    offset: int,
    *,
    newest_first: bool,
) -> tuple[int, list[int]]:
    """How many articles match, and the numbers of those on the page, in order."""
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
        return 0, []
    query = sa.select(article_text.c.rowid.label("number"), rank).select_from(source)
    rows = connection.execute(query.where(*where).order_by(*order).limit(limit).offset(offset))
    return total, [row.number for row in rows]


def _found(row: sa.Row[Any]) -> Found:
    return Found(row.title, row.summary, row.body, row.event_time, row, key=row.id)


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


def _in_articles(connection: sa.Connection, words: Collection[str]) -> dict[str, int]:
    """In how many articles words occur, as stems or as they stand; those of none are left out."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_words USING fts5vocab(main, article_text, row)"
    )
    query = sa.text("SELECT term, doc FROM temp.article_words WHERE term IN :words").bindparams(
        sa.bindparam("words", expanding=True)
    )
    return {row.term: row.doc for row in connection.execute(query, {"words": sorted(words)})}
