"""Search on Elasticsearch; a `SearchIndex` like the embedded one, with the same language and snippets."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, TypeVar

import elastic_transport
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from newscrawl.arabic.related import Related, load_related
from newscrawl.filters import Filters
from newscrawl.search.elastic.collapsing import (
    COLLAPSE,
    counted_texts,
    counting_texts,
    joined,
    partly_of_others,
    split,
)
from newscrawl.search.elastic.connection import ElasticError, addresses, explain
from newscrawl.search.elastic.dsl import Json, any_term, has_stems, mentions, mostly, only_missing, to_elastic
from newscrawl.search.elastic.hits import NAMES, SOURCE, to_found, to_hit
from newscrawl.search.elastic.mapping import CATCH_ALL, READ_ALIAS
from newscrawl.search.matching import Frequencies, Partly, Survey, find
from newscrawl.search.query import Query, Term, parse_query, term_spellings
from newscrawl.search.rank import Found
from newscrawl.search.respelling import Pair
from newscrawl.search.results import Hit, Match, Results, originals_of
from newscrawl.search.suggesting import suggestions

_NEWEST = {"event_time": {"order": "desc"}}
_BY_RANK = ["_score", _NEWEST]

T = TypeVar("T")
K = TypeVar("K")


class ElasticIndex:
    """The index behind the read alias."""

    def __init__(
        self, client: Elasticsearch, related: Related | None = None, *, originals: bool = False
    ) -> None:
        """An index.

        Args:
            client: of the server.
            related: the words that may stand for others; None: the bundled ones.
            originals: articles that copy another one are never found, should the server still have some.
        """
        self._client = client
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
            ElasticError: the server cannot be asked, or refuses.
        """
        began = time.perf_counter()
        source = _Source(self._client, originals_of(filters, always=self._originals))
        results = find(
            source,
            parse_query(query),
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
            ElasticError: the server cannot be asked, or refuses.
        """
        return suggestions(parse_query(query), _Source(self._client, Filters()))

    def count(self) -> int:
        """How many articles can be found.

        Raises:
            ElasticError: the server cannot be asked, or refuses.
        """
        return int(_asked(self._client, lambda: self._client.count(index=READ_ALIAS))["count"])


class _Source:
    """One search; a `Source`. It remembers what the index's dictionary said."""

    def __init__(self, client: Elasticsearch, filters: Filters) -> None:
        self._client = client
        self._filters = filters
        self._articles = 0
        self._words: dict[str, int] = {}
        """Words that were asked for → how many articles have them."""
        self._names: dict[str, int] = {}
        """Names that were asked for → how many articles mention them."""

    def known(self, words: Collection[str]) -> dict[str, int]:
        # From the index's dictionary: to count the articles of hundreds of words takes a tenth of a second.
        answer = _asked(
            self._client,
            lambda: self._client.termvectors(
                index=READ_ALIAS,
                doc={CATCH_ALL: " ".join(sorted(words))},
                per_field_analyzer={CATCH_ALL: "ar_exact"},
                fields=[CATCH_ALL],
                term_statistics=True,
                positions=False,
                offsets=False,
            ),
        )
        vectors = answer["term_vectors"].get(CATCH_ALL, {"terms": {}})
        self._articles = max(0, vectors.get("field_statistics", {}).get("doc_count", 0))
        found = {word: int(one["doc_freq"]) for word, one in vectors["terms"].items() if one.get("doc_freq")}
        self._words.update(dict.fromkeys(words, 0) | found)
        return found

    def counted(
        self, pairs: Collection[Pair], names: Collection[str]
    ) -> tuple[dict[Pair, int], dict[str, int]]:
        if not pairs and not names:
            return {}, {}
        asked = {pair: has_stems(pair) for pair in pairs} | {name: mentions([name]) for name in names}
        (answer,) = self._search(_counting(asked))
        found = _counts(answer, asked)
        self._names = {name: found[name] for name in names}
        return {pair: found[pair] for pair in pairs}, self._names

    def survey(self, query: Query, least: int, whole: int, partly: int) -> Survey:
        if self._filters.collapse:
            return self._collapsed(query, least, whole, partly)
        having, unknown = self._by_dictionary(query.terms)
        every = {"query": to_elastic(query, self._filters), "size": whole, "sort": _BY_RANK}
        some = _partly(query, least, self._filters, partly) if least < len(query.groups) else None
        counting = _counting({term: any_term([term]) for term in unknown})
        found, counted, rest = self._search(every, counting if unknown or not self._articles else None, some)
        articles = counted["hits"]["total"]["value"] if counted else self._articles
        return Survey(
            Frequencies(articles, having | (_counts(counted, unknown) if counted else {})),
            found["hits"]["total"]["value"],
            [to_found(hit, query) for hit in found["hits"]["hits"]],
            _found_partly(rest, query) if rest else Partly(0, (), [0] * len(query.groups)),
        )

    def _collapsed(self, query: Query, least: int, whole: int, partly: int) -> Survey:
        """The same where a cluster is one hit: it has all groups if any of its articles has.

        What has them partly is asked for last, when the clusters that have them all are known.
        """
        having, unknown = self._by_dictionary(query.terms)
        counting = _counting({term: any_term([term]) for term in unknown})
        most = max(whole, partly)
        every = {"query": to_elastic(query, self._filters), "size": most, "sort": _BY_RANK, **COLLAPSE}
        around = counting_texts(query, least, self._filters) if least < len(query.groups) else None
        answer, counted, counts = self._search(every, counting, around)
        total = answer["hits"]["total"]["value"]
        found = [to_found(hit, query, collapsed=True) for hit in answer["hits"]["hits"]]
        rest = Partly(0, (), [0] * len(query.groups))
        if counts:
            number, without = counted_texts(counts, query)
            rest = Partly(max(0, number - total), (), [max(0, one - total) for one in without])
        if rest.total and partly:
            but = {one.key for one in found}
            some = {"query": partly_of_others(query, least, self._filters, but), "size": partly}
            (answer,) = self._search({**some, "sort": _BY_RANK, **COLLAPSE})
            rest = replace(rest, found=_all_partly(answer, query, collapsed=True)[:partly])
        frequencies = Frequencies(counted["hits"]["total"]["value"], having | _counts(counted, unknown))
        return Survey(frequencies, total, found[:whole], rest)

    def newest(self, query: Query, first: int, number: int) -> tuple[int, list[Found]]:
        wanted = {"query": to_elastic(query, self._filters), "sort": [_NEWEST]}
        collapsed = self._filters.collapse
        # What `split` makes of a search has its pages only together.
        page = {"size": first + number, **COLLAPSE} if collapsed else {"from": first, "size": number}
        (answer,) = self._search({**wanted, **page})
        hits = answer["hits"]["hits"][first : first + number] if collapsed else answer["hits"]["hits"]
        return answer["hits"]["total"]["value"], [to_found(hit, query, collapsed=collapsed) for hit in hits]

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        return to_hit(found, score, query)

    def _by_dictionary(self, terms: Collection[Term]) -> tuple[dict[Term, int], list[Term]]:
        """How many articles have each term, by the dictionary; and the terms that have to be counted."""
        having = {term: self._frequency(term) for term in terms}
        known = {term: number for term, number in having.items() if number is not None}
        return known, [term for term in having if term not in known]

    def _frequency(self, term: Term) -> int | None:
        if term.names:
            return min(self._articles, sum(self._names[name] for name in term.names))
        if term.exact or term.prefix or term.title_only:
            return None
        forms = term_spellings(term)
        if any(len(form) > 1 or form[0] not in self._words for form in forms):
            return None
        return min(self._articles, sum(self._words[form[0]] for form in forms))

    def _wanted(self) -> list[str]:
        return [*SOURCE, *NAMES] if any(self._names.values()) else SOURCE

    def _search(self, *searches: Json | None) -> list[Any]:
        """The answers to several searches, which go as one request; None to none."""
        parts = [[] if one is None else split(one) for one in searches]
        asked = {"_source": {"includes": self._wanted()}, "track_total_hits": True}
        lines = [line for some in parts for one in some for line in ({}, {**asked, **one})]
        found = iter(
            _asked(self._client, lambda: _answers(self._client.msearch(index=READ_ALIAS, searches=lines)))
        )
        return [joined([next(found) for _ in some]) if some else None for some in parts]


def _counting(queries: Mapping[K, Json]) -> Json:
    """A search that counts the articles, and those that each query finds; filters aside."""
    named = {str(place): query for place, query in enumerate(queries.values())}
    return {"size": 0, **({"aggs": {"having": {"filters": {"filters": named}}}} if named else {})}


def _counts(answer: Any, keys: Iterable[K]) -> dict[K, int]:
    """What `_counting` of these counted."""
    keys = list(keys)
    buckets = answer["aggregations"]["having"]["buckets"] if keys else {}
    return {key: int(buckets[str(place)]["doc_count"]) for place, key in enumerate(keys)}


def _partly(query: Query, least: int, filters: Filters, number: int) -> Json:
    """A search for the articles that have a query partly; without hits it only counts them."""
    wanted: Json = {"query": mostly(query, least, filters), "size": number}
    if number:
        missing = {str(place): only_missing(query, place) for place in range(len(query.groups))}
        wanted |= {"sort": _BY_RANK, "aggs": {"only": {"filters": {"filters": missing}}}}
    return wanted


def _found_partly(answer: Any, query: Query) -> Partly:
    counts = answer["aggregations"]["only"]["buckets"] if "aggregations" in answer else {}
    only = [int(counts[str(place)]["doc_count"]) if counts else 0 for place in range(len(query.groups))]
    return Partly(answer["hits"]["total"]["value"], _all_partly(answer, query), only)


def _all_partly(answer: Any, query: Query, *, collapsed: bool = False) -> list[Found]:
    """Hits that have a query partly, each with the groups that it lacks."""
    found = []
    for hit in answer["hits"]["hits"]:
        matched = {int(name) for name in hit.get("matched_queries", ())}
        lacking = tuple(place for place in range(len(query.groups)) if place not in matched)
        found.append(replace(to_found(hit, query, collapsed=collapsed), missing=lacking))
    return found


def _answers(answer: Any) -> list[Any]:
    """The answers to all searches of a request.

    Raises:
        elasticsearch.ApiError: one of them was refused.
    """
    for one in answer["responses"]:
        if "error" in one:
            kind = NotFoundError if one["status"] == HTTPStatus.NOT_FOUND else ApiError
            raise kind(str(one["error"].get("type")), replace(answer.meta, status=one["status"]), one)
    return list(answer["responses"])


def _asked(client: Elasticsearch, question: Callable[[], T]) -> T:
    try:
        return question()
    except NotFoundError as error:
        raise ElasticError(
            f"Elasticsearch has no {READ_ALIAS} yet; `newscrawl index` makes it and fills it"
        ) from error
    except (ApiError, elastic_transport.TransportError) as error:
        raise ElasticError(explain(error, addresses(client))) from error
