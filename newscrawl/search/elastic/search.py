"""Search on Elasticsearch; a `SearchIndex` like the embedded one, with the same language and snippets."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import elastic_transport
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from newscrawl.filters import Filters
from newscrawl.search.elastic.connection import ElasticError, addresses, explain
from newscrawl.search.elastic.dsl import to_elastic
from newscrawl.search.elastic.mapping import READ_ALIAS
from newscrawl.search.query import Query, parse_query
from newscrawl.search.results import LEAST_ARTICLES, Found, Hit, Results, page, window
from newscrawl.search.snippets import highlight, snippet

SOURCE = ["id", "url", "outlet", "outlet_name", "published_at", "event_time", "title", "summary", "body"]
"""What a hit is made of; the rest of a document stays on the server."""

T = TypeVar("T")


class ElasticIndex:
    """The index behind the read alias."""

    def __init__(self, client: Elasticsearch) -> None:
        self._client = client

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
            ElasticError: the server cannot be asked, or refuses.
        """
        began = time.perf_counter()
        parsed = parse_query(query)
        newest = {"event_time": {"order": "desc"}}
        sort: list[Any] = [newest] if newest_first else ["_score", newest]
        first, number = window(offset, limit, newest_first=newest_first)
        answer = _asked(
            self._client,
            lambda: self._client.search(
                index=READ_ALIAS,
                query=to_elastic(parsed, filters or Filters()),
                source={"includes": SOURCE},
                size=number,
                from_=first,
                sort=sort,
                track_total_hits=True,
            ),
        )
        found = map(_found, answer["hits"]["hits"])
        shown = page(found, parsed, offset, limit, newest_first=newest_first)
        hits = [_hit(one, score, parsed) for score, one in shown]
        total = answer["hits"]["total"]["value"]
        return Results(total, (time.perf_counter() - began) * 1000, hits)

    def suggest(self, query: str) -> dict[str, str]:
        """Words of a query that no article has → the commonest word of the archive one letter away.

        Raises:
            QueryError: the query cannot be read.
            ElasticError: the server cannot be asked, or refuses.
        """
        terms = parse_query(query).terms
        words = {term.words[0] for term in terms if len(term.words) == 1 and not term.prefix}
        options = {
            "field": "body",
            "analyzer": "ar_exact",
            "suggest_mode": "missing",
            "max_edits": 1,
            "prefix_length": 0,
            "min_word_length": 3,
            "min_doc_freq": LEAST_ARTICLES,
            "sort": "frequency",
            "size": 1,
        }
        asked = {
            f"word {number}": {"text": word, "term": options} for number, word in enumerate(sorted(words))
        }
        if not asked:
            return {}
        answer = _asked(self._client, lambda: self._client.search(index=READ_ALIAS, suggest=asked, size=0))
        entries = [entry for entries in answer["suggest"].values() for entry in entries]
        return {entry["text"]: entry["options"][0]["text"] for entry in entries if entry["options"]}

    def count(self) -> int:
        """How many articles can be found.

        Raises:
            ElasticError: the server cannot be asked, or refuses.
        """
        return int(_asked(self._client, lambda: self._client.count(index=READ_ALIAS))["count"])


def _asked(client: Elasticsearch, question: Callable[[], T]) -> T:
    try:
        return question()
    except NotFoundError as error:
        raise ElasticError(
            f"Elasticsearch has no {READ_ALIAS} yet; `newscrawl index` makes it and fills it"
        ) from error
    except (ApiError, elastic_transport.TransportError) as error:
        raise ElasticError(explain(error, addresses(client))) from error


def _found(hit: dict[str, Any]) -> Found:
    values = hit["_source"]
    return Found(
        values.get("title", ""),
        values.get("summary", ""),
        values.get("body", ""),
        datetime.fromisoformat(values["event_time"]),
        {**values, "id": hit["_id"]},
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
