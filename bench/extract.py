"""Extraction's time a page beside trafilatura's, on real pages, real layouts and our own golden pages."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from bench.evaluate.readers import FETCHED_AT
from bench.evaluate.samples import PARTS, AbsentError
from newscrawl.extraction import extract
from newscrawl.outlets import OutletIndex, load_outlets
from tests.extraction.golden import OWN, load, outlet_of

ROUNDS = 5
EVERY = 5
"""One in so many layouts is read: the whole takes ten minutes and says the same."""


@dataclass(frozen=True)
class Job:
    """One page, and both systems as calls without arguments."""

    ours: Callable[[], object]
    theirs: Callable[[], object]


def _job(html: bytes, url: str, outlet: object, encoding: str | None = None) -> Job:
    import trafilatura

    return Job(
        lambda: extract(html, url, outlet=outlet, fetched_at=FETCHED_AT, encoding=encoding),  # type: ignore[arg-type]
        lambda: trafilatura.bare_extraction(html, fast=True, favor_precision=True, with_metadata=True),
    )


def _golden() -> Iterator[Job]:
    for gold in load(OWN):
        if gold.is_article:
            yield _job(gold.content, gold.values["url"], outlet_of(gold), gold.values.get("header"))


def _shared(*parts: str, every: int = 1) -> Iterator[Job]:
    outlets = OutletIndex(load_outlets().values())
    for part in parts:
        for sample in islice(PARTS[part](), 0, None, every):
            yield _job(sample.html, sample.url, outlets.outlet_for_url(sample.url))


@contextmanager
def _one_core() -> Iterator[None]:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


def _times(jobs: Iterable[Job]) -> list[tuple[float, float]]:
    """Each page's milliseconds, ours and theirs: medians of the rounds, the systems in turn on a page."""
    found = []
    with _one_core():
        for job in jobs:
            job.ours(), job.theirs()  # caches warm up
            rounds = [(_milliseconds(job.ours), _milliseconds(job.theirs)) for _ in range(ROUNDS)]
            found.append(
                (statistics.median(own for own, _ in rounds), statistics.median(o for _, o in rounds))
            )
    return found


def _print(name: str, times: list[tuple[float, float]]) -> None:
    cells = [f"{name:20} {len(times):5}"]
    for average in (statistics.median, statistics.fmean):
        ours, theirs = (average(column) for column in zip(*times, strict=True))
        cells.append(f"{ours:6.1f} /{theirs:6.1f} ={ours / theirs:5.2f}")
    cells.append(f"{statistics.median(own / other for own, other in times):6.2f}")
    print("   ".join(cells))


def bench() -> None:
    """Print a line for each set of pages: medians, means, and the median of the pages' own ratios."""
    print(
        "## extraction, processor's ms a page on one core: extract / trafilatura.bare_extraction(fast=True, "
        f"favor_precision=True, with_metadata=True); {ROUNDS} rounds"
    )
    print(f"{'':20} pages   median of each          mean of each            median of the ratios")
    sets: dict[str, Iterator[Job]] = {
        "real pages": _shared("pages", "pages-2"),
        "layouts": _shared("layouts-fundus", "layouts-wcxb", every=EVERY),
        "Arabic in layouts": _shared("arabic", every=EVERY),
        "own golden pages": _golden(),
    }
    for name, jobs in sets.items():
        try:
            _print(name, _times(jobs))
        except AbsentError as error:
            print(f"{name:20} skipped: {error}")
