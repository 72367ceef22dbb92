"""Of each cluster one hit, on Elasticsearch: its `collapse`, and how many hits that makes.

`collapse` takes all documents without the field for one group, and articles that were not compared yet have
no cluster. So each such search goes as two, for the articles that share their cluster and for the others.
Clusters are counted by HyperLogLog: exact to some 40,000 of several articles, within a few percent above.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from newscrawl.filters import Filters
from newscrawl.search.elastic.dsl import Json, mostly, surrounding, without
from newscrawl.search.query import Query

COLLAPSE: Json = {"collapse": {"field": "cluster_id"}}
"""What makes a search one for `split`."""

_SHARED: Json = {"range": {"cluster_size": {"gt": 1}}}
_ALONE: Json = {"bool": {"must_not": _SHARED}}
_CLUSTERS: Json = {"clusters": {"cardinality": {"field": "cluster_id", "precision_threshold": 40_000}}}
_TEXTS: Json = {"alone": {"filter": _ALONE}, "shared": {"filter": _SHARED, "aggs": _CLUSTERS}}


def split(search: Json) -> list[Json]:
    """A search as it is sent: two where it has `COLLAPSE`, else one."""
    if "collapse" not in search:
        return [search]
    alone = {key: value for key, value in search.items() if key != "collapse"}
    return [
        {**alone, "query": {"bool": {"must": search["query"], "filter": _ALONE}}},
        {**search, "query": {"bool": {"must": search["query"], "filter": _SHARED}}, "aggs": _CLUSTERS},
    ]


def joined(answers: Sequence[Any]) -> Any:
    """The answer to a search, from those to what `split` made of it; there may be twice as many hits."""
    if len(answers) == 1:
        return answers[0]
    alone, shared = answers
    hits = [*alone["hits"]["hits"], *shared["hits"]["hits"]]
    total = alone["hits"]["total"]["value"] + shared["aggregations"]["clusters"]["value"]
    # Sorted by score, by time, or by both, always the greater one first.
    return {
        "hits": {
            "hits": sorted(hits, key=lambda hit: [-value for value in hit["sort"]]),
            "total": {"value": total},
        }
    }


def counting_texts(query: Query, least: int, filters: Filters) -> Json:
    """A search that counts the clusters with an article that has `least` groups of a query or more.

    And for each group the clusters with an article that has all the others.
    """
    rest = {str(place): without(query, place) for place in range(len(query.groups))}
    return {
        "query": surrounding(query, least, filters),
        "size": 0,
        "aggs": {**_TEXTS, "without": {"filters": {"filters": rest}, "aggs": _TEXTS}},
    }


def counted_texts(answer: Any, query: Query) -> tuple[int, list[int]]:
    """What `counting_texts` counted: all, and those without each group."""
    found = answer["aggregations"]
    buckets = found["without"]["buckets"]
    return _texts(found), [_texts(buckets[str(place)]) for place in range(len(query.groups))]


def _texts(found: Mapping[str, Any]) -> int:
    return int(found["alone"]["doc_count"]) + int(found["shared"]["clusters"]["value"])


def partly_of_others(query: Query, least: int, filters: Filters, but: Collection[str]) -> Json:
    """The articles that have a query partly, and are not of these clusters."""
    clusters = {"terms": {"cluster_id": sorted(but)}}
    return {"bool": {"must": mostly(query, least, filters), "must_not": clusters}}
