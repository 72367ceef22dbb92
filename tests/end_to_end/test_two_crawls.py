"""Two crawls of one outlet at once: each page is fetched once, and a killed crawl is in nobody's way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bench import together
from newscrawl.store import open_store
from tests.end_to_end.crawling import crawl, start
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.faults]


def _reading(room: Newsroom, process: subprocess.Popen[str]) -> None:
    """Wait until a crawl asks for pages."""
    deadline = time.monotonic() + 60
    while not any("/news/" in request.url for request in room.log()) and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.05)


def _pause(process: subprocess.Popen[str], store: Path) -> None:
    """Stop a crawl's process at a moment when it is not writing to its archive."""
    while True:
        os.kill(process.pid, signal.SIGSTOP)
        try:
            with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError:
            os.kill(process.pid, signal.SIGCONT)
            time.sleep(0.05)


def test_the_second_crawl_leaves_the_outlet_to_the_first(tmp_path: Path) -> None:
    store = tmp_path / "archive.db"
    with Newsroom(slow_seconds=1) as room:
        # One of its pages fails once: without a retry no page is asked for twice in one crawl.
        settings = ("-s", "NEWSCRAWL_DOWNLOAD_TIMEOUT=300", "-s", "NEWSCRAWL_RETRIES=0")
        first = start(room, store, "sahel", *settings)
        _reading(room, first)
        _pause(first, store)  # or it may have ended before the others begin
        second = crawl(room, store, "sahel")
        site = crawl(room, store, "site", "-a", "url=http://www.sahel-agency.example/")
        os.kill(first.pid, signal.SIGCONT)
        out, err = first.communicate(timeout=180)
        times = Counter(request.url for request in room.log() if "/news/" in request.url)
    assert first.returncode == 0, err
    assert "new articles" in out
    for left in (second, site):
        assert left.returncode == 0, left.stderr
        assert "left alone, for run 1 (sahel; host " in left.stdout
        assert "0 new articles" in left.stdout
    assert set(times.values()) == {1}


def test_two_crawls_that_begin_together_share_the_outlets() -> None:
    figures = together.measure(pages=6)
    assert figures.codes == [0, 0]
    assert figures.per_page == {1: 6 * len(together.OUTLETS)}
    assert figures.stored == 6 * len(together.OUTLETS)
    assert len(figures.read) + len(figures.skipped) == 2 * len(together.OUTLETS)


def test_after_a_kill_the_next_crawl_gets_the_lease_at_once(tmp_path: Path) -> None:
    store = tmp_path / "archive.db"
    with Newsroom(slow_seconds=5) as room:
        killed = start(room, store, "sahel")
        _reading(room, killed)
        os.killpg(killed.pid, signal.SIGKILL)
        done = crawl(room, store, "sahel")  # though nobody has waited for the killed process yet
        killed.communicate()
    assert done.returncode == 0, done.stderr
    assert "left alone" not in done.stdout
    archive = open_store(f"sqlite:///{store}", create=False)
    assert [run.status for run in archive.newest_runs(5)] == ["finished", "killed"]
    assert archive.count() > 10
    archive.close()
