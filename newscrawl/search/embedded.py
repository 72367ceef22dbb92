"""Search on the embedded index: SQLite FTS5 over normalised words, ranked by BM25."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

import sqlalchemy as sa

from newscrawl.arabic.related import Related, load_related
from newscrawl.filters import Filters
from newscrawl.search.collapsing import Each, EachCluster
from newscrawl.search.matching import Frequencies, Partly, Survey, find
from newscrawl.search.numbers import (
    NONE,
    Numbers,
    as_bytes,
    gathered,
    has,
    in_some,
    less,
    members,
    size,
    union,
)
from newscrawl.search.query import Query, Term, parse_query, to_match
from newscrawl.search.rank import WEIGHTS, Found
from newscrawl.search.reading import read, to_hit
from newscrawl.search.respelling import Pair
from newscrawl.search.results import Hit, Match, Results, originals_of
from newscrawl.search.suggesting import suggestions
from newscrawl.store.articles import conditions, count
from newscrawl.store.fulltext import article_text
from newscrawl.store.schema import article_names, articles
from newscrawl.store.schema import names as name_table

# Title, summary and body, then their exact forms.
_RANK: sa.ColumnElement[float] = sa.literal_column(f"bm25(article_text, {', '.join(map(str, WEIGHTS * 2))})")
_TEXT: sa.ColumnElement[str] = sa.literal_column("article_text")

MOST_RANKED = 4_000
"""Articles that are ranked at all, where more have the words."""


class EmbeddedIndex:
    """The index in the store's own database; a `SearchIndex`."""

    def __init__(self, engine: sa.Engine, related: Related | None = None, *, originals: bool = False) -> None:
        """An index.

        Args:
            engine: the store's.
            related: the words that may stand for others; None: the bundled ones.
            originals: articles that copy another one are never found.
        """
        self._engine = engine
        self._originals = originals
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
            source = _Source(connection, originals_of(filters, always=self._originals))
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
            return count(connection, copies=not self._originals)


class _Source:
    """One search; a `Source`. It remembers which articles have a term."""

    def __init__(self, connection: sa.Connection, filters: Filters) -> None:
        self._connection = connection
        self._conditions = conditions(filters, article_text.c.rowid)
        self._having: dict[str, Numbers] = {}
        self._hits = EachCluster(connection) if filters.collapse else Each()

    def known(self, words: Collection[str]) -> dict[str, int]:
        return _in_articles(self._connection, words)

    def counted(
        self, pairs: Collection[Pair], names: Collection[str]
    ) -> tuple[dict[Pair, int], dict[str, int]]:
        number = sa.func.count(article_names.c.number.distinct())
        counted = sa.select(name_table.c.key, number).join_from(name_table, article_names)
        by_name = counted.where(name_table.c.key.in_(names)).group_by(name_table.c.key)
        return (
            {pair: size(self._of(Term(pair))) for pair in pairs},
            {row[0]: row[1] for row in self._connection.execute(by_name)} if names else {},
        )

    def survey(self, query: Query, least: int, whole: int, partly: int) -> Survey:
        groups = [union(map(self._of, group)) for group in query.groups]
        allowed = self._allowed(query, union(groups))
        every, some = (allowed & in_some(groups, *span) for span in _spans(least, len(groups)))
        some = less(some, self._hits.kin(every))
        found = self._read(self._first(query, every, whole), query)
        return Survey(
            Frequencies(count(self._connection), {term: size(self._of(term)) for term in query.terms}),
            self._hits.count(every),
            found,
            self._partly(query, groups, some, partly),
        )

    def newest(self, query: Query, first: int, number: int) -> tuple[int, list[Found]]:
        where = [_matches(to_match(query)), *self._conditions]
        total, numbers = _newest(self._connection, where, number, first, self._hits)
        return total, self._read(numbers, query)

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        return to_hit(found.origin, score, query)

    def _partly(self, query: Query, groups: Sequence[Numbers], some: Numbers, number: int) -> Partly:
        """Of the articles that have some groups and not all, the first by rank, each with what it lacks."""
        if not number or not some:
            return Partly(self._hits.count(some), (), [0] * len(groups))
        one_less = some & in_some(groups, len(groups) - 1, len(groups) - 1)
        first = self._first(_telling(query, groups, some, number), some, number)
        held = [as_bytes(group) for group in groups]

        def lacking(one: Found) -> tuple[int, ...]:
            return tuple(place for place, flags in enumerate(held) if not has(flags, one.origin.number))

        found = [replace(one, missing=lacking(one)) for one in self._read(first, query)]
        only = [self._hits.count(less(one_less, group)) for group in groups]
        return Partly(self._hits.count(some), found, only)

    def _read(self, numbers: Sequence[int], query: Query) -> list[Found]:
        return read(self._connection, numbers, query, collapsed=self._hits.collapsed)

    def _of(self, term: Term) -> Numbers:
        if not term.names:
            return self._numbers(to_match(Query(((term,),))))
        ids = sa.select(name_table.c.id).where(name_table.c.key.in_(term.names))
        listed = sa.select(article_names.c.number).where(article_names.c.name_id.in_(ids))
        return gathered(self._connection.execute(listed).scalars().all())

    def _numbers(self, match: str) -> Numbers:
        """The articles that an FTS5 expression finds."""
        if match not in self._having:
            # As one text: to fetch tens of thousands of rows takes ten times as long.
            listed = sa.select(sa.func.group_concat(article_text.c.rowid)).where(_matches(match))
            numbers = self._connection.execute(listed).scalar_one()
            self._having[match] = gathered(json.loads(f"[{numbers or ''}]"))
        return self._having[match]

    def _allowed(self, query: Query, among: Numbers) -> Numbers:
        """Those that have nothing that is left out and pass the filters."""
        allowed = less(among, union(map(self._of, query.without)))
        if not self._conditions or not allowed:
            return allowed
        source = article_text.join(articles, articles.c.number == article_text.c.rowid)
        chosen = sa.select(article_text.c.rowid).select_from(source)
        where = [_matches(to_match(_any_of(query))), *self._conditions]
        return allowed & gathered(self._connection.execute(chosen.where(*where)).scalars().all())

    def _first(self, query: Query, among: Numbers, number: int) -> list[int]:
        """The first `number` by rank of those that a query finds and that are among others.

        To rank takes time with every match. So of very many only those are ranked that have a word in the
        title, which weighs most, unless these are too few.
        """
        if not number or not among:
            return []
        match = to_match(query)
        if size(among) > MOST_RANKED:
            titled = f"{match} AND ({{title title_exact}} : {to_match(Query((query.terms,)))})"
            found = self._ranked(titled, among, number)
            if len(found) == number:
                return found
        found = self._ranked(match, among, number)
        # Those that mention a name, and have no word of the query, have no rank: the newest first.
        left = number - len(found) if any(term.names for term in query.terms) else 0
        others = reversed(members(less(among, self._hits.kin(gathered(found))))) if left else ()
        return [*found, *islice(self._hits.first(others), left)]

    def _ranked(self, match: str, among: Numbers, number: int) -> list[int]:
        flags = as_bytes(among)
        ranks = sa.select(article_text.c.rowid).where(_matches(match))
        rows = self._connection.execute(ranks.order_by(_RANK, article_text.c.rowid.desc())).scalars()
        return list(islice(self._hits.first(one for one in rows if has(flags, one)), number))


