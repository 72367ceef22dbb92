"""Search on Elasticsearch; a `SearchIndex` like the embedded one, with the same language and snippets."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import elastic_transport
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from newscrawl.arabic.related import Related, load_related
from newscrawl.filters import Filters
from newscrawl.search.elastic.connection import ElasticError, addresses, explain
from newscrawl.search.elastic.dsl import Json, any_term, has_stems, mostly, only_missing, to_elastic
from newscrawl.search.elastic.mapping import READ_ALIAS
from newscrawl.search.matching import Frequencies, Partly, find
from newscrawl.search.query import Query, Term, parse_query
from newscrawl.search.rank import Found
from newscrawl.search.results import Hit, Match, Results
from newscrawl.search.snippets import highlight, snippet
from newscrawl.search.suggesting import suggestions

SOURCE = ["id", "url", "outlet", "outlet_name", "published_at", "event_time", "title", "summary", "body"]
"""What a hit is made of; the rest of a document stays on the server."""

T = TypeVar("T")
K = TypeVar("K")


class ElasticIndex:
    """The index behind the read alias."""

    def __init__(self, client: Elasticsearch, related: Related | None = None) -> None:
        """An index; `related` are the words that may stand for others, None the bundled ones."""
        self._client = client
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
        source = _Source(self._client, filters or Filters())
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
    """One search; a `Source`."""

    def __init__(self, client: Elasticsearch, filters: Filters) -> None:
        self._client = client
        self._filters = filters

    def known(self, words: Collection[str]) -> dict[str, int]:
        # From the index's dictionary: to count the articles of hundreds of words takes a tenth of a second.
        answer = _asked(
            self._client,
            lambda: self._client.termvectors(
                index=READ_ALIAS,
                doc={"text": " ".join(sorted(words))},
                per_field_analyzer={"text": "ar_exact"},
                fields=["text"],
                term_statistics=True,
                field_statistics=False,
                positions=False,
                offsets=False,
            ),
        )
        terms = answer["term_vectors"].get("text", {"terms": {}})["terms"]
        return {word: int(found["doc_freq"]) for word, found in terms.items() if found.get("doc_freq")}

    def together(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        return self._counts({pair: has_stems(pair) for pair in pairs})[1]

    def frequencies(self, terms: Sequence[Term]) -> Frequencies:
        return Frequencies(*self._counts({term: any_term([term]) for term in terms}))

    def _counts(self, queries: Mapping[K, Json]) -> tuple[int, dict[K, int]]:
        """How many articles there are, and how many of them each query finds; filters aside."""
        named = {str(place): query for place, query in enumerate(queries.values())}
        answer = self._search(size=0, aggs={"having": {"filters": {"filters": named}}} if named else {})
        buckets = answer["aggregations"]["having"]["buckets"] if named else {}
        counts = {key: int(buckets[str(place)]["doc_count"]) for place, key in enumerate(queries)}
        return int(answer["hits"]["total"]["value"]), counts

    def whole(self, query: Query, first: int, number: int, *, newest_first: bool) -> tuple[int, list[Found]]:
        newest = {"event_time": {"order": "desc"}}
        answer = self._search(
            query=to_elastic(query, self._filters),
            size=number,
            from_=first,
            sort=[newest] if newest_first else ["_score", newest],
        )
        return answer["hits"]["total"]["value"], [_found(hit, ()) for hit in answer["hits"]["hits"]]

    def partly(self, query: Query, least: int, number: int) -> Partly:
        places = range(len(query.groups))
        answer = self._search(
            query=mostly(query, least, self._filters),
            size=number,
            sort=["_score", {"event_time": {"order": "desc"}}],
            aggs={"only": {"filters": {"filters": {str(n): only_missing(query, n) for n in places}}}},
        )
        counts = answer["aggregations"]["only"]["buckets"]
        found = []
        for hit in answer["hits"]["hits"]:
            matched = {int(name) for name in hit.get("matched_queries", ())}
            found.append(_found(hit, tuple(place for place in places if place not in matched)))
        only = [counts[str(place)]["doc_count"] for place in places]
        return Partly(answer["hits"]["total"]["value"], only, found)

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        return _hit(found, score, query)

    def _search(self, **options: Any) -> Any:
        return _asked(
            self._client,
            lambda: self._client.search(
                index=READ_ALIAS, source={"includes": SOURCE}, track_total_hits=True, **options
            ),
        )


def _asked(client: Elasticsearch, question: Callable[[], T]) -> T:
    try:
        return question()
    except NotFoundError as error:
        raise ElasticError(
            f"Elasticsearch has no {READ_ALIAS} yet; `newscrawl index` makes it and fills it"
        ) from error
    except (ApiError, elastic_transport.TransportError) as error:
        raise ElasticError(explain(error, addresses(client))) from error


def _found(hit: dict[str, Any], missing: tuple[int, ...]) -> Found:
    values = hit["_source"]
    return Found(
        values.get("title", ""),
        values.get("summary", ""),
        values.get("body", ""),
        datetime.fromisoformat(values["event_time"]),
        {**values, "id": hit["_id"]},
        missing,
        key=hit["_id"],
    )


def _hit(found: Found, score: float, query: Query) -> Hit:
    values = found.origin
    published = values.get("published_at")
    return Hit(
        id=values["id"],
        url=values["url"],
        outlet=values["outlet"],
        outlet_name=values.get("outlet_name", ""),
        published_at=datetime.fromisoformat(published) if published else None,
        event_time=found.event_time,
        score=score,
        title=highlight(found.title, query),
        snippet=snippet(found.body, query, fallback=found.summary),
    )
