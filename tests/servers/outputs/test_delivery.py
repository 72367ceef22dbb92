"""Delivery to real servers that are killed, too small, blocked, or asked too much: nothing is lost."""

import threading
import time

import pytest

from newscrawl.article import article_id
from newscrawl.outputs.delivery import Deliverer, deliver, rebuild
from newscrawl.outputs.delivery.answers import Verdict
from newscrawl.search.elastic.setup import read_state, set_up
from newscrawl.store import Arrival, Proposal
from tests.outputs.delivery.world import articles, filled, indexed, keep, stored
from tests.servers.elasticsearch.session import DEPLOYED
from tests.store.conftest import put_together

pytestmark = pytest.mark.usefixtures("few_rules")


@pytest.fixture
def client(clean_elasticsearch):
    with clean_elasticsearch.client() as client:
        yield client


@pytest.fixture
def each_client(each_clean_elasticsearch):
    with each_clean_elasticsearch.client() as client:
        yield client


def drain(archive, client, *, patience=120.0, **options):
    deliverer = Deliverer(archive, client, **options)
    report = deliverer.drain(patience)
    deliverer.close()
    return report


def wait_until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_the_first_delivery_puts_templates_and_aliases_itself(each_client, tmp_path):
    client = each_client
    archive = filled(tmp_path, 20)
    report = drain(archive, client)
    assert (report.arrived, archive.pending()) == (20, 0)
    state = read_state(client)
    assert state.read == state.write == ("news-articles-v4-000001",)
    assert indexed(client) == stored(archive)


def test_setting_up_twice_changes_nothing(client):
    set_up(client)
    before = read_state(client)
    assert len(set_up(client)) == 1
    assert read_state(client) == before


def test_a_full_write_queue_and_a_server_killed_in_the_middle_of_a_bulk(servers, tmp_path):
    settings = {"thread_pool.write.queue_size": "1", "node.processors": "1"}
    server = servers.start(DEPLOYED, settings=settings)
    archive = filled(tmp_path, 2_000)
    with server.client() as client:
        set_up(client)
        report = drain(archive, client, senders=16, documents=40)
        assert report.counts[Verdict.RETRY] > 0, "the queue was never full: the test proves nothing"
        assert (archive.pending(), report.refused) == (0, 0)
        assert indexed(client) == stored(archive)

        keep(archive, archive.begin_run("ingest", "more", {}), articles(2_000, first=5_000))
        deliverer = Deliverer(archive, client, documents=100, timeout=20)
        thread = threading.Thread(target=deliverer.drain, args=(120.0,))
        thread.start()
        wait_until(lambda: deliverer.report.arrived >= 300)
        server.kill()
        wait_until(lambda: deliverer.report.trouble)
        assert archive.pending() > 0
        server.restart()
        thread.join(120)
        deliverer.close()
        assert not thread.is_alive()
        assert (archive.pending(), deliverer.report.refused) == (0, 0)
        assert indexed(client) == stored(archive)
    server.close()


def test_a_refused_document_among_500(each_client, tmp_path):
    client = each_client
    archive = filled(tmp_path, 499)
    (bad,) = articles(1, first=1000)
    bad.word_count = 3_000_000_000  # no integer of Elasticsearch's
    keep(archive, archive.begin_run("ingest", "bad", {}), [bad])
    report = drain(archive, client, documents=500)
    assert (report.arrived, report.refused, archive.pending()) == (499, 1, 0)
    (dead,) = archive.dead_letters()
    assert dead.article_id == bad.id
    assert dead.error_type == "document_parsing_exception"
    assert "word_count" in dead.reason
    assert dead.sent()["word_count"] == 3_000_000_000
    assert len(indexed(client)) == 499
    assert drain(archive, client).refused == 0  # it is not tried again by itself

    bad.word_count, bad.content_hash = 3, "mended"
    bad.body = f"{bad.body} وصحّحت الصحيفة العدد."  # another text: one with the same words is not stored again
    keep(archive, archive.begin_run("ingest", "mend", {}), [bad])
    assert archive.replay() == 1
    assert drain(archive, client).arrived == 1
    assert archive.count_dead_letters() == 0
    assert indexed(client) == stored(archive)


def test_a_read_only_block_pauses_the_delivery(client, tmp_path, monkeypatch):
    monkeypatch.setattr(deliver, "PAUSE_S", 0.3)
    archive = filled(tmp_path, 200)
    set_up(client)
    client.indices.put_settings(index="news-articles", settings={"blocks.read_only_allow_delete": True})
    deliverer = Deliverer(archive, client)
    thread = threading.Thread(target=deliverer.drain, args=(60.0,))
    thread.start()
    wait_until(lambda: deliverer.report.trouble)
    time.sleep(0.5)
    assert "takes no writes" in deliverer.report.trouble
    assert (archive.pending(), archive.count_dead_letters()) == (200, 0)
    client.indices.put_settings(index="news-articles", settings={"blocks.read_only_allow_delete": None})
    thread.join(60)
    deliverer.close()
    assert deliverer.report.counts[Verdict.PAUSE] > 0
    assert (archive.pending(), deliverer.report.trouble) == (0, "")
    assert indexed(client) == stored(archive)


