"""WARC files by the real command: killed, interrupted, and with a page that kills its worker."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.cli.ingest import command
from newscrawl.ingest import captures
from newscrawl.store import open_store
from tests.ingest.web import SITE, html, other, page, response
from tests.warc.records_made import pack

pytestmark = pytest.mark.faults

PAGES = 400


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.warc.gz"
    records = [response(f"{SITE}{n}", html(page(n))) for n in range(PAGES)]
    path.write_bytes(pack([one for record in records for one in (other("request", SITE), record)]))
    return path


def start(file, store):
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "newscrawl"), "ingest", str(file), "--workers", "1"],
        env={**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}", "NEWSCRAWL_TAGGER": "off"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(store):
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection, suppress(sqlite3.Error):
        return connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    return 0


def at_work(process, store, least):
    """Wait until it has stored so many; whether it still works."""
    while process.poll() is None and stored(store) < least:
        time.sleep(0.02)
    return process.poll() is None


def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path, file):
    store, kills, dice = tmp_path / "a.db", 0, random.Random(7)
    open_store(f"sqlite:///{store}").close()
    for least in (1, 100, 250):
        process = start(file, store)
        if at_work(process, store, least):
            time.sleep(dice.uniform(0, 0.3))
            process.kill()
            kills += 1
        process.communicate(timeout=60)
    last = start(file, store)
    out, err = last.communicate(timeout=300)
    assert (last.returncode, kills) == (0, 3), out + err
    archive = open_store(f"sqlite:///{store}", create=False)
    runs = archive.newest_runs(9)
    ends = sum((tally.counts.get("stored", 0) for run in runs for tally in run.tallies), 0)
    total = sum(tally.candidates for tally in runs[0].tallies)
    # A page that went alone because of one kill, and was under way at the next, rests for a day.
    rest = len(archive.candidates(runs[0].id, "quarantined"))
    assert rest <= 2
    assert (archive.count(), ends, total) == (PAGES - rest, PAGES - rest, 2 * PAGES)
    assert [run.status for run in runs] == ["finished", "killed", "killed", "killed"]
    for killed in runs[1:]:  # of what it stored each has its end, and of the others none is counted
        kept = {row.url for row in archive.candidates(killed.id, "stored")}
        assert len(kept) == sum(tally.counts.get("stored", 0) for tally in killed.tallies)
    archive.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(tmp_path, file, number):
    store = tmp_path / "a.db"
    open_store(f"sqlite:///{store}").close()
    process = start(file, store)
    assert at_work(process, store, 1)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, out + err
    assert f"interrupted by {number.name}" in out
    assert "Traceback" not in err
    archive = open_store(f"sqlite:///{store}", create=False)
    [run] = archive.newest_runs(1)
    counts = [tally.counts for tally in run.tallies]
    assert (run.status, archive.count()) == ("stopped", sum(one.get("stored", 0) for one in counts))
    archive.close()


def die_of_page_3(some, *known):
    """In the place of `read_captures`, in a worker."""
    if any("story-3" in capture.url for capture in some):
        os._exit(7)
    return captures.read_captures(some, *known)


def test_a_page_that_kills_its_worker_costs_that_page(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    monkeypatch.setattr("newscrawl.ingest.take_pages.read_captures", die_of_page_3)
    file = tmp_path / "a.warc.gz"
    file.write_bytes(pack([response(f"{SITE}{n}", html(page(n))) for n in range(5)]))
    result = CliRunner().invoke(command, [str(file), "--workers", "1"])
    assert result.exit_code == 0, result.output
    archive = open_store(create=False)
    [bad] = archive.candidates(1, "extract_error")
    assert (archive.count(), bad.reason) == (4, "the worker process died (exit code 7)")
    assert bad.url.startswith("a.warc.gz@")
    assert bad.outlet == "aljazeera"
    archive.close()


def test_a_page_that_was_under_way_at_two_kills_rests(tmp_path, monkeypatch, take_files):
    """The process is killed while the page is under way: next time it goes alone, then it is left out."""
    records = [response(f"{SITE}{n}", html(page(n))) for n in range(20)]
    file = take_files.write("a.warc.gz", pack(records))
    killer = f"a.warc.gz@{len(pack(records[:3]))}"

    class Killed(BaseException):
        """As SIGKILL: nobody puts anything in order."""

    def kill(some, *known):
        if any(capture.place == killer for capture in some):
            raise Killed
        return captures.read_captures(some, *known)

    with monkeypatch.context() as patch:
        patch.setattr("newscrawl.ingest.take_pages.read_captures", kill)
        patch.setattr("newscrawl.store.open_run.OpenRun.finish", lambda *_: 1 / 0)
        patch.setattr("newscrawl.store.open_run.OpenRun.leave", lambda *_: None)
        for _ in range(2):
            with pytest.raises(Killed):
                CliRunner().invoke(command, [str(file)])
            with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
                connection.execute("UPDATE runs SET birth = 'another', pid = 1 WHERE status = 'running'")
                connection.commit()
    assert take_files(file).exit_code == 0
    ends = {place: outcome for place, (outcome, _) in take_files.ends().items()}
    assert ends[killer] == "quarantined"
    archive = take_files.archive()
    assert archive.count() == 19
    archive.close()
