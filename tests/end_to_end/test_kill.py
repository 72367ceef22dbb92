"""Killed at any moment, then run again: the same archive as an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from newscrawl.store import articles, open_store
from tests.end_to_end.crawling import crawl, start
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.faults]


def _archive(store: Path) -> dict[str, tuple[str, str, list[str]]]:
    """By address: title, text, and why each text is there that it had.

    What is killed after it asked for an article, and before it stored it, may read the article's print page
    first: the newsroom holds that back only until the article was asked for. Its own page then is the newer,
    and no edit: that step is left out.
    """
    archive = open_store(f"sqlite:///{store}", create=False)
    with archive.engine.connect() as connection:
        every = list(articles.read_all(connection))
    causes = {one.id: [text.cause for text in archive.history(one.id)] for one in every}
    archive.close()
    return {
        one.canonical_url: (one.title, one.content_hash, [why for why in causes[one.id] if why != "page"])
        for one in every
    }


def test_sigkill_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    arguments = ("news", "-a", "outlets=almarfa,majma")
    with Newsroom() as room:
        assert crawl(room, tmp_path / "whole.db", *arguments).returncode == 0
    seconds = random.Random(20261124)
    with Newsroom() as room:
        broken = tmp_path / "broken.db"
        for _ in range(3):
            process = start(room, broken, *arguments)
            _wait_for_a_page(room)
            time.sleep(seconds.uniform(0, 2))
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        done = crawl(room, broken, *arguments)
        assert done.returncode == 0, done.stderr
        resting = _resting(broken)
        if resting:  # harmless pages, under way when two of the runs were killed
            done = crawl(room, broken, *arguments, "-a", f"urls={' '.join(resting)}")
            assert done.returncode == 0, done.stderr
    assert _archive(broken) == _archive(tmp_path / "whole.db")
    archive = open_store(f"sqlite:///{broken}", create=False)
    runs = archive.newest_runs(10)
    assert all(run.status != "running" for run in runs)
    assert all(row.outcome for run in runs for row in archive.candidates(run.id))
    archive.close()


def _wait_for_a_page(room: Newsroom) -> None:
    """Until a page is asked for that was not: what is killed before reads listings, which rest alike."""
    before = len(_pages(room))
    deadline = time.monotonic() + 20
    while len(_pages(room)) == before and time.monotonic() < deadline:
        time.sleep(0.05)


def _pages(room: Newsroom) -> list[str]:
    return [request.url for request in room.log() if "/2026/" in request.url]


def _resting(store: Path) -> list[str]:
    archive = open_store(f"sqlite:///{store}", create=False)
    urls = [url for _, url, _ in archive.quarantined()]
    archive.close()
    return urls


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_sigint_and_sigterm_end_cleanly_with_the_table(tmp_path: Path, number: signal.Signals) -> None:
    with Newsroom(slow_seconds=6) as room:
        process = start(room, tmp_path / "archive.db", "sahel")
        deadline = time.monotonic() + 20
        while not any("/news/" in request.url for request in room.log()) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=60)
    assert "The run was stopped" in out, err
    assert "sahel" in out
    archive = open_store(f"sqlite:///{tmp_path / 'archive.db'}", create=False)
    (run,) = archive.newest_runs(1)
    archive.close()
    assert run.status == "stopped"
    assert sum(tally.candidates for tally in run.tallies) > 0


def test_an_archive_deleted_during_a_crawl_ends_it_and_is_no_success(tmp_path: Path) -> None:
    store = tmp_path / "archive.db"
    with Newsroom(slow_seconds=2) as room:
        process = start(room, store, "sahel")
        deadline = time.monotonic() + 20
        while not any("/news/" in request.url for request in room.log()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for path in tmp_path.glob("archive.db*"):
            path.unlink()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "deleted or replaced during the run" in err
    assert "Traceback" not in err, err
    assert "new articles" not in out
