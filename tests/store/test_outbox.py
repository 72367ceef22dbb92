"""The outbox: versions that only rise, rows that go with their own acknowledgement, dead letters."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from newscrawl.store import DeadLetter, Retry, Sent, outbox
from newscrawl.store import schema as tables
from newscrawl.store.database import HEAD, write

from .conftest import NOW, keep, make, migrate, put_together, rows


def waiting(archive):
    return [(one.article.url[-2:], one.version, one.attempts) for one in archive.waiting(0, 100)]


def sent(archive, index=0):
    one = archive.waiting(0, 100)[index]
    return Sent(one.article.id, one.version)


def dead(of, reason="no date"):
    return DeadLetter(of.article_id, of.version, "document_parsing_exception", reason, "{}", NOW)


def test_versions_rise_even_when_the_clock_is_set_back(archive, run, monkeypatch):
    keep(run, make("/1"))
    monkeypatch.setattr(outbox.time, "time_ns", lambda: 1_000_000)
    for number in (2, 3):
        keep(run, make(f"/{number}", body=f"نص {number}"))
    versions = [row.version for row in rows(archive, tables.articles)]
    assert versions == [versions[0], versions[0] + 1, versions[0] + 2]
    assert versions[0] > datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000


def test_rows_come_in_order_of_their_versions_page_by_page(archive, run):
    for number in range(1, 6):
        keep(run, make(f"/{number}", body=f"نص {number}"))
    first = archive.waiting(0, 2)
    second = archive.waiting(first[-1].version, 9)
    assert [one.article.url[-1] for one in first + second] == list("12345")


def test_an_acknowledgement_takes_out_its_own_version_only(archive, run):
    keep(run, make("/1"))
    old = sent(archive)
    keep(archive.begin_run("crawl", "sahifa", {}), make("/1", body="نص جديد"))
    archive.settle_deliveries([old], [], [])
    assert archive.pending() == 1
    archive.settle_deliveries([sent(archive)], [], [])
    assert archive.pending() == 0


def test_a_postponed_row_waits_its_time(archive, run):
    keep(run, make("/1"))
    row = sent(archive)
    later = datetime.now(UTC) + timedelta(minutes=5)
    archive.settle_deliveries([], [Retry(row.article_id, row.version, later, "the queue is full")], [])
    assert archive.waiting(0, 9) == []
    assert archive.next_due() == later
    assert archive.pending() == 1
    [kept] = rows(archive, tables.outbox)
    assert (kept.attempts, kept.error) == (1, "the queue is full")


def test_a_dead_letter_leaves_the_outbox_and_comes_back_on_replay(archive, run):
    keep(run, make("/1"))
    keep(run, make("/2", body="نص آخر"))
    archive.settle_deliveries([], [], [dead(sent(archive))])
    assert waiting(archive) == [("/2", archive.waiting(0, 9)[0].version, 0)]
    [letter] = archive.dead_letters()
    assert (letter.error_type, letter.reason, letter.document) == (
        "document_parsing_exception",
        "no date",
        "{}",
    )
    assert archive.replay(["no such id"]) == 0
    assert archive.replay() == 1
    assert (archive.pending(), archive.count_dead_letters()) == (2, 0)


def test_a_dead_letter_is_outlived_by_a_newer_version_that_arrives(archive, run):
    keep(run, make("/1"))
    archive.settle_deliveries([], [], [dead(sent(archive))])
    keep(archive.begin_run("crawl", "sahifa", {}), make("/1", body="نص جديد"))
    assert archive.count_dead_letters() == 1
    archive.settle_deliveries([sent(archive)], [], [])
    assert archive.count_dead_letters() == 0


def test_a_second_refusal_takes_the_first_ones_place(archive, run):
    keep(run, make("/1"))
    archive.settle_deliveries([], [], [dead(sent(archive), "first")])
    archive.replay()
    archive.settle_deliveries([], [], [dead(sent(archive), "second")])
    assert [letter.reason for letter in archive.dead_letters()] == ["second"]


def test_requeueing_all_keeps_their_versions(archive, run):
    for number in (1, 2):
        keep(run, make(f"/{number}", body=f"نص {number}"))
    before = waiting(archive)
    archive.settle_deliveries([sent(archive)], [], [])
    assert archive.requeue_all() == 2
    assert waiting(archive) == before


def test_an_archive_of_the_first_schema_is_brought_up_to_date(url, archive, run):
    for number in (1, 2):
        keep(run, make(f"/{number}", body=f"نص {number}"))
    migrate(archive.engine, "0001")
    with write(archive.engine) as connection:
        assert "version" not in {c["name"] for c in sa.inspect(connection).get_columns("articles")}
    migrate(archive.engine, HEAD)
    assert [row.version for row in rows(archive, tables.articles)] == [1, 2]
    assert [version for _, version, _ in waiting(archive)] == [1, 2]
    keep(run, make("/3", body="نص 3"))
    assert waiting(archive)[-1][1] > 1_000_000


def test_a_copy_is_removed_where_copies_are_dropped_and_an_original_comes_in(archive, run):
    for number in (1, 2):
        keep(run, make(f"/{number}", body=f"نص {number}"))
    one, two = (row.id for row in rows(archive, tables.articles))
    drop = type(archive)(archive.engine, drop_copies=True)
    for of, copy in ((one, two), (two, one)):
        put_together(archive, of, copy)
        assert {row.article_id for row in drop.waiting(0, 9) if row.article} == {of}
        assert [row.article_id for row in drop.waiting(0, 9)] == [of, copy]
        assert all(row.article for row in archive.waiting(0, 9))
    assert (archive.count_for_elasticsearch(), drop.count_for_elasticsearch(), drop.count()) == (2, 1, 2)
