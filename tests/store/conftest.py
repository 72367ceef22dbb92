"""An empty archive per test, and small makers of what goes into it."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newscrawl.article import Article
from newscrawl.dedupe.content import content_hash
from newscrawl.search import Match, open_index
from newscrawl.store import Arrival, Proposal, open_store, outbox, schema
from newscrawl.store.database import _read_version, write

NOW = datetime.now(UTC).replace(microsecond=0)
SITE = "https://www.sahifa.example"
KEEP = timedelta(days=90)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def archive(url):
    archive = open_store(url)
    yield archive
    archive.close()


@pytest.fixture
def run(archive):
    return archive.begin_run("crawl", "sahifa", {})


def make(path="/1", body="افتتح الوزير صباح اليوم المعرض في القاهرة", **fields):
    url = SITE + path
    values = {
        "url": url,
        "canonical_url": url,
        "outlet": "sahifa",
        "outlet_name": "الصحيفة",
        "domain": "sahifa.example",
        "title": "افتتاح المعرض",
        "body": body,
        "fetched_at": datetime.now(UTC),
        "published_at": NOW - timedelta(hours=3),
        "published_source": "meta",
    } | fields
    values["content_hash"] = content_hash(values["title"], values["body"])
    return Article(**values)


def arrive(path="/1", canonical=None, **fields):
    return Arrival(SITE + path, "sahifa", SITE + (canonical or path), **fields)


def keep(run, article, arrival=None):
    """Propose and keep in one go; gives the outcome."""
    path = article.url.removeprefix(SITE)
    arrival = arrival or arrive(path)
    run.propose([Proposal(arrival.url, arrival.outlet, "feed")])
    return run.keep(arrival, article)[0]


def rows(archive, table):
    with archive.engine.connect() as connection:
        return connection.execute(sa.select(table)).all()


def found(archive, query):
    """The ids of the articles that a search finds."""
    return [hit.id for hit in open_index(archive.engine).search(query, match=Match.ALL).hits]


def migrate(engine, revision):
    """Bring an archive up or down to a version of the schema."""
    config = Config()
    config.set_main_option("script_location", "newscrawl:store/migrations")
    with write(engine) as connection:
        config.attributes["connection"] = connection
        step = command.upgrade if (_read_version(connection) or "") < revision else command.downgrade
        step(config, revision)


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own, which can be filled and made read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", place], check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("this user may not mount a disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(path):
    """Write until nothing more goes onto the disk."""
    stream = os.open(path, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while True:
            os.write(stream, b"x" * 4096)
    os.close(stream)


def put_together(archive, *ids):
    """Make articles one cluster, the first its original, as the cluster step does."""
    with write(archive.engine) as connection:
        for id in ids:
            version = outbox.next_version(connection)
            values = {"cluster_id": ids[0], "cluster_size": len(ids), "version": version}
            values["copy_of"] = "" if id == ids[0] else ids[0]
            chosen = sa.update(schema.articles).where(schema.articles.c.id == id)
            connection.execute(chosen.values(values))
            outbox.enqueue(connection, id, version)
