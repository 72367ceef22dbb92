"""`make bench`, or `make bench ARGS="pages fuzz"`: figures; the sections are in `SECTIONS`."""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.queries import QUERIES

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PROGRAMS = Path(sys.executable).parent
SECTIONS = "startup pages extract fuzz tagging crawl hostile kills camel disk ingest search delivery".split()
CORPUS = SHARED / "corpus" / "antcorpus_2018.jsonl.gz"


def startup() -> None:
    """Wall time of the two commands people type most, five times each."""
    print("## start-up, seconds (min / median of 5)")
    for words in (["newscrawl", "--help"], ["scrapy", "list"]):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([PROGRAMS / words[0], *words[1:]], cwd=ROOT, capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        print(f"{' '.join(words):24} {min(times):.2f} / {statistics.median(times):.2f}")


def pages() -> None:
    """Extraction: quality by hand-made gold, beside trafilatura as it comes."""
    from bench import pages as extraction

    extraction.bench(SHARED)


def extract() -> None:
    """Extraction: the processor's milliseconds a page, beside trafilatura in its quick precise mode."""
    from bench import extract as speed

    speed.bench()


def fuzz() -> None:
    """Pages made to hurt: what escapes, the slowest, and a worker's memory."""
    from bench import fuzz as hurt

    hurt.bench()


def _archive(folder: str) -> str:
    return f"sqlite:///{folder}/archive.db"


def ingest(folder: str) -> None:
    """Rows a second of `newscrawl ingest`, and the process's memory."""
    with gzip.open(CORPUS) as stream:
        rows = sum(1 for _ in stream)
    environment = {**os.environ, "NEWSCRAWL_STORE_URL": _archive(folder)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAMS / "newscrawl", "ingest", str(CORPUS)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    print(out)
    print(f"## ingest: {rows:,} rows in {took:.0f} s = {rows / took:.0f} rows/s, exit {status}")
    print(f"peak memory of the process: {usage.ru_maxrss / 1024:.0f} MB")
    print(f"archive: {Path(folder, 'archive.db').stat().st_size / 1e6:.0f} MB")


def search(folder: str) -> None:
    """Milliseconds of 50 queries, snippets and exact totals included, process start aside."""
    from newscrawl.search import EmbeddedIndex
    from newscrawl.store import open_store

    archive = open_store(_archive(folder))
    index = EmbeddedIndex(archive.engine)
    times = sorted(index.search(query).took_ms for query in QUERIES)
    print(f"## search: {len(times)} queries on {archive.count():,} articles, ms, each asked once")
    print(f"p50 {times[len(times) // 2]:.1f}   p95 {times[int(len(times) * 0.95)]:.1f}   max {times[-1]:.1f}")
    archive.close()


def _hostile(chosen: list[str]) -> None:
    for name in chosen:
        if name.partition(":")[0] == "hostile":
            from bench import hostile

            hostile.bench(int(name.partition(":")[2] or 250))
            print()


def _disk(chosen: list[str]) -> None:
    for name in chosen:
        if name.partition(":")[0] == "disk":
            if not CORPUS.exists():
                print("## disk: skipped, ../shared/corpus is absent")
                continue
            from bench import disk

            disk.bench(CORPUS, int(name.partition(":")[2] or 5000))
            print()


def main() -> None:
    """Run the benches named on the command line, or all."""
    chosen = sys.argv[1:] or SECTIONS
    alone: dict[str, Callable[[], None]] = {
        "startup": startup,
        "pages": pages,
        "extract": extract,
        "fuzz": fuzz,
    }
    for name in chosen:
        if name in alone:
            alone[name]()
            print()
    _hostile(chosen)
    if "kills" in chosen:
        from bench import kills

        kills.bench()
        print()
    if "tagging" in chosen:
        from bench import tagging

        tagging.bench(SHARED, CORPUS)
        print()
    if "crawl" in chosen:
        from bench import crawl

        crawl.bench()
        print()
    if "camel" in chosen:
        from bench import camel

        camel.bench(CORPUS)
        print()
    _disk(chosen)
    if {"ingest", "search", "delivery"} & set(chosen) and not CORPUS.exists():
        print("## ingest, search, delivery: skipped, ../shared/corpus is absent")
        return
    if {"ingest", "search"} & set(chosen):
        with tempfile.TemporaryDirectory() as folder:
            ingest(folder)
            print(json.dumps({"queries": len(QUERIES)}))
            search(folder)
    if "delivery" in chosen:
        from bench import delivery

        delivery.bench(CORPUS)


if __name__ == "__main__":
    main()
