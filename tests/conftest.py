"""Fixtures of all tests: real Elasticsearch servers, and real articles."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import settings

# Time is measured in `make bench`, never asserted in a test: these machines are shared.
settings.register_profile("newscrawl", deadline=None)
settings.load_profile("newscrawl")

pytest_plugins = ["tests.elasticsearch.plugin"]

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "antcorpus_2018.jsonl.gz"
REAL_ARTICLES = 10_000


@pytest.fixture(scope="session")
def real_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some 10,000 real articles; tests may change its outbox and nothing else."""
    from newscrawl.ingest import ingest, read_lines
    from newscrawl.store import open_store
    from newscrawl.workers import Workers

    if not CORPUS.exists():
        pytest.skip("../shared/corpus is absent")
    path = tmp_path_factory.mktemp("real") / "news.db"
    archive = open_store(f"sqlite:///{path}")
    run = archive.begin_run("ingest", CORPUS.name, {})
    pool = Workers(2, warm=("newscrawl.ingest",))
    with CORPUS.open("rb") as stream:
        # The corpus is sorted by outlet: every second row, so that all its outlets are among them.
        lines = islice(read_lines(CORPUS, stream), 0, None, 2)
        for _ in ingest(lines, run, pool, file=CORPUS.name, outlet=""):
            if archive.count() >= REAL_ARTICLES:
                break
    pool.close()
    archive.close()
    return path
