"""A page that fills the main process's memory ends the crawl in order, twice; then it rests."""

import asyncio
from contextlib import suppress

import pytest

from bench.generated import FIRST, HOST, Site, environment, start
from newscrawl.store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.faults]

PAGES, ENDLESS = 3, FIRST + 1


class EndlessSite(Site):
    """One of its pages has no end."""

    async def _serve(self, reader, writer):
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            if path.endswith(str(ENDLESS)):
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                while True:
                    writer.write(bytes(4_000_000))
                    await writer.drain()
                    await asyncio.sleep(0.1)
            status, body = await self._answer(path.partition(HOST)[2])
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        writer.close()


def test_the_crawl_ends_in_order_and_the_page_rests(tmp_path):
    with EndlessSite(lambda: PAGES) as site:
        environ = environment(site, tmp_path) | {
            "NEWSCRAWL_WORKERS": "1",
            "NEWSCRAWL_MEMORY_MB": "256",
            "NEWSCRAWL_MAX_PAGE_BYTES": "2000000000",
            "NEWSCRAWL_DOWNLOAD_TIMEOUT": "600",
        }
        codes = [start(environ, tmp_path / "log").wait(timeout=120) for _ in range(2)]
    printed = (tmp_path / "log").read_text(encoding="utf-8")
    assert codes == [1, 1], printed
    archive = open_store(environ["NEWSCRAWL_STORE_URL"], create=False)
    for run in archive.newest_runs(2):
        assert run.status == "stopped"
        assert "MB of memory in use (NEWSCRAWL_MEMORY_MB=256)" in run.reason
    [(_, url, reason)] = archive.quarantined()
    assert url == f"http://{HOST}/news/{ENDLESS}"
    assert "memory" in reason
    assert archive.count() == PAGES - 1
    archive.close()
    assert "Traceback" not in printed
