"""Real memory limits: what the kernel's OOM killer does to a crawl, and what ends one before it does."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bench.generated import FIRST, HOST, ROOT, Site, environment
from newscrawl.store import open_store
from tests.memory_group import MemoryGroup, memory_group

pytestmark = [pytest.mark.slow, pytest.mark.faults]

MEGABYTE = 2**20
PAGES, HOSTILE = 6, FIRST + 2
ATTRIBUTES = "<a b c d e f g h i j k l m n o p>x</a>"


class HostileSite(Site):
    """One of its pages is not a page: what is sent for it is up to `send`."""

    def __init__(self, send) -> None:
        super().__init__(lambda: PAGES)
        self._send = send

    async def _serve(self, reader, writer):
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            if path.endswith(str(HOSTILE)):
                await self._send(writer)
            else:
                status, body = await self._answer(path.partition(HOST)[2])
                await _send(writer, status, body)
        writer.close()


async def _send(writer, status, body):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await writer.drain()


async def costly(writer):
    """A page that is small enough to be read, and takes hundreds of megabytes to read."""
    await _send(writer, "200 OK", ATTRIBUTES.encode() * (4_900_000 // len(ATTRIBUTES)))


async def endless(writer):
    """A page without an end, which fills the main process."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(bytes(4_000_000))
        await writer.drain()
        await asyncio.sleep(0.02)


def crawl(group: MemoryGroup, site: Site, folder: Path, **settings: str) -> int:
    """Crawl in the group; the exit code, negative where a signal ended it."""
    environ = environment(site, folder) | {"NEWSCRAWL_WORKERS": "1"} | settings
    words = [str(Path(sys.executable).parent / "scrapy"), "crawl", "generated"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(group.command(words), cwd=ROOT, env=environ, stdout=log, stderr=log)
        return process.wait(timeout=180)


def archive_in(folder: Path):
    return open_store(f"sqlite:///{folder}/archive.db", create=False)


def test_a_page_whose_worker_is_killed_costs_itself(tmp_path):
    with memory_group() as group, HostileSite(costly) as site:
        group.limit(450 * MEGABYTE)
        code = crawl(group, site, tmp_path, NEWSCRAWL_WORKER_MEMORY_MB="4096", NEWSCRAWL_MEMORY_MB="2048")
        assert group.kills() == 2  # once for each time that the page is given to a worker
    assert code == 0, (tmp_path / "log").read_text()
    archive = archive_in(tmp_path)
    [run] = archive.newest_runs(1)
    [page] = archive.candidates(run.id, "extract_error")
    assert page.url == f"http://{HOST}/news/{HOSTILE}"
    assert "SIGKILL" in page.reason
    assert archive.count() == PAGES - 1
    archive.close()


def test_a_page_that_has_the_kernel_kill_the_run_rests_after_the_second_kill(tmp_path):
    with memory_group() as group, HostileSite(endless) as site:
        group.limit(450 * MEGABYTE)
        huge = {"NEWSCRAWL_MEMORY_MB": "100000", "NEWSCRAWL_MAX_PAGE_BYTES": "2000000000"}
        codes = [crawl(group, site, tmp_path, **huge) for _ in range(3)]
        assert group.kills() >= 2
    assert codes == [-9, -9, 0], (tmp_path / "log").read_text()
    archive = archive_in(tmp_path)
    assert archive.count() == PAGES - 1
    [(_, url, _)] = archive.quarantined()
    assert url == f"http://{HOST}/news/{HOSTILE}"
    archive.close()


def test_the_ceiling_is_below_the_limit_and_ends_the_run_in_order(tmp_path):
    with memory_group() as outer, memory_group(outer) as group, HostileSite(endless) as site:
        outer.limit(1000 * MEGABYTE)
        code = crawl(group, site, tmp_path, NEWSCRAWL_MAX_PAGE_BYTES="2000000000")
        assert (group.kills(), outer.kills()) == (0, 0)
    assert code == 1, (tmp_path / "log").read_text()
    archive = archive_in(tmp_path)
    [run] = archive.newest_runs(1)
    assert run.status == "stopped"
    assert "MB of memory in use (NEWSCRAWL_MEMORY_MB=500)" in run.reason
    assert archive.count() == PAGES - 1
    archive.close()
