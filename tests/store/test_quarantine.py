"""What was under way when a run was killed gets a strike; at two it rests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome, article_id
from newscrawl.store import IngestRow, Proposal, Suspect, runs
from newscrawl.store import schema as tables
from newscrawl.store.database import write
from newscrawl.store.refresh import LISTING_QUARANTINE, QUARANTINE

from .conftest import KEEP, NOW, SITE, arrive, make, rows

ID = article_id(SITE + "/1")
HOUR = timedelta(hours=1)


def begin(archive, *paths):
    run = archive.begin_run("crawl", "sahifa", {})
    run.propose([Proposal(SITE + path, "sahifa", "feed") for path in paths])
    return run


def kill(archive):
    """What the archive knows of a run whose machine was switched off: its heartbeat is old."""
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(heartbeat_at=NOW - HOUR))
        runs.close_killed(connection, NOW)


def visit(archive, id=ID):
    return archive.visits([id]).get(id)


def ends(archive, run):
    return {row.url.removeprefix(SITE): row.outcome for row in archive.candidates(run.id)}


def test_what_was_under_way_at_two_kills_is_quarantined(archive):
    first = begin(archive, "/1", "/2")
    first.ask([arrive("/1").suspect])
    kill(archive)
    assert ends(archive, first) == {"/1": "interrupted", "/2": "interrupted"}
    assert (visit(archive).strikes, visit(archive).due(None, NOW)) == (1, True)
    assert visit(archive, article_id(SITE + "/2")) is None
    second = begin(archive, "/1", "/2")
    second.ask([arrive("/1").suspect, arrive("/2").suspect])
    second.keep(arrive("/2"), make("/2"))
    kill(archive)
    assert ends(archive, second) == {"/1": "quarantined", "/2": "stored"}
    found = visit(archive)
    assert (found.outcome, found.strikes) == (Outcome.QUARANTINED, 2)
    assert f"when run {second.id} was killed, 2 times" in found.reason
    assert archive.run(second.id).tallies[0].counts[Outcome.QUARANTINED] == 1


def test_it_rests_whatever_its_listing_says_and_one_strike_more_is_enough(archive):
    for _ in range(2):
        begin(archive, "/1").ask([arrive("/1").suspect])
        kill(archive)
    newer = NOW + QUARANTINE - HOUR
    assert not visit(archive).due(newer, newer)
    assert not archive.due_visits("sahifa")
    assert visit(archive).due(None, NOW + QUARANTINE)
    third = begin(archive, "/1")
    third.ask([arrive("/1").suspect])
    kill(archive)
    assert visit(archive).strikes == 3
    assert ends(archive, third) == {"/1": "quarantined"}


@pytest.mark.parametrize("read", [True, False])
def test_an_end_of_its_own_clears_it(archive, read):
    begin(archive, "/1").ask([arrive("/1").suspect])
    kill(archive)
    run = begin(archive, "/1")
    run.ask([arrive("/1").suspect])
    run.keep(arrive("/1"), make("/1")) if read else run.reject(arrive("/1"), Outcome.HTTP_ERROR, "HTTP 500")
    assert visit(archive).strikes == 0
    kill(archive)
    assert visit(archive).strikes == 0


def test_a_run_that_ends_in_order_accuses_nobody(archive):
    run = begin(archive, "/1")
    run.ask([arrive("/1").suspect])
    run.finish("stopped", "shutdown", [], KEEP)
    assert not rows(archive, tables.under_way)
    assert visit(archive) is None


def test_a_strike_forgets_nothing_of_a_stored_article(archive):
    run = begin(archive, "/1")
    run.keep(arrive("/1"), make("/1"))
    run.finish("finished", "finished", [], KEEP)
    begin(archive, "/1").ask([arrive("/1").suspect])
    kill(archive)
    found = visit(archive)
    assert (found.outcome, found.strikes) == (Outcome.STORED, 1)
    assert found.due(None, NOW + HOUR)


LISTING = Suspect.of_listing("sahifa", SITE + "/rss")


def test_a_listing_rests_too_and_is_no_page(archive):
    for strikes in (1, 2):
        begin(archive).ask([LISTING])
        kill(archive)
        assert archive.strikes(LISTING.url)[0] == strikes
    rests_until = archive.strikes(LISTING.url)[1]
    assert timedelta() < rests_until - datetime.now(UTC) <= LISTING_QUARANTINE < QUARANTINE
    [(outlet, url, reason)] = archive.quarantined_listings()
    assert (outlet, url) == ("sahifa", LISTING.url)
    assert "2 times in all" in reason
    assert not archive.quarantined()
    assert not archive.due_visits("sahifa")


def test_a_listing_that_answers_is_cleared(archive):
    begin(archive).ask([LISTING])
    kill(archive)
    run = begin(archive)
    run.ask([LISTING])
    run.end_listing(LISTING.url)
    kill(archive)
    assert archive.strikes(LISTING.url) == (0, None)


def test_a_run_that_must_end_accuses_what_is_under_way_and_what_then_ends_well_is_cleared(archive):
    run = begin(archive, "/1", "/2")
    run.ask([arrive("/1").suspect, arrive("/2").suspect])
    run.accuse("too much memory")
    run.keep(arrive("/2"), make("/2"))
    run.finish("stopped", "too much memory", [], KEEP)
    assert ends(archive, run) == {"/1": "interrupted", "/2": "stored"}
    assert [visit(archive, article_id(SITE + path)).strikes for path in ("/1", "/2")] == [1, 0]


def test_a_run_that_ended_in_order_and_could_not_write_so_accuses_nobody(archive):
    run = begin(archive, "/1")
    run.ask([arrive("/1").suspect])
    run.leave()
    kill(archive)
    assert visit(archive) is None
    assert ends(archive, run) == {"/1": "interrupted"}
    assert archive.run(run.id).status == "stopped"


def test_rows_are_stored_and_said_to_have_ended_at_once_or_neither(archive):
    run = begin(archive)
    under_way = [Suspect.of_listing("sahifa", f"rows.jsonl:{number}") for number in (1, 2)]
    run.ask(under_way)
    bad = IngestRow(arrive("/2"), object(), Outcome.STORED)
    with pytest.raises(AttributeError):
        run.keep_rows([bad], answered=under_way[1:])
    assert {row.id for row in rows(archive, tables.under_way)} == {one.id for one in under_way}
    run.keep_rows([IngestRow(arrive("/1"), make("/1"), Outcome.STORED)], answered=under_way[:1])
    assert [row.id for row in rows(archive, tables.under_way)] == [under_way[1].id]
    kill(archive)
    assert list(archive.struck("rows.jsonl:")) == [under_way[1].url]


def test_only_the_runs_under_way_have_a_file_beside_the_store(archive):
    folder = Path(archive.engine.url.database).parent
    first, second = begin(archive), begin(archive)
    assert len(list(folder.glob("*.run-*"))) == 2
    first.finish("finished", "", [], KEEP)
    assert [path.suffix for path in folder.glob("*.run-*")] == [f".run-{second.id}"]
    kill(archive)
    assert not list(folder.glob("*.run-*"))
