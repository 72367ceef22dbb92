import os
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome
from newscrawl.store import OutletTally, Proposal
from newscrawl.store import schema as tables
from newscrawl.store.candidates import interrupt_pending
from newscrawl.store.database import write
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
    assert len(rows(archive, tables.revisions)) == 1
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


def test_a_dead_processs_run_is_buried(archive, run):
    propose(run, "/1")
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(pid=dead.pid))
    archive.begin_run("crawl", "sahifa", {})
    books = archive.run(run.id)
    assert books.status == KILLED
    assert books.ended_at is not None
    assert books.tallies[0].counts == {Outcome.INTERRUPTED: 1}


@pytest.mark.parametrize("values", [{"pid": os.getpid()}, {"host": "elsewhere", "pid": 2**22 + 1}])
def test_a_living_or_a_foreign_run_is_left_alone(archive, run, values):
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(**values))
    archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).status == RUNNING


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
