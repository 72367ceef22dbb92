"""A WARC file of pages of real size, ingested: records a second beside a worker's own speed, and the memory.

`make bench ARGS=warc`, or `ARGS=warc:1000` for a file of 1 GB and not 100 MB (unpacked). One worker's own
speed is that of the same work on the same pages in one process, without a file, a store and other processes;
it is taken before and after each ingest, for other programs' work slows both.
"""

from __future__ import annotations

import gzip
import os
import pickle
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.steady import children, megabytes, page, texts
from newscrawl.ingest.captures import Capture
from newscrawl.ingest.take_pages import PAGES
from tests.extraction.pages.furniture import Furniture, css, scripts

SIZE = 82_000
"""Bytes of a page: the median of the real pages in ../shared."""
SITE = "https://www.aljazeera.net/news/2020/5/1/story-"
SAMPLE = 320
"""Pages that the one worker reads."""
LEVEL = 6
_FIRST = datetime(2020, 5, 1, tzinfo=UTC)


def bench(corpus: Path, size: int = 100) -> None:
    """Print records a second and their ratio, for one worker and for as many as there are cores.

    Args:
        corpus: texts of the pages, where it is there.
        size: megabytes of the file, unpacked.
    """
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.warc.gz"
        records = _write(file, corpus, size * 1_000_000)
        packed = file.stat().st_size / 1e6
        print(
            f"## warc: {records:,} pages of {SIZE / 1000:.0f} KB, {size:,} MB, packed {packed:,.0f} MB; "
            f"{cores} cores"
        )
        sample = list(islice(_captures(corpus), SAMPLE))
        for tagger in ("off", "light"):
            for workers in dict.fromkeys((1, cores)):
                before = _alone(sample, tagger)
                run = _ingest(file, Path(folder) / f"{tagger}{workers}.db", tagger, workers, records)
                own = (before + _alone(sample, tagger)) / 2
                print(
                    f"tagger {tagger}, {workers} workers: {run.speed:.1f} records/s; one worker's own speed "
                    f"{own:.1f}/s; ratio {run.speed / own / workers:.2f}\n"
                    f"    processor ms a record in the main process {run.main:.1f}; its memory, MB, at the "
                    f"quarters: {run.memory}; workers had work in {run.busy:.0%} of the looks at them"
                )


# --- the file -------------------------------------------------------------------------------------


def _pages(corpus: Path) -> Iterator[bytes]:
    """Pages without end, around texts of their own."""
    around = [_around(number) for number in range(20)]
    for number, (title, body) in enumerate(texts(corpus)):
        head, foot = around[number % len(around)]
        html = page(f"{title} {number}", body).decode()
        html = html.replace("</head>", f"{head}</head>").replace("</body>", f"{foot}</body>")
        missing = SIZE - len(html.encode())
        html = html.replace("</body>", f"<script>{_noise(number, max(missing - 17, 0))}</script></body>")
        yield html.encode()


def _around(number: int) -> tuple[str, str]:
    furniture = Furniture(f"warc {number}", "bench.example")
    links = "".join(f"<li><a href='/tag/{n}'>{furniture.draw('headlines')}</a></li>" for n in range(60))
    return css(furniture, "l"), scripts(furniture, "l") + f"<footer><ul>{links}</ul></footer>"


