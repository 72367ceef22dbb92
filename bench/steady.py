"""A crawl of thousands of pages: the main process's memory, its workers', and how late its event loop is.

`make bench ARGS=steady`, or `ARGS=steady:2000` for 2,000 pages and not 20,000. A lag is how much later than
it should a timer of 10 ms goes off; of that, `process` is what the process computed meanwhile, in all of its
threads, and `loop` what the loop's own thread did. The rest are other processes, and the machine.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from bench.loopback import OK, Proxy, environment, whole

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ROOT = Path(__file__).resolve().parents[1]
OUTLETS = [f"steady{number}" for number in range(8)]
TICK = 0.01
EVERY = 2000
"""Pages between two looks at the memory."""
_WORDS = "افتتح الوزير صباح اليوم المعرض في القاهرة وقال إن أعمال الفنانين من المحافظات حتى الجمعة".split()
_LINKS = "".join(
    f'<li><a href="/news/{number}">خبر من أخبار الأمس رقم {number}</a></li>' for number in range(60)
)


def texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """Titles and bodies of news without end, no two bodies alike: of the corpus first, then made of words."""
    if corpus.exists():
        seen = set()
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["text"] not in seen:
                    seen.add(row["text"])
                    yield row["title"], row["text"]
    number = 0
    while True:
        number += 1
        words = [
            f"{_WORDS[(number * 7 + place * place) % len(_WORDS)]} {place * number}" for place in range(150)
        ]
        yield f"خبر {number} في المعرض", ". ".join(" ".join(words[at : at + 15]) for at in range(0, 150, 15))


def page(title: str, body: str) -> bytes:
    """A news page around a text."""
    paragraphs = "".join(
        f"<p>{part.strip()}</p>" for part in re.split(r"\n+|(?<=\.)\s", body) if part.strip()
    )
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{title}</title></head><body><nav><ul>"
        f"{_LINKS}</ul></nav><article><h1>{title}</h1><time datetime=2026-11-20T10:00:00Z>20 نوفمبر</time>"
        f"{paragraphs}</article><aside><ul>{_LINKS}</ul></aside></body></html>"
    ).encode()


class Sampler:
    """Extension, loaded by the bench alone: samples the process that crawls; a file then has what it saw."""

    def __init__(self, crawler: Crawler) -> None:
        from scrapy import signals

        self.lags: list[float] = []
        self.process: list[float] = []
        self.loop: list[float] = []
        self.sizes: list[tuple[int, float, float, float]] = []
        self._pages = 0
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self._open, signals.spider_opened)
        crawler.signals.connect(self._count, signals.item_scraped)
        crawler.signals.connect(self._close, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def _open(self) -> None:
        self._began = time.perf_counter()
        self._task = asyncio.get_running_loop().create_task(self._sample())

    def _count(self) -> None:
        self._pages += 1
        if self._pages % EVERY == 0 or self._pages == EVERY // 4:
            workers = [int(one) for one in children(os.getpid())]
            worker = max(map(megabytes, workers), default=0.0)
            self.sizes.append(
                (self._pages, time.perf_counter() - self._began, megabytes(os.getpid()), worker)
            )

    async def _sample(self) -> None:
        while True:
            began, process, loop = time.perf_counter(), time.process_time(), time.thread_time()
            await asyncio.sleep(TICK)
            self.lags.append(max(time.perf_counter() - began - TICK, 0.0))
            self.process.append(min(self.lags[-1], time.process_time() - process))
            self.loop.append(min(self.lags[-1], time.thread_time() - loop))

    def _close(self) -> None:
        assert self._task is not None
        self._task.cancel()
        seen = {name: getattr(self, name) for name in ("lags", "process", "loop", "sizes")}
        seen["processor"] = [time.process_time(), time.thread_time()]
        Path(os.environ["BENCH_STEADY"]).write_text(json.dumps(seen), encoding="utf-8")


def megabytes(process: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(process: int) -> list[str]:
    """The ids of a process's children."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [one for task in tasks for one in Path(task, "children").read_text(encoding="ascii").split()]


def bench(corpus: Path, pages: int = 20_000) -> None:
    """Print memory, lag and speed of a crawl of so many pages."""
    made = list(islice(texts(corpus), pages))
    share = -(-pages // len(OUTLETS))

    async def answer(url: str) -> AsyncIterator[bytes]:
        parts = urlsplit(url)
        outlet, last = OUTLETS.index((parts.hostname or "").partition(".")[0]), parts.path.rsplit("/", 1)[-1]
        if parts.path == "/sitemap.xml":
            numbers = range(outlet * share, min((outlet + 1) * share, pages))
            entries = "".join(
                f"<url><loc>http://{parts.hostname}/news/{10_000 + number}</loc></url>" for number in numbers
            )
            yield whole(OK.replace(b"text/html", b"text/xml"), f"<urlset>{entries}</urlset>".encode())
        elif last.isdigit():
            yield whole(OK, page(*made[int(last) - 10_000]))
        else:
            yield whole(b"HTTP/1.1 404 Not Found\r\n", b"")

    with tempfile.TemporaryDirectory() as folder, Proxy(answer) as proxy:
        outlets = {name: f'sitemaps = ["http://{name}.example/sitemap.xml"]' for name in OUTLETS}
        report = Path(folder, "seen.json")
        environ = environment(proxy, folder, outlets) | {"BENCH_STEADY": str(report)}
        command = [sys.executable, "-c", "from bench.steady import crawl; crawl()"]
        began = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        took = time.perf_counter() - began
        print(done.stdout + done.stderr)
        if report.exists():
            _print(json.loads(report.read_text(encoding="utf-8")), pages, took)


def crawl() -> None:
    """`newscrawl crawl` of our outlets, sampled: what the bench starts as a process of its own."""
    from newscrawl import settings
    from newscrawl.cli import main

    settings.EXTENSIONS["bench.steady.Sampler"] = 1
    main(["crawl", *OUTLETS], prog_name="newscrawl")


def _print(seen: dict[str, list[float]], pages: int, took: float) -> None:
    print(f"## {pages:,} pages of {len(OUTLETS)} outlets in {took:.0f} s = {pages / took:.1f} pages/s")
    print("pages   second   main MB   largest worker MB")
    for done, second, main, worker in seen["sizes"]:  # type: ignore[misc]
        print(f"{done:6,} {second:8.0f} {main:9.0f} {worker:9.0f}")
    process, loop = seen["processor"]
    print(f"main's processor: {process:.0f} s, of that {loop:.0f} s the thread of the event loop")
    for name in ("lags", "process", "loop"):
        values = sorted(value * 1000 for value in seen[name])
        p50, p99, p999 = (values[int(len(values) * share)] for share in (0.5, 0.99, 0.999))
        print(f"{name:7} ms: p50 {p50:.1f}   p99 {p99:.1f}   p99.9 {p999:.1f}   max {values[-1]:.1f}")
