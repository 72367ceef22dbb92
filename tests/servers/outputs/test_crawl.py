"""A crawl with Elasticsearch configured: away, it is not missed; there, everything arrives while crawling."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newscrawl.store import open_store
from tests.end_to_end.crawling import ROOT, crawl
from tests.newsroom import Newsroom
from tests.newsroom.sites.majma import OWN_PARAGRAPH
from tests.outputs.delivery.world import indexed, stored
from tests.servers.elasticsearch.session import clean

URL = "NEWSCRAWL_ELASTICSEARCH_URL"
QUICK = ("news", "-a", "outlets=almarfa,majma")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def newscrawl(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).parent / "newscrawl")
    environment = {**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}"}
    return subprocess.run(
        [program, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_crawl_does_not_miss_an_elasticsearch_that_is_away_and_the_next_index_delivers(
    elasticsearch_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {}
    for name, url in (("without", ""), ("closed", f"http://127.0.0.1:{closed_port()}")):
        monkeypatch.setenv(URL, url)
        with Newsroom() as room:
            began = time.monotonic()
            done = crawl(room, tmp_path / f"{name}.db", *QUICK)
            took[name] = time.monotonic() - began
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    (pending,) = re.findall(r"Elasticsearch: 0 delivered, (\d+) pending: http://127\.0\.0\.1", done.stdout)
    # Far below any patience or timeout; not "as fast", for the machine is shared.
    assert took["closed"] < 2 * took["without"] + 10

    archive = open_store(f"sqlite:///{tmp_path / 'closed.db'}", create=False)
    assert int(pending) == archive.pending() == archive.count() > 20
    monkeypatch.setenv(URL, elasticsearch_server.url)
    with elasticsearch_server.client() as client:
        clean(client)
        index = newscrawl(tmp_path / "closed.db", "index")
        assert index.returncode == 0, index.stdout + index.stderr
        assert f"Elasticsearch: {pending} delivered, 0 pending." in index.stdout
        assert indexed(client) == stored(archive)
    archive.close()


def test_what_is_crawled_is_delivered_while_crawling(
    elasticsearch_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, elasticsearch_server.url)
    store = tmp_path / "archive.db"
    with elasticsearch_server.client() as client:
        clean(client)
        with Newsroom() as room:
            done = crawl(room, store, *QUICK)
        assert done.returncode == 0, done.stderr
        assert re.search(r"Elasticsearch: \d+ delivered, 0 pending\.", done.stdout), done.stdout
        archive = open_store(f"sqlite:///{store}", create=False)
        assert indexed(client) == stored(archive)
        archive.close()
        found = newscrawl(store, "search", "الوزير", "--json")
        assert found.returncode == 0, found.stderr
        assert '"total"' in found.stdout


def test_a_corrected_article_and_its_longer_copy_are_one_cluster_in_elasticsearch(
    elasticsearch_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newsroom's paper corrects what its aggregator carries with a paragraph of its own."""
    monkeypatch.setenv(URL, elasticsearch_server.url)
    store = tmp_path / "archive.db"
    with elasticsearch_server.client() as client:
        clean(client)
        for edition in (1, 2):
            with Newsroom(edition=edition) as room:
                assert crawl(room, store, *QUICK).returncode == 0
        client.indices.refresh(index="news-articles")
        answer = client.search(index="news-articles", query={"range": {"cluster_size": {"gt": 1}}})
        found = {hit["_source"]["outlet"]: hit["_source"] for hit in answer["hits"]["hits"]}
        assert answer["hits"]["total"]["value"] == len(found) == 2
        original, copy = found["almarfa"], found["majma"]
        assert original["cluster_id"] == copy["cluster_id"] == copy["copy_of"] == original["id"]
        assert "copy_of" not in original
        assert 0.5 < copy["similarity"] < 1
        assert OWN_PARAGRAPH in copy["body"]
        assert (original["revision"], original["cause"], copy["revision"]) == (2, "outlet", 1)
        assert "185" in original["title"]

        words = ("search", "سهل", "عكار", "--all", "--json")
        every, collapsed = (
            json.loads(newscrawl(store, *words, *more).stdout) for more in ((), ("--collapse",))
        )
        assert {original["id"], copy["id"]} <= {hit["id"] for hit in every["hits"]}
        assert collapsed["total"] == every["total"] - 1
        assert [hit["copies"] for hit in collapsed["hits"] if hit["copies"]] == [1]
        history = newscrawl(store, "history", original["url"]).stdout
        assert "[-120-] {+185+}" in history

        monkeypatch.setenv("NEWSCRAWL_COPIES", "drop")
        assert newscrawl(store, "index", "--rebuild").returncode == 0
        client.indices.refresh(index="news-articles")
        left = client.count(index="news-articles", query={"range": {"cluster_size": {"gt": 1}}})
        assert left["count"] == 1
