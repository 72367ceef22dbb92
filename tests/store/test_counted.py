"""Candidates that are only counted: they sum with those that have rows, live, ended, killed and pruned."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newscrawl.article import Outcome
from newscrawl.store import OutletTally, Proposal, open_run, open_store
from newscrawl.store import schema as tables
from newscrawl.store.database import RunLostError, write
from newscrawl.store.runs import FINISHED, KILLED

from .conftest import KEEP, NOW, SITE, keep, make, rows


def known(*paths, outlet="sahifa"):
    return [Proposal(SITE + path, outlet, "map", Outcome.KNOWN, "stored before") for path in paths]


def alter(archive, **values):
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(**values))


def test_counted_ones_sum_with_rows_while_the_run_is_under_way_and_after(archive, run):
    run.propose(known("/1", "/2"), {"sahifa": {Outcome.KNOWN: 40, Outcome.OVER_LIMIT: 7}})
    run.propose([], {"sahifa": {Outcome.KNOWN: 5}, "other": {Outcome.OFF_SITE: 3}})
    keep(run, make("/3"))
    expected = {
        "other": {Outcome.OFF_SITE: 3},
        "sahifa": {Outcome.STORED: 1, Outcome.KNOWN: 47, Outcome.OVER_LIMIT: 7},
    }
    live = archive.run(run.id)
    assert {tally.outlet: tally.counts for tally in live.tallies} == expected
    ended = run.finish(FINISHED, "finished", [OutletTally("sahifa", listings_read=1)], KEEP)
    assert {tally.outlet: tally.counts for tally in ended.tallies} == expected
    assert sum(tally.candidates for tally in ended.tallies) == 58
    assert len(archive.candidates(run.id)) == 3
    assert archive.only_counted(run.id, "known") == 45
    assert archive.only_counted(run.id, "stored") == 0


def test_those_of_a_killed_run_are_not_lost_with_it(archive, run):
    run.propose([Proposal(SITE + "/open", "sahifa", "map")], {"sahifa": {Outcome.KNOWN: 9}})
    alter(archive, heartbeat_at=NOW - timedelta(hours=1))
    counts = {Outcome.KNOWN: 9, Outcome.INTERRUPTED: 1}
    assert archive.run(run.id).tallies[0].counts == counts
    archive.begin_run("crawl", "sahifa", {})
    books = archive.run(run.id)
    assert (books.status, books.tallies[0].counts) == (KILLED, counts)


def test_pruning_forgets_them_and_keeps_the_sums(archive, run):
    run.propose(known("/1"), {"sahifa": {Outcome.KNOWN: 9}})
    before = run.finish(FINISHED, "finished", [], KEEP).tallies
    alter(archive, ended_at=NOW - timedelta(days=91))
    archive.begin_run("crawl", "sahifa", {}).finish(FINISHED, "finished", [], KEEP)
    assert rows(archive, tables.run_counted) == []
    assert archive.run(run.id).tallies == before
    assert before[0].counts == {Outcome.KNOWN: 10}


def test_many_are_entered_in_several_transactions_each_of_which_is_fenced(archive, run, monkeypatch):
    monkeypatch.setattr(open_run, "ROWS", 10)
    begun = []
    sa.event.listen(archive.engine, "begin", begun.append)
    run.propose(known(*(f"/{number}" for number in range(25))))
    assert len(begun) == 3
    assert archive.run(run.id).tallies[0].counts == {Outcome.KNOWN: 25}

    run.lease("sahifa")
    proposals = iter(known(*(f"/new/{number}" for number in range(25))))

    def overtaken():
        for number, proposal in enumerate(proposals):
            if number == 10:
                alter(archive, heartbeat_at=NOW - timedelta(hours=1))
                archive.begin_run("crawl", "sahifa", {}).lease("sahifa")
            yield proposal

    with pytest.raises(RunLostError):
        run.propose(overtaken(), {"sahifa": {Outcome.KNOWN: 9}})
    assert archive.run(run.id).tallies[0].counts == {Outcome.KNOWN: 35}


def test_the_runs_of_an_older_archive_are_as_they_were(url, archive, run):
    run.propose(known("/1", "/2"))
    before = run.finish(FINISHED, "finished", [], KEEP).tallies
    candidates = archive.candidates(run.id)
    config = Config()
    config.set_main_option("script_location", "newscrawl:store/migrations")
    with write(archive.engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
    archive.close()

    opened = open_store(url)
    assert opened.run(run.id).tallies == before
    assert opened.candidates(run.id) == candidates
    assert opened.only_counted(run.id, "known") == 0
    later = opened.begin_run("crawl", "sahifa", {})
    later.propose(known("/1"), {"sahifa": {Outcome.KNOWN: 1}})
    assert opened.run(later.id).tallies[0].counts == {Outcome.KNOWN: 2}
    opened.close()
