"""A crawl that makes no progress ends in order, with the reason and exit code 1."""

import asyncio
import os
import signal

import pytest

from bench.generated import FIRST, Site, environment, start, workers_of
from newscrawl.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.faults]

PAGES, LAST = 6, FIRST + 5


def ended(tmp_path, on_page, **settings):
    """Crawl with settings; returns the exit code, the run, and what was printed."""
    pids = []
    with Site(lambda: PAGES, lambda number: on_page(number, pids)) as site:
        environ = environment(site, tmp_path) | {"NEWSCRAWL_WORKERS": "1"} | settings
        process = start(environ, tmp_path / "log")
        pids.append(process.pid)
        code = process.wait(timeout=120)
    archive = open_store(environ["NEWSCRAWL_STORE_URL"], create=False)
    [run] = archive.newest_runs(1)
    archive.close()
    return code, run, (tmp_path / "log").read_text(encoding="utf-8")


async def never(number, _):
    if number == LAST:
        await asyncio.Event().wait()


async def stop_the_worker(number, pids):
    if number == LAST:
        while not workers_of(pids[0]):
            await asyncio.sleep(0.1)
        for pid in workers_of(pids[0]):
            os.kill(pid, signal.SIGSTOP)


@pytest.mark.parametrize("on_page", [never, stop_the_worker])
def test_a_server_that_never_answers_and_a_worker_that_never_does(tmp_path, on_page):
    code, run, printed = ended(
        tmp_path,
        on_page,
        NEWSCRAWL_STALL_TIMEOUT="20",
        NEWSCRAWL_DOWNLOAD_TIMEOUT="3600",
        NEWSCRAWL_PAGE_TIMEOUT="3600",
    )
    assert code == 1, printed
    assert run.status == "stopped"
    assert "nothing was answered, read or stored for 20 s" in run.reason
    counts = {outcome.value: number for outcome, number in run.tallies[0].counts.items()}
    assert sum(counts.values()) == PAGES
    assert counts["interrupted"] >= 1
    assert "Traceback" not in printed


async def close_the_terminal(number, pids):
    if number == LAST:
        os.kill(pids[0], signal.SIGHUP)
        await asyncio.sleep(1)


@pytest.mark.usefixtures("heeds_hang_up")
def test_a_closed_terminal_ends_the_crawl_in_order(tmp_path):
    code, run, printed = ended(tmp_path, close_the_terminal)
    assert code >= 0, printed
    assert (run.status, run.reason) == ("stopped", "shutdown")