def _spans(least: int, groups: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many groups an article has that has all, and how many one that has some."""
    return (groups, groups), (least, groups - 1)


def _telling(query: Query, groups: Sequence[Numbers], some: Numbers, number: int) -> Query:
    """What finds the articles with the rarest words, of as many words as it takes to find `number` of them.

    The others lack every word that tells much, and come after these.
    """
    rarest = sorted(range(len(groups)), key=lambda place: size(groups[place]))
    covered, terms = NONE, list[Term]()
    for place in rarest:
        covered |= groups[place]
        terms += query.groups[place]
        if size(covered & some) >= number:
            break
    # The second group is there for the rank alone: it has all words.
    return Query((tuple(terms), query.terms))


def _any_of(query: Query) -> Query:
    return replace(query, groups=(query.terms,))


def _matches(match: str) -> sa.ColumnElement[bool]:
    return _TEXT.bool_op("MATCH")(match)


def _newest(
    connection: sa.Connection, where: list[sa.ColumnElement[bool]], limit: int, offset: int, hits: Each
) -> tuple[int, list[int]]:
    """How many hits there are, and the numbers of the newest ones on the page."""
    source = article_text.join(articles, articles.c.number == article_text.c.rowid)
    query = sa.select(article_text.c.rowid).select_from(source).where(*where)
    query = query.order_by(articles.c.event_time.desc())
    if hits.collapsed:
        first = list(hits.first(connection.execute(query).scalars()))
        return len(first), first[offset : offset + limit]
    total = connection.execute(sa.select(sa.func.count()).select_from(source).where(*where)).scalar_one()
    if not total:
        return 0, []
    return total, list(connection.execute(query.limit(limit).offset(offset)).scalars())


def _in_articles(connection: sa.Connection, words: Collection[str]) -> dict[str, int]:
    """In how many articles words occur, as stems or as they stand; those of none are left out."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_words USING fts5vocab(main, article_text, row)"
    )
    query = sa.text("SELECT term, doc FROM temp.article_words WHERE term IN :words").bindparams(
        sa.bindparam("words", expanding=True)
    )
    return {row.term: row.doc for row in connection.execute(query, {"words": sorted(words)})}
