"""A crawl of an outlet whose sitemap index names a whole archive: memory, transactions, disk, and lag.

`make bench ARGS=listings` for an index of 200 sitemaps of 50,000 URLs each; `ARGS=listings:50000` for one of
50,000 sitemaps, of which a run reads the newest 50, and `ARGS=listings:200:200` to have all 200 read.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from scrapy import signals

from bench.hostile import ROOT, Proxy

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

URLS = 50_000
"""In one sitemap: as many as the protocol allows."""
_TICK = 0.01
_HOST = "http://archive.example"
_XML = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n"


class Endless(Proxy):
    """Answers as an outlet with an index of `sitemaps`; its pages are none, for only listings count."""

    def __init__(self, sitemaps: int) -> None:
        super().__init__(0)
        self._sitemaps = sitemaps
        self.last_listing = 0.0

    def _answer(self, url: str) -> AsyncIterator[bytes]:
        path = url.removeprefix(_HOST)
        if path == "/index.xml":
            self.requests["index"] += 1
            return self._chunked(_index(self._sitemaps))
        if number := re.fullmatch(r"/map-(\d+)\.xml", path):
            self.requests["sitemap"] += 1
            self.last_listing = time.perf_counter()
            return self._chunked(_sitemap(int(number[1])))
        self.requests["robots.txt" if path == "/robots.txt" else "page"] += 1
        return self._file()

    async def _chunked(self, pieces: Iterator[str]) -> AsyncIterator[bytes]:
        yield _XML
        for piece in pieces:
            yield b"%x\r\n%s\r\n" % (len(piece), piece.encode())
            await asyncio.sleep(0)
        yield b"0\r\n\r\n"

    async def _file(self) -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 0\r\n\r\n"


def _index(sitemaps: int) -> Iterator[str]:
    yield "<sitemapindex>"
    for number in range(sitemaps):
        yield f"<sitemap><loc>{_HOST}/map-{number}.xml</loc><lastmod>{_day(number)}</lastmod></sitemap>"
    yield "</sitemapindex>"


def _sitemap(number: int) -> Iterator[str]:
    """Every tenth URL stands in the next sitemap too."""
    yield "<urlset>"
    day = _day(number)
    for start in range(0, URLS, 500):
        yield "".join(
            f"<url><loc>{_HOST}/news/{_story(number, place)}/a-headline-of-usual-length</loc>"
            f"<lastmod>{day}T{place % 24:02}:{place % 60:02}:00Z</lastmod></url>"
            for place in range(start, start + 500)
        )
    yield "</urlset>"


def _story(number: int, place: int) -> int:
    return (number + 1) * URLS + place + 1 if place % 10 == 0 else number * URLS + place


def _day(number: int) -> str:
    """Days go back from the first sitemap, and start again after thirty years."""
    back = number % 10_000
    return f"{2025 - back // 336:04}-{12 - back % 336 // 28:02}-{28 - back % 28:02}"


class Measuring:
    """Scrapy add-on and extension: the event loop's lag, the longest write, and the process's peak memory."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Scrapy's way to let an add-on in."""
        settings["EXTENSIONS"]["bench.listings.Measuring"] = 5

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        self = cls()
        crawler.signals.connect(self._start, signals.spider_opened)
        crawler.signals.connect(self._stop, signals.spider_closed)
        return self

    def _start(self) -> None:
        self._lags: list[float] = []
        self._longest = 0.0
        self._task = asyncio.get_running_loop().create_task(self._tick())
        sa.event.listen(sa.Engine, "begin", self._begun)
        sa.event.listen(sa.Engine, "commit", self._committed)

    def _begun(self, connection: sa.Connection) -> None:
        connection.info["begun"] = time.perf_counter()

    def _committed(self, connection: sa.Connection) -> None:
        self._longest = max(self._longest, time.perf_counter() - connection.info["begun"])

    async def _tick(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_TICK)
            self._lags.append(time.perf_counter() - began - _TICK)

    def _stop(self) -> None:
        self._task.cancel()
        lags = sorted(self._lags)
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
        measured = {
            "peak_mb": peak, "longest_write_s": self._longest,
            "lag_p99_ms": lags[len(lags) * 99 // 100] * 1000, "lag_max_ms": lags[-1] * 1000,
        }  # fmt: skip
        Path(os.environ["BENCH_MEASURED"]).write_text(json.dumps(measured), encoding="ascii")


def _outlet() -> str:
    return (
        f'id = "archive"\nname = "archive"\nname_en = "archive"\ndomain = "archive.example"\n'
        f'homepage = "{_HOST}/"\ncountry = "EG"\ntimezone = "Africa/Cairo"\nkind = "newspaper"\n'
        f'sitemaps = ["{_HOST}/index.xml"]\nconfidence = "medium"\n'
    )


def bench(sitemaps: int = 200, read: int = 50) -> None:
    """Crawl twice, and print what it took; the second time all that is fetched is known."""
    with tempfile.TemporaryDirectory() as folder, Endless(sitemaps) as proxy:
        outlets, measured = Path(folder, "outlets"), Path(folder, "measured.json")
        outlets.mkdir()
        (outlets / "archive.toml").write_text(_outlet(), encoding="utf-8")
        environ = {
            **os.environ, "http_proxy": f"http://127.0.0.1:{proxy.port}", "no_proxy": "",
            "NEWSCRAWL_OUTLETS_DIR": str(outlets), "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/a.db",
            "NEWSCRAWL_DOWNLOAD_DELAY": "0",
            "NEWSCRAWL_MAX_SITEMAPS": str(read),
            "NEWSCRAWL_MAX_CANDIDATES": "1000", "NEWSCRAWL_TAGGER": "off", "PYTHONPATH": str(ROOT),
            "BENCH_MEASURED": str(measured),
        }  # fmt: skip
        print(f"## an index of {sitemaps:,} sitemaps of {URLS:,} URLs, of which {read} are read")
        for which in ("first", "second"):
            proxy.requests.clear()
            began = time.perf_counter()
            printed = _crawl(environ)
            took, listed = time.perf_counter() - began, proxy.last_listing - began
            print(f"{which} run: {took:.0f} s, the last listing asked for after {listed:.0f} s")
            _print_measured(Path(folder, "a.db"), measured)
            print("requests: " + ", ".join(f"{name} {count:,}" for name, count in proxy.requests.items()))
            print(printed)


def _crawl(environ: dict[str, str]) -> str:
    scrapy = str(Path(sys.executable).parent / "scrapy")
    command = [scrapy, "crawl", "archive", "-s", 'ADDONS={"bench.listings.Measuring": 1}']
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr[-2000:]


def _print_measured(database: Path, measured: Path) -> None:
    from newscrawl.store import open_store

    archive = open_store(f"sqlite:///{database}", create=False)
    [run] = archive.newest_runs(1)
    rows = len(archive.candidates(run.id))
    archive.close()
    figures: dict[str, Any] = {}
    with suppress(OSError):  # the run was killed
        figures = json.loads(measured.read_text(encoding="ascii"))
    print(", ".join(f"{name} {value:.2f}" for name, value in figures.items()))
    urls = sum(tally.candidates for tally in run.tallies)
    print(f"{urls:,} URLs counted, {rows:,} rows; database {database.stat().st_size / 1e6:.1f} MB")
