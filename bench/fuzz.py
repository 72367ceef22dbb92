"""Extraction under pages made to hurt: what escapes, how slow the slowest is, and a worker's memory."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from newscrawl.article import Article, Rejected
from newscrawl.steps.jobs import look_ahead
from newscrawl.steps.read import WARM, FetchedPage, read_pages
from newscrawl.workers import Workers
from tests.extraction.fuzz import (
    FETCHED_AT,
    SLOWEST_S,
    Page,
    Reading,
    any_bytes,
    fuzzed,
    news_pages,
    read,
    reworded,
)

SEED = int(os.environ.get("FUZZ_SEED") or 0)
MUTATED, GROWN, BYTES = 9_000, 700, 300
"""Pages read: real ones mutated, grown by hypothesis, and bytes of no kind."""
WORKER_PAGES = 20_000
MEASURED = (1_000, 5_000, 10_000, 15_000, 20_000)
"""Pages after which the worker's memory is measured."""
AHEAD = 4
"""Pages that wait for the worker, as in a crawl."""
PAGE_TIMEOUT_S = 30.0


def bench() -> None:
    """Print the figures. The pages are read in a process of their own."""
    process = multiprocessing.get_context("spawn").Process(target=_pages, args=(SEED,))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"fuzz: the process ended with {process.exitcode}")
    if not Path("/proc/self/statm").exists():
        print("## memory of a worker: skipped, this system has no /proc")
        return
    _worker("real pages with other words", reworded, SEED)
    # libxml2 keeps every name of a tag or attribute that it has met; these pages make names up.
    _worker("pages made to hurt", fuzzed, SEED)


def _progress(done: int, of: int, what: str) -> None:
    if sys.stderr.isatty() and (done % 50 == 0 or done == of):
        end = "\n" if done == of else ""
        print(f"\r{what} {done:,}/{of:,}", end=end, file=sys.stderr, flush=True)


def _pages(seed: int) -> None:
    """Read all kinds of pages, and print what became of them."""
    read(fuzzed(seed))  # lists and patterns are loaded
    found = []
    total = MUTATED + GROWN + BYTES
    for reading in _readings(seed):
        found.append(replace(reading, page=replace(reading.page, content=b"")))  # gigabytes otherwise
        _progress(len(found), total, "pages read")
    times = sorted(reading.seconds * 1000 for reading in found)
    outcomes = Counter(reading.outcome for reading in found)
    unsound = [reading for reading in found if reading.faults]
    print(
        f"## fuzz: {len(found):,} pages ({MUTATED:,} mutated, {GROWN + BYTES:,} by hypothesis), seed {seed}"
    )
    print("   ".join(f"{name} {count:,}" for name, count in outcomes.most_common()))
    print(f"exceptions and unsound results: {len(unsound)}")
    for reading in unsound[:20]:
        print(f"  {reading.page.seed}: {reading.page.made}: {'; '.join(reading.faults)}")
    print(
        f"processor ms a page: p50 {times[len(times) // 2]:.1f}   p99 {times[int(len(times) * 0.99)]:.0f}"
        f"   max {times[-1]:.0f}   over {SLOWEST_S:g} s: {sum(ms > SLOWEST_S * 1000 for ms in times)}"
    )
    for reading in sorted(found, key=lambda reading: -reading.seconds)[:3]:
        print(f"  {reading.seconds * 1000:.0f} ms, seed {reading.page.seed}: {reading.page.made}")


def _readings(seed: int) -> Iterator[Reading]:
    yield from map(read, map(fuzzed, range(seed, seed + MUTATED)))
    yield from map(read, _hypothesis(seed))


def _hypothesis(seed: int) -> list[Page]:
    pages: list[Page] = []
    for strategy, count in ((news_pages(), GROWN), (any_bytes(), BYTES)):

        @seeded(seed)
        @settings(
            max_examples=count,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def grow(page: Page) -> None:
            pages.append(page)

        grow()
    return pages


def _worker(kind: str, pages: Callable[[int], Page], seed: int) -> None:
    """Memory of one worker of the crawl, page after page."""
    pool = Workers(1, warm=WARM)
    process = pool.submit(PAGE_TIMEOUT_S, os.getpid).result()
    sizes = {}
    lost = 0
    for done, result in enumerate(_through(pool, map(pages, range(seed, seed + WORKER_PAGES))), start=1):
        lost += isinstance(result, BaseException)
        _progress(done, WORKER_PAGES, "pages through a worker")
        if done in MEASURED:
            sizes[done] = _megabytes(process)
    survived = pool.submit(PAGE_TIMEOUT_S, os.getpid).result() == process
    pool.close()
    print(f"## memory of one worker over {WORKER_PAGES:,} {kind}, seed {seed}")
    print("   ".join(f"{done:,}: {size:.0f} MB" for done, size in sizes.items()))
    first, last = MEASURED[1], MEASURED[-1]
    growth = (sizes[last] - sizes[first]) * 1000 / (last - first)
    print(f"growth from {first:,} to {last:,}: {growth:+.2f} MB a thousand pages")
    print(f"pages lost to exceptions or time: {lost}   the worker lived to the end: {survived}")


def _through(pool: Workers, pages: Iterable[Page]) -> Iterator[Article | Rejected | BaseException]:
    """What a worker makes of pages, or what it raised, in their order."""
    fetched = (
        FetchedPage(page.url, page.content, f"text/html; charset={page.encoding or ''}", FETCHED_AT)
        for page in pages
    )
    jobs = (pool.submit(PAGE_TIMEOUT_S, read_pages, [one]) for one in fetched)
    yield from map(_end, look_ahead(jobs, AHEAD))


def _end(future: Future[list[Article | Rejected]]) -> Article | Rejected | BaseException:
    error = future.exception()
    return future.result()[0] if error is None else error


def _megabytes(process: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
