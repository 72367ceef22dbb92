"""Moving to a new mapping version while others write, search, and kill: no document missing or stale."""

import threading
import time

import pytest

from newscrawl.outputs.delivery import Deliverer, deliver
from newscrawl.search.elastic import ElasticError
from newscrawl.search.elastic import migrate as module
from newscrawl.search.elastic.mapping import MAPPING_VERSION, index_name
from newscrawl.search.elastic.migrate import migrate
from newscrawl.search.elastic.setup import read_state, set_up
from newscrawl.store import open_store
from tests.outputs.delivery.world import articles, filled, indexed, keep, stored

pytestmark = pytest.mark.usefixtures("few_rules")
V1, V2 = index_name(MAPPING_VERSION), index_name(MAPPING_VERSION + 1)


@pytest.fixture
def client(clean_elasticsearch):
    with clean_elasticsearch.client() as client:
        yield client


@pytest.fixture
def archive(client, tmp_path):
    archive = filled(tmp_path, 400)
    set_up(client)
    drain(archive, client)
    client.indices.refresh(index="news-articles")
    return archive


def drain(archive, client):
    deliverer = Deliverer(archive, client)
    report = deliverer.drain(60)
    deliverer.close()
    assert (archive.pending(), report.trouble) == (0, "")


def in_use(client):
    state = read_state(client)
    return state.read, state.write


def test_where_it_is_in_use_nothing_happens(client, archive):
    migration = migrate(client, MAPPING_VERSION)
    assert (migration.index, migration.old, migration.copied) == (V1, (), 0)


def test_on_an_empty_server_it_sets_up(client):
    assert migrate(client).index == V1
    assert in_use(client) == ((V1,), (V1,))


def test_an_index_newer_than_the_program_is_left_alone(client):
    set_up(client, 7)
    with pytest.raises(ElasticError, match="mapping version 7, this newscrawl knows 4: update newscrawl"):
        migrate(client, MAPPING_VERSION)


class Writer(threading.Thread):
    """Adds and changes articles, and delivers them, until told to end."""

    def __init__(self, archive, client):
        super().__init__()
        self.url, self.client = str(archive.engine.url), client
        self.ending = threading.Event()
        self.rounds = 0

    def run(self):
        archive = open_store(self.url)
        deliverer = Deliverer(archive, self.client, documents=20)
        follower = threading.Thread(target=self.follow, args=(deliverer,))
        follower.start()
        while not self.ending.is_set():
            run = archive.begin_run("ingest", "writer", {})
            keep(archive, run, articles(5, first=1_000 + 5 * self.rounds))
            changed = list(articles(20, first=(7 * self.rounds) % 380))
            for article in changed:
                article.body += f"\n\nتحديث {self.rounds}"
                article.content_hash = f"{article.id}-{self.rounds}"
            keep(archive, run, changed)
            self.rounds += 1
            time.sleep(0.02)
        deliverer.hurry.set()
        follower.join(30)
        archive.close()

    def follow(self, deliverer):
        deliverer.follow(poll=0.05)
        deliverer.close()


def test_under_concurrent_writes_nothing_is_missing_or_stale(client, archive, monkeypatch):
    monkeypatch.setattr(deliver, "PAUSE_S", 0.2)
    writer = Writer(archive, client)
    writer.start()
    lowest = []
    reader_ends = threading.Event()

    def read():
        while not reader_ends.is_set():
            lowest.append(client.count(index="news-articles")["count"])

    reader = threading.Thread(target=read)
    reader.start()
    try:
        while writer.rounds < 5:
            time.sleep(0.02)
        migration = migrate(client, MAPPING_VERSION + 1)
        before_end = writer.rounds
        while writer.rounds < before_end + 5:
            time.sleep(0.02)
    finally:
        writer.ending.set()
        reader_ends.set()
        writer.join(60)
        reader.join(10)
    assert (migration.index, migration.old) == (V2, (V1,))
    assert in_use(client) == ((V2,), (V2,))
    assert min(lowest) >= 400  # no reader ever saw less than there was before
    drain(archive, client)
    assert indexed(client) == stored(archive)
    assert client.indices.get_mapping(index=V2)[V2]["mappings"]["_meta"] == {
        "schema_version": MAPPING_VERSION + 1
    }


KILLS = [("copy", "after"), ("point_writers", "after"), ("point_readers", "before")]


@pytest.mark.parametrize(("step", "when"), KILLS)
def test_killed_at_any_step_it_goes_on(client, archive, monkeypatch, step, when):
    class Killed(BaseException):
        pass

    honest = getattr(module, step)

    def killed(*args, **kwargs):
        if when == "after":
            honest(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, step, killed)
        with pytest.raises(Killed):
            migrate(client, MAPPING_VERSION + 1)
    keep(archive, archive.begin_run("ingest", "between", {}), articles(10, first=5_000))
    drain(archive, client)
    migrate(client, MAPPING_VERSION + 1)
    assert in_use(client) == ((V2,), (V2,))
    drain(archive, client)
    assert indexed(client) == stored(archive)


def test_a_write_that_comes_late_to_the_old_index_is_sent_again_to_the_new(client, archive, monkeypatch):
    monkeypatch.setattr(deliver, "PAUSE_S", 0.2)
    client.indices.add_block(index=V1, block="write")
    keep(archive, archive.begin_run("ingest", "late", {}), articles(10, first=5_000))
    deliverer = Deliverer(archive, client)
    thread = threading.Thread(target=deliverer.drain, args=(60,))
    thread.start()
    while not deliverer.report.trouble:
        time.sleep(0.01)
    migrate(client, MAPPING_VERSION + 1)
    thread.join(60)
    deliverer.close()
    assert archive.pending() == 0
    assert indexed(client) == stored(archive)