def _noise(number: int, size: int) -> str:
    """Script as dense as real ones: numbers and words that pack to a fifth or so."""
    dice = random.Random(number)  # noqa: S311
    words = [
        f"var a{dice.randrange(5000)}=window.b{dice.randrange(900)}({dice.randrange(10**6)});"
        for _ in range(size // 30 + 1)
    ]
    return "".join(words)[:size]


def _captures(corpus: Path) -> Iterator[Capture]:
    for number, html in enumerate(_pages(corpus)):
        yield Capture(f"pages@{number}", _answer(html), _date(number), f"{SITE}{number}")


def _date(number: int) -> datetime:
    return _FIRST + timedelta(seconds=number)


def _answer(html: bytes) -> bytes:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n\r\n"
    return head.encode() + html


def _write(file: Path, corpus: Path, size: int) -> int:
    """Write a file; how many pages it has."""
    written = records = 0
    with file.open("wb") as stream:
        for capture in _captures(corpus):
            lines = [
                "WARC/1.0",
                "WARC-Type: response",
                f"WARC-Target-URI: {capture.url}",
                f"WARC-Date: {capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
                "Content-Type: application/http; msgtype=response",
                f"Content-Length: {len(capture.content)}",
            ]
            record = "\r\n".join([*lines, "", ""]).encode() + capture.content + b"\r\n\r\n"
            stream.write(gzip.compress(record, LEVEL))
            written += len(record)
            records += 1
            if written >= size:
                return records
    raise AssertionError("there are pages without end")


# --- the measuring --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """An ingest, without its start and end: from the first batch stored to the last one.

    Records a second; processor milliseconds a record; megabytes at the quarters of the time; the share of
    looks at a worker in which it had something to do, be it that other programs had the processor.
    """

    speed: float
    main: float
    memory: str
    busy: float


_ALONE = """
import pickle, sys, time
from newscrawl.ingest.captures import read_captures
from newscrawl.steps.tag import find_names_by
from newscrawl.entities.taggers import tagged_text
chunks = pickle.load(sys.stdin.buffer)
def work(chunk):
    found = [one.result for one in read_captures(chunk, 20, 10**7)]
    if sys.argv[1] != "off":
        find_names_by(sys.argv[1], [tagged_text(one) for one in found if hasattr(one, "body")])
work(chunks[0])
began = time.perf_counter()
for chunk in chunks:
    work(chunk)
print(time.perf_counter() - began)
"""


def _alone(sample: Sequence[Capture], tagger: str) -> float:
    """Pages a second of the same work, in a process of its own."""
    chunks = [list(sample[at : at + PAGES]) for at in range(0, len(sample), PAGES)]
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, tagger], input=pickle.dumps(chunks), capture_output=True, check=True
    )
    return len(sample) / float(done.stdout)


def _ingest(file: Path, store: Path, tagger: str, workers: int, records: int) -> Run:
    environment = {**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{store}", "NEWSCRAWL_TAGGER": tagger}
    words = [Path(sys.executable).parent / "newscrawl", "ingest", file, "--workers", str(workers)]
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        seen = list(_watched(process, store))
        assert process.stdout is not None
        out = process.stdout.read().decode()
    assert process.returncode == 0, out
    first, last = seen[0], next(one for one in seen if one.stored == seen[-1].stored)
    stored = last.stored - first.stored
    assert seen[-1].stored >= 0.95 * records, out
    quarters = [seen[(len(seen) - 1) * quarter // 4].megabytes for quarter in range(5)]
    return Run(
        stored / (last.at - first.at),
        (last.processor - first.processor) / stored * 1000,
        " ".join(f"{one:.0f}" for one in quarters),
        statistics.fmean(one.busy for one in seen[:-2] or seen),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """An ingest at a moment: articles stored, and its main process's memory and processor seconds."""

    at: float
    stored: int
    megabytes: float
    processor: float
    busy: float
    """The share of its workers that have something to do."""


def _watched(process: subprocess.Popen[bytes], store: Path) -> Iterator[_Look]:
    """Looks at an ingest, five times a second, from its first article on."""
    ticks = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        try:
            stored = _stored(store)
            fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            if stored:
                used = sum(map(int, fields[11:13])) / ticks
                look = _Look(time.perf_counter(), stored, megabytes(process.pid), used, _busy(process.pid))
                if look.megabytes:  # none has one that ends at this moment
                    yield look
        except (OSError, sqlite3.Error):
            pass
        time.sleep(0.2)


def _busy(process: int) -> float:
    found = []
    for child in children(process):
        folder = Path("/proc", child)
        if b"spawn_main" in folder.joinpath("cmdline").read_bytes():
            state = folder.joinpath("stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
            found.append(state in "RD")
    return statistics.fmean(found) if found else 0.0


def _stored(store: Path) -> int:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        [[number]] = connection.execute("SELECT coalesce(max(number), 0) FROM articles")
    return int(number)
