"""What answers a query: our two indexes, and a server's stock analyzers over the same articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from newscrawl.outputs.delivery import Deliverer
from newscrawl.search import EmbeddedIndex, Match, SearchIndex
from newscrawl.search.elastic.mapping import READ_ALIAS
from newscrawl.search.elastic.search import ElasticIndex
from newscrawl.search.elastic.setup import set_up
from newscrawl.store import Archive
from newscrawl.store.schema import articles

DEPTH = 10
OURS, THEIRS = "newscrawl, embedded", "stock arabic, OR"
ELASTIC = "newscrawl, Elasticsearch"
AND = "newscrawl, all words"
STOCK_INDEX = "evaluate-stock"
WEIGHTS = {"title": 4, "summary": 2, "body": 1}
"""Of the fields, for the stock analyzers too: the same fields as ours, weighed alike."""

System = Callable[[str], list[str]]
"""Query → canonical addresses of the articles found, the best first."""


def embedded(archive: Archive) -> dict[str, System]:
    """The systems that need no server."""
    index = EmbeddedIndex(archive.engine)
    return {OURS: _of(index), AND: _of(index, Match.ALL)}


def on_server(archive: Archive, client: Elasticsearch) -> dict[str, System]:
    """The systems of a server, which is filled first unless it has all articles."""
    _fill_ours(archive, client)
    _fill_stock(archive, client)
    return {
        ELASTIC: _of(ElasticIndex(client)),
        THEIRS: _asks(client, STOCK_INDEX, _weighed("arabic")),
        "stock standard, OR": _asks(client, STOCK_INDEX, _weighed("standard")),
        "Kibana's bar, our index": _asks(client, READ_ALIAS, _bar),
    }


def only_pooled(client: Elasticsearch) -> dict[str, System]:
    """More systems, so that the pool holds what those under test may find only later: loose ones."""
    return {
        "titles alone": _asks(client, STOCK_INDEX, lambda query: {"match": {"title.arabic": query}}),
        "two letters off": _asks(client, STOCK_INDEX, _fuzzy),
    }


def timed(system: System, query: str) -> tuple[list[str], float]:
    """What a system finds, and its milliseconds."""
    began = time.perf_counter()
    found = system(query)
    return found, (time.perf_counter() - began) * 1000


def _of(index: SearchIndex, match: Match = Match.MOST) -> System:
    return lambda query: [hit.url for hit in index.search(query, limit=DEPTH, match=match).hits]


def _asks(client: Elasticsearch, index: str, request: Callable[[str], dict[str, Any]]) -> System:
    def ask(query: str) -> list[str]:
        answer = client.search(index=index, query=request(query), size=DEPTH, source={"includes": ["url"]})
        return [hit["_source"]["url"] for hit in answer["hits"]["hits"]]

    return ask


def _weighed(analyzer: str) -> Callable[[str], dict[str, Any]]:
    fields = [f"{name}.{analyzer}^{weight}" for name, weight in WEIGHTS.items()]
    return lambda query: {"combined_fields": {"query": query, "fields": fields}}


def _bar(query: str) -> dict[str, Any]:
    return {"query_string": {"query": query}}


def _fuzzy(query: str) -> dict[str, Any]:
    fields = ["title.standard^4", "body.standard"]
    return {"multi_match": {"query": query, "fields": fields, "type": "most_fields", "fuzziness": 2}}


def _fill_ours(archive: Archive, client: Elasticsearch) -> None:
    set_up(client)
    if client.count(index=READ_ALIAS)["count"] == archive.count():
        return
    archive.requeue_all()
    deliverer = Deliverer(archive, client)
    deliverer.drain(1200)
    deliverer.close()
    client.indices.refresh(index=READ_ALIAS)


def _fill_stock(archive: Archive, client: Elasticsearch) -> None:
    if client.indices.exists(index=STOCK_INDEX):
        if client.count(index=STOCK_INDEX)["count"] == archive.count():
            return
        client.indices.delete(index=STOCK_INDEX)
    analysed = {name: {"type": "text", "analyzer": name} for name in ("arabic", "standard")}
    text = {"type": "text", "index": False, "fields": analysed}
    properties = {"title": text, "summary": text, "body": text, "url": {"type": "keyword"}}
    settings = {"number_of_shards": 1, "number_of_replicas": 0}
    client.indices.create(index=STOCK_INDEX, settings=settings, mappings={"properties": properties})
    bulk(client, _documents(archive), chunk_size=300)
    client.indices.refresh(index=STOCK_INDEX)


def _documents(archive: Archive) -> Iterator[dict[str, Any]]:
    for row in rows(archive):
        yield {"_index": STOCK_INDEX, **row._mapping}


def rows(archive: Archive) -> Iterable[Any]:
    """Address and texts of every article."""
    with archive.engine.connect() as connection:
        chosen = sa.select(articles.c.url, articles.c.title, articles.c.summary, articles.c.body)
        yield from connection.execute(chosen.order_by(articles.c.number))
