import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome, article_id
from newscrawl.store import IngestRow, OutletTally, Proposal
from newscrawl.store import schema as tables
from newscrawl.store.candidates import interrupt_pending
from newscrawl.store.database import RunLostError, write
from newscrawl.store.runs import FINISHED, KILLED, RUNNING, STOPPED, YIELDS

from .conftest import KEEP, NOW, SITE, arrive, keep, make, rows


def propose(run, *paths, **more):
    run.propose([Proposal(SITE + path, "sahifa", "feed", **more) for path in paths])


def test_every_candidate_ends_in_exactly_one_outcome(archive, run):
    propose(run, "/known", outcome=Outcome.KNOWN)
    propose(run, "/short", "/open", "/open")
    keep(run, make("/1"))
    run.reject(arrive("/short"), Outcome.TOO_SHORT, "3 words")
    books = run.finish(STOPPED, "shutdown", [OutletTally("sahifa", listings_read=1)], KEEP)
    ended = {row.url.removeprefix(SITE): row.outcome for row in archive.candidates(run.id)}
    assert ended == {"/known": "known", "/short": "too_short", "/open": "interrupted", "/1": "stored"}
    [tally] = books.tallies
    assert tally.counts == {
        Outcome.KNOWN: 1, Outcome.TOO_SHORT: 1, Outcome.INTERRUPTED: 1, Outcome.STORED: 1,
    }  # fmt: skip
    assert (tally.candidates, tally.listings_read) == (4, 1)
    assert (books.status, books.reason) == (STOPPED, "shutdown")
    assert books.ended_at >= books.started_at


def test_settling_twice_is_refused_and_changes_nothing(archive, run):
    keep(run, make("/1"))
    with pytest.raises(RuntimeError, match="counted twice"):
        run.reject(arrive("/1"), Outcome.TOO_SHORT, "")
    with pytest.raises(RuntimeError, match="counted twice"):
        run.keep(arrive("/1"), make("/1", body="نص آخر"))
    [row] = archive.candidates(run.id)
    assert row.outcome == "stored"
    assert rows(archive, tables.revisions) == []
    assert rows(archive, tables.visits)[0].outcome == "stored"


def test_what_was_never_proposed_cannot_end(run):
    with pytest.raises(RuntimeError, match="not an open candidate"):
        run.reject(arrive("/nowhere"), Outcome.TOO_SHORT, "")


def test_one_url_at_two_outlets_is_two_candidates(archive, run):
    run.propose([Proposal(SITE + "/1", outlet, "feed") for outlet in ("sahifa", "other")])
    assert len(archive.candidates(run.id)) == 2


def test_proposing_again_does_not_reopen(archive, run):
    propose(run, "/1", outcome=Outcome.KNOWN)
    propose(run, "/1")
    assert [row.outcome for row in archive.candidates(run.id)] == ["known"]


def test_interrupt_pending_ends_the_open_ones_alone(archive, run):
    propose(run, "/1", "/2")
    propose(run, "/3", outcome=Outcome.ROBOTS)
    with write(archive.engine) as connection:
        assert interrupt_pending(connection, run.id, "why", NOW) == 2
        assert interrupt_pending(connection, run.id, "why", NOW) == 0
    assert len(archive.candidates(run.id, "interrupted")) == 2


def test_counts_of_a_run_under_way_are_live(archive, run):
    propose(run, "/1")
    keep(run, make("/2"))
    books = archive.run(run.id)
    assert books.status == RUNNING
    assert books.tallies[0].counts == {Outcome.STORED: 1}


def alter(archive, **values):
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(**values))


def dead_pid():
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    return dead.pid


@pytest.mark.parametrize("kind", ["crawl", "ingest"])
def test_a_dead_processs_run_is_closed(archive, kind):
    run = archive.begin_run(kind, "sahifa", {})
    propose(run, "/1")
    alter(archive, pid=dead_pid())
    archive.begin_run("crawl", "sahifa", {})
    books = archive.run(run.id)
    assert (books.status, books.reason) == (KILLED, "its process is gone")
    assert books.ended_at is not None
    assert books.tallies[0].counts == {Outcome.INTERRUPTED: 1}


OTHER_PROCESS = {"birth": "another start", "host": "elsewhere"}


@pytest.mark.parametrize("whose", [{}, {"host": "elsewhere"}, OTHER_PROCESS, {"pid": 1, **OTHER_PROCESS}])
def test_a_run_without_a_sign_of_life_is_closed_whatever_its_process(archive, run, whose):
    """Its number may be another's by now, as in every container; its machine may be another one."""
    propose(run, "/1")
    last = NOW - timedelta(minutes=3)
    alter(archive, heartbeat_at=last, **whose)
    archive.begin_run("crawl", "sahifa", {})
    books = archive.run(run.id)
    assert (books.status, books.ended_at) == (KILLED, last)
    assert "no heartbeat since" in books.reason
    assert books.tallies[0].counts == {Outcome.INTERRUPTED: 1}


def test_a_heartbeat_far_in_the_future_is_a_wrong_clocks(archive, run):
    alter(archive, heartbeat_at=NOW + timedelta(days=400))
    archive.begin_run("crawl", "sahifa", {})
    books = archive.run(run.id)
    assert books.status == KILLED
    assert books.ended_at < NOW + timedelta(days=1)


