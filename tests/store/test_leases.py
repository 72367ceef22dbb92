"""An outlet's lease: one run at a time holds it, until it ends, is killed, or loses it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome
from newscrawl.store import Proposal
from newscrawl.store import schema as tables
from newscrawl.store.database import RunLostError, write
from newscrawl.store.runs import FINISHED

from .conftest import KEEP, NOW, SITE, arrive, keep, make, rows


@pytest.fixture
def other(archive, run):
    return archive.begin_run("crawl", "news", {})


def alter(archive, table, **values):
    with write(archive.engine) as connection:
        connection.execute(sa.update(table).values(**values))


def test_the_second_run_learns_who_reads_the_outlet(archive, run, other):
    assert run.lease("sahifa") is None
    holder = other.lease("sahifa")
    assert (holder.outlet, holder.run_id, holder.name) == ("sahifa", run.id, "sahifa")
    assert f"run {run.id} (sahifa; host " in str(holder)
    assert "has been reading sahifa since" in str(holder)
    assert other.lease("khabar") is None


def test_a_run_may_take_its_own_lease_again(archive, run, other):
    assert run.lease("sahifa") is None
    assert run.lease("sahifa") is None
    assert keep(run, make("/1")) is Outcome.STORED
    assert other.lease("sahifa").run_id == run.id


def test_a_lease_is_free_when_its_run_ends(archive, run, other):
    run.lease("sahifa")
    run.finish(FINISHED, "finished", [], KEEP)
    assert other.lease("sahifa") is None
    assert [row.number for row in rows(archive, tables.leases)] == [2]


def test_leases_that_are_taken_together_are_taken_all_or_none(archive, run, other):
    assert run.lease("sahifa_example", ["sahifa", "sahifa_en"]) is None
    assert other.lease("sahifa").run_id == run.id
    assert other.lease("alone", ["sahifa_en"]).outlet == "sahifa_en"
    assert archive.begin_run("crawl", "news", {}).lease("alone") is None


def test_heartbeats_renew_the_leases_that_a_run_holds(archive, run, other):
    run.lease("sahifa")
    alter(archive, tables.leases, expires_at=NOW)
    archive.beat(run.id)
    assert other.lease("sahifa").run_id == run.id
    run.finish(FINISHED, "finished", [], KEEP)
    archive.beat(run.id)
    assert other.lease("sahifa") is None


@pytest.mark.parametrize("values", [{"heartbeat_at": NOW - timedelta(minutes=3)}, {"pid": 2**22 + 1}])
def test_the_lease_of_a_killed_run_is_free_at_once(archive, run, other, values):
    run.lease("sahifa")
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).where(tables.runs.c.id == run.id).values(**values))
    assert other.lease("sahifa") is None
    assert archive.run(run.id).status == "killed"


def test_a_run_whose_lease_has_run_out_and_was_taken_stores_nothing_of_that_outlet(archive, run, other):
    """Though nobody has closed the run: the number of the lease tells it."""
    run.lease("sahifa")
    run.propose([Proposal(SITE + path, "sahifa", "feed") for path in ("/1", "/2")])
    keep(run, make("/3"))
    alter(archive, tables.leases, expires_at=NOW - timedelta(seconds=1))
    assert other.lease("sahifa") is None
    for store_something in (
        lambda: run.keep(arrive("/1"), make("/1", body="نص آخر")),
        lambda: run.reject(arrive("/2"), Outcome.TOO_SHORT, ""),
        lambda: run.propose([Proposal(SITE + "/4", "sahifa", "feed")]),
    ):
        with pytest.raises(RunLostError, match=f"its lease has run out, and run {other.id} "):
            store_something()
    assert archive.count() == 1
    assert keep(other, make("/1", body="نص آخر")) is Outcome.STORED


def test_a_lease_that_ran_out_and_that_nobody_took_is_still_ones_own(archive, run):
    run.lease("sahifa")
    alter(archive, tables.leases, expires_at=NOW - timedelta(hours=1))
    assert keep(run, make("/1")) is Outcome.STORED
