"""The systems that `make evaluate ARGS=search` compares, over one archive of real articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from newscrawl.config import Config
from newscrawl.ingest import WARM, ingest, read_lines
from newscrawl.outputs.delivery import Deliverer
from newscrawl.search import Match, SearchIndex, open_index
from newscrawl.search.elastic.mapping import READ_ALIAS
from newscrawl.search.elastic.search import ElasticIndex
from newscrawl.steps.session import Session
from newscrawl.store import Archive, open_store

Search = Callable[[str], list[str]]
"""A query → the canonical URLs of its first TOP articles."""
TOP = 10
STOCK = "stock"
FIELDS = ("title", "summary", "body")


def archive_of(corpus: Path, path: Path) -> Archive:
    """An archive of a whole corpus; made where it is not there yet."""
    there = path.exists()
    archive = open_store(f"sqlite:///{path}")
    if not there:
        with Session(open_store(f"sqlite:///{path}"), Config(workers=2), tagger=None, warm=WARM) as session:
            session.begin_run("ingest", corpus.name, {})
            with corpus.open("rb") as stream:
                for _ in ingest(read_lines(corpus, stream), session, file=corpus.name, outlet=""):
                    pass
    return archive


@contextmanager
def systems(archive: Archive) -> Iterator[dict[str, Search]]:
    """Every system by name, on a server of our own that ends with the block."""
    from tests.servers.elasticsearch.server import ElasticServer

    with ElasticServer("8.19") as server, server.client() as client:
        _fill(archive, client)
        yield {
            "newscrawl, embedded": _ours(open_index(archive.engine)),
            "newscrawl, Elasticsearch": _ours(ElasticIndex(client)),
            "newscrawl --all": _ours(open_index(archive.engine), Match.ALL),
            "newscrawl --any": _ours(open_index(archive.engine), Match.ANY),
            "Kibana's bar": _asked(client, READ_ALIAS, lambda text: {"multi_match": {"query": text}}),
            "stock arabic": _asked(client, STOCK, lambda text: {"match": {"arabic": text}}),
            "stock standard": _asked(client, STOCK, lambda text: {"match": {"standard": text}}),
        }


def _ours(index: SearchIndex, match: Match = Match.MOST) -> Search:
    return lambda query: [hit.url for hit in index.search(query, limit=TOP, match=match).hits]


def _asked(client: Elasticsearch, index: str, body: Callable[[str], dict[str, Any]]) -> Search:
    def search(query: str) -> list[str]:
        answer = client.search(index=index, query=body(query), size=TOP, source_includes=["url"])
        return [hit["_source"]["url"] for hit in answer["hits"]["hits"]]

    return search


def _fill(archive: Archive, client: Elasticsearch) -> None:
    """Our index as delivery fills it, and a stock one: all text in one field, by Elasticsearch's analyzers."""
    archive.requeue_all()
    deliverer = Deliverer(archive, client)
    deliverer.drain(60)
    deliverer.close()
    gathered = {"type": "text", "copy_to": ["arabic", "standard"], "index": False}
    properties: dict[str, Any] = dict.fromkeys(FIELDS, gathered)
    properties |= {name: {"type": "text", "analyzer": name} for name in ("arabic", "standard")}
    properties["url"] = {"type": "keyword"}
    client.indices.create(index=STOCK, mappings={"properties": properties})
    bulk(client, _stock(client), chunk_size=500)
    client.indices.refresh(index=f"{STOCK},{READ_ALIAS}")


def _stock(client: Elasticsearch) -> Iterator[dict[str, Any]]:
    from elasticsearch.helpers import scan

    client.indices.refresh(index=READ_ALIAS)
    for hit in scan(client, index=READ_ALIAS, source_includes=[*FIELDS, "url"]):
        yield {"_index": STOCK, "_source": hit["_source"]}
