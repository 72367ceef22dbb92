"""`make bench ARGS=delivery`: documents a second, beside `helpers.parallel_bulk` on the same server."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import deque
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from newscrawl.ingest.lines import read_lines
from newscrawl.ingest.rows import read_rows
from newscrawl.outputs.delivery import Deliverer
from newscrawl.search.elastic.mapping import WRITE_ALIAS, document
from newscrawl.search.elastic.setup import read_state, set_up
from newscrawl.store import Archive, open_store

ARTICLES = 6_000
ROUNDS = 3
CHUNK = 300


def deliver(archive: Archive, client: Elasticsearch) -> float:
    """Seconds that our delivery takes: from the outbox to the last acknowledgement written down."""
    archive.requeue_all()
    began = time.perf_counter()
    deliverer = Deliverer(archive, client)
    report = deliverer.drain(60)
    took = time.perf_counter() - began
    deliverer.close()
    if archive.pending() or report.refused:
        sys.exit(f"not everything was delivered: {report}")
    return took


def bare(documents: list[dict[str, Any]], client: Elasticsearch) -> float:
    """Seconds that the client library's own helper takes for the same documents, held in memory."""
    actions = ({"_index": WRITE_ALIAS, "_id": one["id"], "_source": one} for one in documents)
    began = time.perf_counter()
    deque(parallel_bulk(client, actions, thread_count=2, chunk_size=CHUNK), maxlen=0)
    return time.perf_counter() - began


def fresh(client: Elasticsearch) -> None:
    """An empty index, so that both write the same."""
    for name in read_state(client).versions:
        client.indices.delete(index=name)
    set_up(client)


def fill(corpus: Path, folder: str) -> Archive:
    """An archive of real articles."""
    archive = open_store(f"sqlite:///{folder}/delivery.db")
    run = archive.begin_run("ingest", corpus.name, {})
    with corpus.open("rb") as stream:
        lines = read_lines(stream)
        while archive.count() < ARTICLES:
            run.keep_rows(read_rows(list(islice(lines, CHUNK)), corpus.name, "", datetime.now(UTC)))
    return archive


def bench(corpus: Path) -> None:
    """Print both, round by round in turn, for each server that can be had here."""
    from tests.servers.elasticsearch import RELEASES, ElasticServer, Unavailable

    with tempfile.TemporaryDirectory() as folder:
        archive = fill(corpus, folder)
        documents = [document(one.article) for one in archive.waiting(0, 2 * ARTICLES)]
        for release in RELEASES:
            try:
                server = ElasticServer(release.version, fast_start=False)
                server.start()
            except Unavailable as error:
                print(f"## delivery to Elasticsearch {release.version}: skipped, {error.reason}")
                continue
            with server, server.client() as client:
                _compare(archive, documents, client, release.version)
        archive.close()


def _compare(archive: Archive, documents: list[dict[str, Any]], client: Elasticsearch, version: str) -> None:
    fresh(client)
    bare(documents, client)  # the server's compilers warm up
    pairs = []
    for _ in range(ROUNDS):
        fresh(client)
        ours = len(documents) / deliver(archive, client)
        fresh(client)
        pairs.append((ours, len(documents) / bare(documents, client)))
    print(f"## delivery to Elasticsearch {version}: {len(documents):,} articles, documents a second")
    for ours, theirs in pairs:
        print(f"newscrawl {ours:6,.0f}   parallel_bulk {theirs:6,.0f}   ratio {ours / theirs:.2f}")
    print(f"median ratio {statistics.median(ours / theirs for ours, theirs in pairs):.2f}")
