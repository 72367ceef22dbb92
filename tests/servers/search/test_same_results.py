"""The two indexes on the same 10,000 real articles: the same articles at the top, and as many found."""

from itertools import islice
from pathlib import Path

import pytest

from bench.queries import QUERIES
from newscrawl.config import Config
from newscrawl.ingest.lines import read_lines
from newscrawl.ingest.take_in import WARM, take_in
from newscrawl.outputs.delivery import Deliverer
from newscrawl.search import open_index
from newscrawl.search.elastic.search import ElasticIndex
from newscrawl.steps.session import Session
from newscrawl.store import open_store
from tests.outputs.delivery.world import indexed, stored
from tests.required import shared
from tests.servers.elasticsearch.session import DEPLOYED

pytestmark = pytest.mark.parametrize("each_elasticsearch", [DEPLOYED], indirect=True, scope="session")
CORPUS = "corpus/antcorpus_2018.jsonl.gz"
REAL_ARTICLES = 10_000
FLOOR_OVERLAP = 0.95
MOST_HITS_APART = 0.02
TOP = 10


@pytest.fixture(scope="session")
def real_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some 10,000 real articles; tests may change its outbox and nothing else."""
    corpus = shared(CORPUS)
    path = tmp_path_factory.mktemp("real") / "news.db"
    archive = open_store(f"sqlite:///{path}")
    with Session(archive, Config(workers=2), tagger=None, warm=WARM) as session, corpus.open("rb") as stream:
        session.begin_run("ingest", corpus.name, {})
        # The corpus is sorted by outlet: every second row, so that all its outlets are among them.
        lines = islice(read_lines(stream), 0, None, 2)
        for _ in take_in(lines, session, file=corpus.name, outlet=""):
            if archive.count() >= REAL_ARTICLES:
                break
    return path


@pytest.fixture(scope="module")
def both(cluster, real_articles):
    archive = open_store(f"sqlite:///{real_articles}")
    archive.requeue_all()
    deliverer = Deliverer(archive, cluster.client)
    report = deliverer.drain(60)
    deliverer.close()
    assert (archive.pending(), report.refused) == (0, 0)
    assert archive.count() >= REAL_ARTICLES > 5_000
    assert indexed(cluster.client) == stored(archive)  # none missing, none twice, each in its newest text
    yield open_index(archive.engine), ElasticIndex(cluster.client)
    archive.close()


def overlap(one, other):
    ids, others = ({hit.id for hit in results.hits} for results in (one, other))
    return len(ids & others) / max(len(ids), len(others), 1)


def test_the_top_ten_overlap(both, capsys):
    embedded, elastic = both
    rows = []
    for query in QUERIES:
        one, other = (index.search(query, limit=TOP) for index in (embedded, elastic))
        rows.append((overlap(one, other), one.total, other.total, query))
    mean = sum(row[0] for row in rows) / len(rows)
    found, as_many = sum(row[1] for row in rows), sum(row[2] for row in rows)
    with capsys.disabled():
        print(
            f"\noverlap of the top {TOP}, {len(rows)} queries: mean {mean:.3f}; hits {found:,} / {as_many:,}"
        )
        for row in sorted(rows)[:5]:
            print("  {:.1f}  {:6,} {:6,}  {}".format(*row))
    assert len(rows) >= 50
    assert mean >= FLOOR_OVERLAP
    assert abs(found - as_many) / found <= MOST_HITS_APART


def test_filters_and_order_agree(both):
    from datetime import UTC, datetime

    from newscrawl.search import Filters

    embedded, _ = both
    some = embedded.search("مصر", limit=50).hits
    filters = Filters(outlets=(some[0].outlet,), since=datetime(2018, 1, 10, tzinfo=UTC))
    for query in ("مصر", "الرئيس", '"كأس العالم"'):
        one, other = (index.search(query, filters, newest_first=True, limit=20) for index in both)
        assert abs(one.total - other.total) <= max(1, one.total * MOST_HITS_APART)
        assert [hit.event_time for hit in one.hits][:5] == [hit.event_time for hit in other.hits][:5]
