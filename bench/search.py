"""Search: the corpus ingested, and what a search in the embedded index takes.

`make bench ARGS=search`, or `ARGS=search:111000` for an archive of so many rows, of which 100,000 are stored
(the others are too short, or copies). What the corpus lacks to the number is made of it: an article's title
and its paragraphs, every second one in the words of another article of the same section, under an address and
a day of its own. Words are as frequent as in real news, and stand as near to each other; stories come back
several times. Names are not looked for, which would take most of the time.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from bench.evaluate.search.needs import read_needs
from bench.queries import QUERIES
from newscrawl.search import EmbeddedIndex, SearchIndex
from newscrawl.store import open_store

PROGRAMS = Path(sys.executable).parent
FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
"""Of the articles made: the corpus is of 2018."""

Row = dict[str, Any]


def bench(corpus: Path, rows: int = 0) -> None:
    """Ingest and search, in a folder that goes with it; `rows`: so many, 0: those of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        file = grown(corpus, Path(folder, "rows.jsonl.gz"), rows) if rows else corpus
        path = Path(folder, "archive.db")
        ingest(file, path)
        searches(path)


def grown(corpus: Path, file: Path, number: int) -> Path:
    """A file of so many rows: the corpus' own, and as many made of them as are missing."""
    with gzip.open(corpus) as stream:
        rows = [json.loads(line) for line in stream]
    with gzip.open(file, "wt", compresslevel=1, encoding="utf-8") as out:
        for row in chain(rows, made(rows, number - len(rows))):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


def made(rows: Sequence[Row], number: int) -> Iterator[Row]:
    """So many articles, each of two of one section."""
    chance = random.Random(15)  # noqa: S311
    sections: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        sections[row["src"], row["cat"]].append(row)
    for count in range(number):
        row = rows[count % len(rows)]
        other = chance.choice(sections[row["src"], row["cat"]])
        host, _, path = row["url"].partition("://")[2].partition("/")
        day = FIRST_DAY + timedelta(minutes=5 * count)
        yield {
            **row,
            "url": f"http://{host}/made/{count}/{path}",
            "time": day.isoformat(),
            "text": "\n".join(_mixed(row["text"].split("\n"), other["text"].split("\n"))),
        }


def _mixed(own: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """Its own paragraphs, every second one of them in the other's words, as long as those last."""
    pairs = zip_longest(own, other[: len(own)])
    return (second if place % 2 and second else first for place, (first, second) in enumerate(pairs))


def ingest(file: Path, path: Path) -> None:
    """Rows a second of `newscrawl ingest`, the process's memory and the archive's size."""
    with gzip.open(file) as stream:
        rows = sum(1 for _ in stream)
    environment = {**os.environ, "NEWSCRAWL_STORE_URL": f"sqlite:///{path}", "NEWSCRAWL_TAGGER": "off"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAMS / "newscrawl", "ingest", str(file)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    print(out)
    print(f"## ingest: {rows:,} rows in {took:.0f} s = {rows / took:.0f} rows/s, exit {status}")
    print(f"peak memory of the process: {usage.ru_maxrss / 1024:.0f} MB")
    print(f"archive: {path.stat().st_size / 1e6:.0f} MB")


def searches(path: Path) -> None:
    """Milliseconds of searches, snippets and totals included, process start aside."""
    archive = open_store(f"sqlite:///{path}")
    index = EmbeddedIndex(archive.engine)
    index.search(QUERIES[0])  # tables of words are read with the first search
    print(f"## search in {archive.count():,} articles, ms, each query asked once")
    _times(index, "queries of readers", QUERIES)
    _times(index, "needs of analysts", [need.query for need in read_needs()])
    archive.close()


def _times(index: SearchIndex, name: str, queries: Iterable[str]) -> None:
    """The clock's milliseconds, and the processor's, which other work on the machine lengthens less."""
    took, worked = [], []
    for query in queries:
        began = time.process_time()
        took.append(index.search(query).took_ms)
        worked.append((time.process_time() - began) * 1000)
    print(f"{name:20}{len(took):4}   p50 {_share(took, 0.5):.0f}   p95 {_share(took, 0.95):.0f}   ", end="")
    print(f"max {max(took):.0f}   processor p50 {_share(worked, 0.5):.0f}   p95 {_share(worked, 0.95):.0f}")


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]
