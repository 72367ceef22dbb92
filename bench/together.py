"""Two crawls of the same outlets at the same time: how often each page is asked for, and who is left to whom.

`make bench ARGS=together`, or `ARGS=together:20` for 20 pages an outlet instead of 150.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.generated import FIRST, page
from bench.loopback import OK, Proxy, environment, whole

ROOT = Path(__file__).resolve().parents[1]
OUTLETS = ("first", "second", "third", "fourth")
CRAWLS = 2


@dataclass
class Figures:
    """What two crawls did."""

    pages: int
    asked: Counter[str] = field(default_factory=Counter)
    """How often each URL was asked for."""
    codes: list[int] = field(default_factory=list)
    skipped: list[tuple[int, str, str]] = field(default_factory=list)
    """Run, outlet, and to whom it was left."""
    read: list[tuple[int, str, int]] = field(default_factory=list)
    """Run, outlet, and how many of its articles it stored."""
    stored: int = 0
    seconds: float = 0.0

    @property
    def per_page(self) -> Counter[int]:
        """How many pages were asked for how often."""
        urls = (
            f"http://{outlet}.example/news/{FIRST + number}"
            for outlet in OUTLETS
            for number in range(self.pages)
        )
        return Counter(self.asked[url] for url in urls)


def measure(pages: int) -> Figures:
    """Crawl four outlets of so many pages each, twice at once."""
    figures = Figures(pages)

    async def answer(url: str) -> AsyncIterator[bytes]:
        figures.asked[url] += 1
        parts = urlsplit(url)
        number = parts.path.rpartition("/")[2]
        if parts.path == "/feed":
            yield whole(OK, _feed(parts.netloc, pages).encode())
        elif number.isdigit():
            place = OUTLETS.index(parts.netloc.partition(".")[0])
            yield whole(OK, page(int(number) + 100_000 * place).encode())
        else:
            yield whole(b"HTTP/1.1 404 Not Found\r\n", b"no")

    with tempfile.TemporaryDirectory() as folder, Proxy(answer) as proxy:
        feeds = {name: f'feeds = ["http://{name}.example/feed"]' for name in OUTLETS}
        environ = environment(proxy, folder, feeds) | {"NEWSCRAWL_TAGGER": "off", "NEWSCRAWL_WORKERS": "1"}
        words = [
            str(Path(sys.executable).parent / "scrapy"),
            "crawl",
            "news",
            "-a",
            f"outlets={','.join(OUTLETS)}",
        ]
        began = time.perf_counter()
        with Path(folder, "log").open("ab") as log:
            crawls = [
                subprocess.Popen(words, cwd=ROOT, env=environ, stdout=log, stderr=log) for _ in range(CRAWLS)
            ]
            figures.codes = [crawl.wait() for crawl in crawls]
        figures.seconds = time.perf_counter() - began
        _count(environ["NEWSCRAWL_STORE_URL"], figures)
    return figures


def _feed(host: str, pages: int) -> str:
    items = "".join(
        f"<item><title>خبر</title><link>http://{host}/news/{FIRST + number}</link></item>"
        for number in range(pages)
    )
    return f"<rss><channel><title>x</title>{items}</channel></rss>"


def _count(store: str, figures: Figures) -> None:
    from newscrawl.article import Outcome
    from newscrawl.store import open_store

    archive = open_store(store, create=False)
    figures.stored = archive.count()
    for run in reversed(archive.newest_runs(CRAWLS)):
        for tally in run.tallies:
            if tally.left_to:
                figures.skipped.append((run.id, tally.outlet, tally.left_to))
            else:
                figures.read.append((run.id, tally.outlet, tally.counts.get(Outcome.STORED, 0)))
    archive.close()


def bench(pages: int = 150) -> None:
    """Print what two crawls of four outlets at once asked for, and whom they left alone."""
    found = measure(pages)
    whole_number = pages * len(OUTLETS)
    print(
        f"## {CRAWLS} crawls of {len(OUTLETS)} outlets at once, {whole_number:,} pages, {found.seconds:.0f} s"
    )
    print(f"exit codes        {', '.join(map(str, found.codes))}")
    for times, number in sorted(found.per_page.items()):
        print(f"asked for {times} times {number:,} pages")
    print(f"articles stored   {found.stored:,}")
    for run, outlet, number in found.read:
        print(f"run {run} read {outlet}: {number:,} stored")
    for run, outlet, holder in found.skipped:
        print(f"run {run} left {outlet} alone, for {holder.partition(' (')[0]}")
