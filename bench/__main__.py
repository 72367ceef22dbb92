"""`make bench`, or `make bench ARGS="pages hostile:100"`: figures. `SECTIONS` names them all."""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench.queries import QUERIES

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PROGRAMS = Path(sys.executable).parent
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


def _stored() -> None:
    """The corpus ingested into an archive, and searched there."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(folder)
        search(folder)


def _module(*given: object) -> Callable[..., None]:
    """The `bench` function of the module that has the section's name, with what it is given."""

    def run(name: str, *number: int) -> None:
        import_module(f"bench.{name}").bench(*given, *number)

    return run


SECTIONS: dict[str, Callable[..., None]] = {
    "startup": lambda _: startup(),
    "pages": _module(SHARED),
    "extract": _module(),
    "fuzz": _module(),
    "tagging": _module(SHARED, CORPUS),
    "crawl": _module(),
    "hostile": _module(),
    "steady": _module(CORPUS),
    "listings": _module(),
    "keep": _module(),
    "kills": _module(),
    "pagekills": _module(),
    "together": _module(),
    "soak": _module(),
    "reextract": _module(CORPUS),
    "camel": _module(CORPUS),
    "disk": _module(CORPUS),
    "spellings": _module(CORPUS),
    "search": lambda _: _stored(),
    "long": _module(),
    "delivery": _module(CORPUS),
    "warc": _module(CORPUS),
}
"""Section → what prints it, called with its name and the numbers behind colons (hostile:100), if any."""
NEED_CORPUS = frozenset({"disk", "spellings", "search", "delivery"})


def main() -> None:
    """Run the benches named on the command line, or all."""
    for chosen in sys.argv[1:] or SECTIONS:
        name, *numbers = chosen.split(":")
        if name not in SECTIONS:
            sys.exit(f"there is no bench {name!r}; there are: {', '.join(SECTIONS)}")
        if name in NEED_CORPUS and not CORPUS.exists():
            print(f"## {name}: skipped, ../shared/corpus is absent")
        else:
            SECTIONS[name](name, *map(int, numbers))
        print()


if __name__ == "__main__":
    main()