def test_an_older_version_never_overwrites_a_newer_one(client, tmp_path):
    archive = filled(tmp_path, 1)
    old = archive.waiting(0, 1)[0]
    assert drain(archive, client).arrived == 1
    old.article.body, old.article.content_hash = "نص أحدث " * 30, "newer"
    keep(archive, archive.begin_run("ingest", "newer", {}), [old.article])
    drain(archive, client)
    newest = indexed(client)
    from newscrawl.store import schema
    from newscrawl.store.database import write

    with write(archive.engine) as connection:  # a late sender that still holds the old version
        values = {"article_id": old.article.id, "version": old.version, "queued_at": old.article.fetched_at}
        connection.execute(schema.outbox.insert(), values)
    report = drain(archive, client)
    assert report.counts[Verdict.STALE] == 1
    assert archive.pending() == 0
    assert indexed(client) == newest == stored(archive)


def test_an_article_that_moves_to_its_own_address_leaves_no_document_behind(each_client, tmp_path):
    """Two different texts claim one address: the first was delivered under it."""
    archive = filled(tmp_path, 0)
    run = archive.begin_run("crawl", "sahifa", {})
    claimed = "https://sahifa.example/index"
    for page in articles(2):
        page.read_at, page.canonical_url, page.title = page.url, claimed, page.body[:40]
        run.propose([Proposal(page.url, page.outlet, "feed")])
        run.keep(Arrival(page.url, page.outlet, page.url), page)
        drain(archive, each_client)
    assert set(indexed(each_client)) == {article_id(page.url) for page in articles(2)}
    assert indexed(each_client) == stored(archive)
    assert archive.pending() == 0


def test_dropped_copies_leave_the_index_and_a_new_original_comes_in(each_client, tmp_path):
    client, archive = each_client, filled(tmp_path, 4)
    ids = [one.id for one in articles(4)]
    drain(archive, client)
    drop = type(archive)(archive.engine, drop_copies=True)
    put_together(archive, *ids[:3])
    report = drain(drop, client)
    assert (report.arrived, report.refused, drop.pending()) == (3, 0, 0)
    assert set(indexed(client)) == {ids[0], ids[3]}
    put_together(archive, *reversed(ids[:3]))
    drain(drop, client)
    assert set(indexed(client)) == {ids[2], ids[3]}
    assert indexed(client).items() <= stored(archive).items()


def test_a_rebuild_follows_the_setting_for_copies(client, tmp_path):
    archive = filled(tmp_path, 4)
    ids = [one.id for one in articles(4)]
    put_together(archive, *ids[:3])
    drain(archive, client)
    assert set(indexed(client)) == set(ids)
    drop = type(archive)(archive.engine, drop_copies=True)
    for one, expected in ((drop, {ids[0], ids[3]}), (archive, set(ids))):
        deliverer = Deliverer(one, client)
        report, _ = rebuild(one, client, deliverer, 60)
        deliverer.close()
        assert (report.refused, one.pending()) == (0, 0)
        assert set(indexed(client)) == expected


def test_rebuilding_while_people_search(client, tmp_path):
    archive = filled(tmp_path, 300)
    drain(archive, client)
    lost = next(iter(indexed(client)))
    client.delete(index="news-articles-write", id=lost, refresh=True)
    seen = []
    deliverer = Deliverer(
        archive,
        client,
        documents=50,
        on_progress=lambda _: seen.append(client.count(index="news-articles")["count"]),
    )
    report, olds = rebuild(archive, client, deliverer, 60)
    deliverer.close()
    assert set(seen) == {299}  # readers have the old index until the new one is whole
    assert (report.refused, olds) == (0, ("news-articles-v4-000001",))
    assert read_state(client).read == read_state(client).write == ("news-articles-v4-000002",)
    assert indexed(client) == stored(archive)


def test_a_rebuild_killed_on_the_way_is_finished_by_the_next(client, tmp_path):
    archive = filled(tmp_path, 300)
    drain(archive, client)

    class Killed(BaseException):
        pass

    def kill(report):
        if report.arrived >= 100:
            raise Killed

    with pytest.raises(Killed):
        rebuild(archive, client, Deliverer(archive, client, documents=50, on_progress=kill), 60)
    assert read_state(client).read == ("news-articles-v4-000001",)
    rebuild(archive, client, Deliverer(archive, client), 60)
    assert read_state(client).read == read_state(client).write == ("news-articles-v4-000002",)
    assert indexed(client) == stored(archive)
