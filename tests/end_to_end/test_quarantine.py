"""A page, or a listing, that kills the run whenever it is asked for: two runs die of it, then it rests."""

import os
import signal
from collections import Counter

import pytest

from bench.generated import FIRST, HOST, Site, environment, start
from newscrawl.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.faults]

PAGES, POISON = 12, FIRST + 5


def test_two_runs_die_of_a_page_and_the_third_leaves_it_alone(tmp_path):
    asked, pids, healed = Counter(), [], False

    async def on_page(number):
        asked[number] += 1
        if number == POISON and not healed:
            os.kill(pids[-1], signal.SIGKILL)

    codes = []
    with Site(lambda: PAGES, on_page) as site:
        environ = environment(site, tmp_path) | {"NEWSCRAWL_WORKERS": "1"}
        for more in [()] * 3 + [("-a", f"urls=http://{HOST}/news/{POISON}")]:
            healed = bool(more)
            process = start(environ, tmp_path / "log", *more)
            pids.append(process.pid)
            codes.append(process.wait(timeout=120))
    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 0, 0], (tmp_path / "log").read_text()
    assert asked[POISON] == 3
    archive = open_store(environ["NEWSCRAWL_STORE_URL"], create=False)
    by_name, third, second, _ = archive.newest_runs(4)
    [row] = archive.candidates(second.id, "quarantined")
    assert row.url == f"http://{HOST}/news/{POISON}"
    assert [row.url] == [one.url for one in archive.candidates(third.id, "quarantined")]
    # Nobody who was under way beside it came to harm.
    others = [row.outcome for row in archive.candidates(third.id) if row.outcome in ("stored", "known")]
    assert len(others) == PAGES - 1
    assert [row.outcome for row in archive.candidates(by_name.id)] == ["stored"]
    assert (archive.count(), archive.quarantined()) == (PAGES, [])
    archive.close()


def crawls(tmp_path, poison, feeds, number):
    """Crawls that one path of their site kills: exit codes, how often it was asked for, the archive."""
    asked, pids = Counter(), []

    async def on_path(path):
        asked[path] += 1
        if path == poison:
            os.kill(pids[-1], signal.SIGKILL)

    with Site(lambda: 3, on_path=on_path) as site:
        environ = environment(site, tmp_path, feeds=feeds) | {"NEWSCRAWL_WORKERS": "1"}
        codes = []
        for _ in range(number):
            process = start(environ, tmp_path / "log")
            pids.append(process.pid)
            codes.append(process.wait(timeout=120))
    return codes, asked[poison], open_store(environ["NEWSCRAWL_STORE_URL"], create=False)


def test_two_runs_die_of_a_listing_and_the_third_reads_the_others(tmp_path):
    codes, asked, archive = crawls(tmp_path, "/poison", ("/poison", "/feed"), 3)
    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 0], (tmp_path / "log").read_text()
    assert asked == 2
    [third] = archive.newest_runs(1)
    assert archive.count() == 3
    assert [url for _, url, _ in archive.quarantined_listings()] == [f"http://{HOST}/poison"]
    assert "it rests until" in third.tallies[0].problems[0]
    archive.close()


def test_two_runs_die_of_a_robots_txt_and_the_third_says_so_and_ends(tmp_path):
    codes, asked, archive = crawls(tmp_path, "/robots.txt", ("/feed",), 3)
    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 1], (tmp_path / "log").read_text()
    assert asked == 2
    [third] = archive.newest_runs(1)
    assert [url for _, url, _ in archive.quarantined_listings()] == [f"http://{HOST}/robots.txt"]
    [problem] = third.tallies[0].problems
    assert "robots.txt cannot be read (two runs were killed of it; it rests until" in problem
    archive.close()