@pytest.mark.parametrize("whose", [{}, {"host": "elsewhere"}, {"host": "elsewhere", "pid": 2**22 + 1}])
@pytest.mark.parametrize("seconds", [0, 60, -60])
def test_a_run_with_a_heartbeat_is_left_alone_on_whatever_machine(archive, run, whose, seconds):
    alter(archive, heartbeat_at=datetime.now(UTC) - timedelta(seconds=seconds), **whose)
    archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).status == RUNNING


def test_a_run_that_beats_stays_and_one_that_was_closed_learns_it(archive, run):
    alter(archive, heartbeat_at=NOW - timedelta(minutes=3))
    assert archive.beat(run.id)
    other = archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).status == RUNNING
    alter(archive, heartbeat_at=NOW - timedelta(minutes=3))
    third = archive.begin_run("crawl", "sahifa", {})
    assert [archive.beat(one.id) for one in (run, other, third)] == [False, False, True]
    assert archive.run(run.id).status == KILLED


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"pid": os.getpid()}, KILLED),  # this process begins no run without a heartbeat
        ({"pid": os.getppid()}, RUNNING),
        ({"pid": os.getppid(), "started_at": NOW - timedelta(days=2)}, KILLED),
        ({"host": "elsewhere"}, RUNNING),
        ({"host": "elsewhere", "started_at": NOW - timedelta(days=2)}, KILLED),
    ],
)
def test_runs_of_a_newscrawl_that_knew_no_heartbeat(archive, run, values, status):
    alter(archive, **{"heartbeat_at": None, "birth": ""} | values)
    archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).status == status


def test_a_killed_run_is_shown_as_such_before_another_closes_it(archive, run):
    propose(run, "/1", "/2")
    keep(run, make("/3"))
    alter(archive, heartbeat_at=NOW - timedelta(hours=3))
    [books] = archive.newest_runs(1)
    assert books.status == KILLED
    assert books.tallies[0].counts == {Outcome.STORED: 1, Outcome.INTERRUPTED: 2}
    assert [one.id for one in archive.runs_not_closed()] == [run.id]
    archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).tallies == books.tallies


def test_a_run_that_was_closed_while_it_stood_still_stores_nothing_any_more(archive, run):
    propose(run, "/1", "/2")
    keep(run, make("/3"))
    alter(archive, heartbeat_at=NOW - timedelta(minutes=3))
    archive.begin_run("crawl", "sahifa", {})
    row = IngestRow(arrive("/9"), make("/9"), Outcome.STORED)
    for store_something in (
        lambda: propose(run, "/4"),
        lambda: run.keep(arrive("/1"), make("/1", body="نص آخر")),
        lambda: run.reject(arrive("/2"), Outcome.TOO_SHORT, ""),
        lambda: run.keep_rows([row]),
        lambda: run.finish(FINISHED, "finished", [], KEEP),
    ):
        with pytest.raises(RunLostError, match="another run has closed it"):
            store_something()
    assert archive.count() == 1
    assert archive.run(run.id).status == KILLED


def test_pruning_forgets_candidates_and_keeps_their_counts(archive, run):
    keep(run, make("/1"))
    before = run.finish(FINISHED, "finished", [], KEEP).tallies
    assert len(archive.candidates(run.id)) == 1
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(ended_at=NOW - timedelta(days=91)))
    archive.begin_run("crawl", "sahifa", {}).finish(FINISHED, "finished", [], KEEP)
    assert archive.candidates(run.id) == []
    assert archive.run(run.id).tallies == before
    assert archive.count() == 1


def test_the_newest_runs_come_first(archive, run):
    later = archive.begin_run("ingest", "corpus.jsonl", {"limit": "5"})
    assert [found.id for found in archive.newest_runs(5)] == [later.id, run.id]
    assert archive.newest_runs(1)[0].arguments == {"limit": "5"}
    assert archive.run(99) is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outlet_is_empty_unless_something_shows_that_it_can_be_read(outcome):
    assert OutletTally("sahifa", {outcome: 2}).empty is (outcome not in YIELDS)


def test_an_unchanged_listing_is_not_empty():
    assert OutletTally("sahifa", listings_read=3).empty
    assert OutletTally("sahifa", {Outcome.STORED: 0}).empty
    assert not OutletTally("sahifa", {Outcome.HTTP_ERROR: 9}, listings_unchanged=1).empty


def test_many_candidates_are_postponed_in_one_transaction_or_none(archive, run):
    before = datetime.now(UTC) - timedelta(days=1)
    keep(run, make("/2"))
    later = archive.begin_run("crawl", "sahifa", {})
    propose(later, "/1", "/2", "/3")
    ends = [(arrive(path, listed_at=before), "it rests") for path in ("/1", "/2")]
    later.ask([arrive("/2").suspect])
    later.postpone(ends)
    assert [row.outcome for row in archive.candidates(later.id)] == ["postponed", "postponed", None]
    ids = [article_id(SITE + path) for path in ("/1", "/2")]
    first, second = map(archive.visits(ids).get, ids)
    assert (first.outcome, first.listed_at, first.streak) == (Outcome.POSTPONED, before, 0)
    assert (second.outcome, second.reason) == (Outcome.STORED, ""), "what is known of it stays"
    assert first.next_visit_at == second.next_visit_at <= datetime.now(UTC)
    assert rows(archive, tables.under_way) == []
    with pytest.raises(RuntimeError, match="counted twice"):
        later.postpone([(arrive("/3"), ""), *ends])
    assert [row.outcome for row in archive.candidates(later.id)][2] is None
