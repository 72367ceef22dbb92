"""The deliverer against a server that answers as told: every verdict, and nothing lost."""

import threading
import time
from types import SimpleNamespace

import elastic_transport
import pytest
from elasticsearch import ApiError

from newscrawl.outputs.delivery import Deliverer, Report, deliver
from newscrawl.outputs.delivery.answers import Verdict
from newscrawl.store import open_store, outbox
from newscrawl.store.database import write
from tests.outputs.delivery.test_answers import failure
from tests.outputs.delivery.world import articles, filled, keep

OK = {"status": 201}
FULL = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue full"}}
BLOCKED = {"status": 429, "error": {"type": "cluster_block_exception", "reason": "flood stage"}}
BAD = {"status": 400, "error": {"type": "document_parsing_exception", "reason": "[1:2] out of range"}}
STALE = {"status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "newer"}}


class Server:
    """Takes bulk requests; `script` decides each answer: an exception, an item for all, or None for OK."""

    def __init__(self, script=lambda *_: None):
        self.script = script
        self.requests = []
        self.taken = {}
        self.removed = set()
        self._lock = threading.Lock()
        self.transport = SimpleNamespace(node_pool=SimpleNamespace(all=list))

    def options(self, **_):
        return self

    def bulk(self, *, index, operations, require_alias, filter_path):
        import json

        assert index == "news-articles-write"
        assert require_alias
        orders = [json.loads(line) for line in operations]
        actions = [order["index"] for order in orders if "index" in order]
        removals = [order["delete"] for order in orders if "delete" in order]
        self.removed |= {action["_id"] for action in removals}
        actions += removals
        with self._lock:
            number = len(self.requests)
            self.requests.append([action["_id"] for action in actions])
        items = []
        for action in actions:
            answer = self.script(number, action, len(actions))
            if isinstance(answer, Exception):
                raise answer
            item = answer or OK
            if item is OK:
                with self._lock:  # like the server: an older version that comes late does not replace a newer
                    self.taken[action["_id"]] = max(action["version"], self.taken.get(action["_id"], 0))
            items.append({"index": {"_id": action["_id"], **item}})
        return {"errors": False, "items": items}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(deliver, "backoff", lambda tries, first=1.0: 0.001)
    monkeypatch.setattr(deliver, "_TICK_S", 0.01)


@pytest.fixture
def archive(tmp_path):
    archive = filled(tmp_path, 25)
    yield archive
    archive.close()


def run(archive, server, *, patience=1.0, **options):
    deliverer = Deliverer(archive, server, documents=10, **options)
    report = deliverer.drain(patience)
    deliverer.close()
    return report


def versions(archive):
    return {one.article.id: one.version for one in archive.waiting(0, 1000)}


def test_everything_arrives_once_with_its_version(archive):
    wanted = versions(archive)
    server = Server()
    report = run(archive, server)
    assert server.taken == wanted
    assert sum(map(len, server.requests)) == 25
    assert (report.arrived, archive.pending(), report.trouble) == (25, 0, "")


def test_only_refused_items_of_a_full_queue_are_sent_again(archive):
    server = Server(lambda number, action, _: FULL if number == 0 and action["_id"] < "8" else None)
    report = run(archive, server)
    assert len(server.taken) == 25
    assert archive.pending() == 0
    again = report.counts[Verdict.RETRY]
    assert 0 < again < 10
    assert sum(map(len, server.requests)) == 25 + again


@pytest.mark.parametrize(
    "error",
    [
        elastic_transport.ConnectionError("Connection refused"),
        elastic_transport.ConnectionTimeout("timed out"),
        failure(503, "unavailable", "starting"),
        failure(429, "cluster_block_exception", "read-only"),
    ],
)
def test_whole_requests_are_sent_again(archive, error):
    report = run(archive, Server(lambda number, *_: error if number < 4 else None))
    assert (report.arrived, archive.pending(), report.trouble) == (25, 0, "")


def test_a_server_that_stays_away_ends_the_patience_and_keeps_everything(archive):
    began = time.monotonic()
    report = run(
        archive, Server(lambda *_: elastic_transport.ConnectionError("Connection refused")), patience=0.3
    )
    assert time.monotonic() - began < 5
    assert (report.arrived, archive.pending()) == (0, 25)
    assert "cannot connect" in report.trouble
    assert "25 pending" in report.sentence(archive.pending(), 0)


def test_a_refused_document_is_a_dead_letter_and_the_others_arrive(archive):
    bad = archive.waiting(0, 1)[0].article.id
    report = run(archive, Server(lambda _number, action, _: BAD if action["_id"] == bad else None))
    assert (report.arrived, report.refused, archive.pending()) == (24, 1, 0)
    (dead,) = archive.dead_letters()
    assert (dead.article_id, dead.error_type) == (bad, "document_parsing_exception")
    assert dead.reason == "[1:2] out of range"
    assert dead.sent()["id"] == bad


def test_stale_is_as_good_as_delivered(archive):
    report = run(archive, Server(lambda *_: STALE))
    assert (report.arrived, report.counts[Verdict.STALE], archive.pending()) == (25, 25, 0)


def test_a_request_too_large_is_split_until_one_alone_is_refused(archive):
    bad = archive.waiting(0, 5)[-1].article.id

    def script(number, _action, _size):
        return failure(413, "", "too large") if bad in server.requests[number] else None

    server = Server(script)
    report = run(archive, server)
    assert (report.arrived, report.refused, archive.pending()) == (24, 1, 0)
    assert archive.dead_letters()[0].article_id == bad


def test_a_block_in_the_items_pauses_and_goes_on(archive):
    report = run(archive, Server(lambda number, *_: BLOCKED if number < 3 else None))
    assert (report.arrived, archive.pending(), report.counts[Verdict.PAUSE] > 0) == (25, 0, True)


@pytest.mark.parametrize(
    "error", [failure(401, "security_exception", "who are you"), failure(403, "x", "no")]
)
def test_a_refused_login_stops_at_once_with_a_sentence(archive, error):
    server = Server(lambda *_: error)
    report = run(archive, server, patience=None)
    assert report.stopped
    assert archive.pending() == 25
    assert "401" in report.trouble or "403" in report.trouble
    assert len(server.requests) <= 4


def test_missing_aliases_are_put_once(archive, monkeypatch):
    put = []
    monkeypatch.setattr(deliver, "set_up", put.append)
    server = Server(lambda *_: failure(404, "index_not_found_exception", "no alias") if not put else None)
    assert run(archive, server).arrived == 25
    assert len(put) == 1


def test_aliases_that_may_not_be_put_stop_it(archive, monkeypatch):
    def forbidden(_client):
        raise failure(403, "security_exception", "you may not")

    monkeypatch.setattr(deliver, "set_up", forbidden)
    report = run(archive, Server(lambda *_: failure(404, "index_not_found_exception", "no alias")))
    assert report.stopped
    assert "newscrawl index --setup" in report.trouble


def test_an_answer_for_other_documents_is_no_acknowledgement(archive):
    server = Server()
    honest = server.bulk

    def liar(**request):
        answer = honest(**request)
        answer["items"] = answer["items"][1:]
        return answer

    server.bulk = liar
    assert run(archive, server).stopped
    assert archive.pending() == 25


def test_an_article_that_changes_under_way_is_sent_in_its_new_version(archive):
    (first,) = archive.waiting(0, 1)
    changed = threading.Event()

    def script(_number, action, _size):
        if action["_id"] == first.article.id and not changed.is_set():
            changed.set()
            other = open_store(str(archive.engine.url))
            first.article.body += "\n\nفقرة جديدة"
            first.article.content_hash = "changed"
            keep(other, other.begin_run("ingest", "again", {}), [first.article])
            other.close()

    server = Server(script)
    run(archive, server)
    assert archive.pending() == 0
    assert server.taken[first.article.id] > first.version


def test_following_delivers_what_comes_and_ends_on_hurry(archive):
    server = Server()
    deliverer = Deliverer(archive, server, documents=10)
    thread = threading.Thread(target=deliverer.follow, kwargs={"poll": 0.01})
    thread.start()
    other = open_store(str(archive.engine.url))
    keep(other, other.begin_run("ingest", "more", {}), articles(5, first=100))
    deliverer.hurry.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(server.taken) == 30
    assert other.pending() == 0
    other.close()


def test_in_a_hurry_a_server_in_trouble_is_not_waited_for(archive, monkeypatch):
    monkeypatch.setattr(deliver, "backoff", lambda tries, first=1.0: 60.0)
    deliverer = Deliverer(archive, Server(lambda *_: elastic_transport.ConnectionError("no")), documents=10)
    thread = threading.Thread(target=deliverer.follow)
    thread.start()
    while not deliverer.report.trouble:
        time.sleep(0.01)
    deliverer.hurry.set()
    thread.join(5)
    assert not thread.is_alive()
    assert archive.pending() == 25


def test_a_hung_server_does_not_hold_up_the_end(archive):
    hung = threading.Event()
    deliverer = Deliverer(archive, Server(lambda *_: hung.wait(30) and None), documents=10)
    thread = threading.Thread(target=deliverer.follow)
    thread.start()
    time.sleep(0.2)
    deliverer.deadline = time.monotonic() + 0.2
    deliverer.hurry.set()
    thread.join(5)
    assert not thread.is_alive()
    hung.set()
    assert archive.pending() == 25


def test_a_postponed_row_of_an_earlier_run_is_waited_for(archive):
    from datetime import UTC, datetime, timedelta

    from newscrawl.store import Retry

    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    rows = archive.waiting(0, 5)
    archive.settle_deliveries([], [Retry(one.article.id, one.version, soon, "busy") for one in rows], [])
    report = run(archive, Server(), patience=5)
    assert (report.arrived, archive.pending()) == (25, 0)


def test_the_sentence():
    report = Report()
    report.counts[Verdict.DELIVERED] = 1200
    assert report.sentence(0, 0) == "Elasticsearch: 1,200 delivered, 0 pending."
    report.trouble = "it is down"
    text = report.sentence(7, 2)
    assert text == (
        "Elasticsearch: 1,200 delivered, 7 pending: it is down. `newscrawl index` sends them. "
        "2 refused: see `newscrawl deadletters`."
    )


def test_api_errors_are_told_by_the_body_not_only_the_status():
    assert isinstance(failure(429), ApiError)


def test_an_id_that_no_article_has_is_removed(archive):
    (first,) = archive.waiting(0, 1)
    run(archive, Server())
    with write(archive.engine) as connection:
        outbox.enqueue(connection, "0" * 32, first.version + 100)
        outbox.enqueue(connection, "1" * 32, first.version + 101)
    gone = {"status": 404, "result": "not_found"}
    server = Server(lambda _, action, __: gone if action["_id"] == "0" * 32 else None)
    report = run(archive, server)
    assert server.removed == {"0" * 32, "1" * 32}
    assert (report.arrived, archive.pending(), report.trouble) == (2, 0, "")


@pytest.mark.parametrize("answer", [FULL, BAD])
def test_a_removal_that_is_refused_waits(archive, answer):
    (first,) = archive.waiting(0, 1)
    run(archive, Server())
    with write(archive.engine) as connection:
        outbox.enqueue(connection, "0" * 32, first.version + 100)
    deliverer = Deliverer(archive, Server(lambda number, *_: None if number else answer))
    deliverer.drain(patience=10)
    deliverer.close()
    assert archive.pending() == 0
    assert archive.count_dead_letters() == 0
