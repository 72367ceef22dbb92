"""Extraction: how near to hand-made gold, and how fast, beside trafilatura as it comes."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from newscrawl.extraction import extract
from tests.extraction.golden import FETCHED_AT, OWN, Gold, Reading, Score, load, outlet_of, score_all

ROUNDS = 5
SYSTEMS = ("ours", "trafilatura", "trafilatura precision")


def _trafilatura(gold: Gold, *, precision: bool) -> Reading:
    import trafilatura

    document = trafilatura.bare_extraction(
        gold.content, url=gold.values["url"], favor_precision=precision, with_metadata=True
    )
    found = {key: getattr(document, key, None) or "" for key in ("title", "text", "date")}
    return Reading(found["title"], found["text"], found["date"] or None)


def _readers() -> dict[str, Callable[[Gold], Reading] | None]:
    return {
        "ours": None,
        "trafilatura": lambda gold: _trafilatura(gold, precision=False),
        "trafilatura precision": lambda gold: _trafilatura(gold, precision=True),
    }


def _cell(score: Score) -> str:
    marks = score.marks
    title, day = ("=" if marks[key] else "x" for key in ("title", "day"))
    return f"{marks['f1']:.3f} {len(score.leaked):2d} {title}{day}"


def _table(name: str, golds: list[Gold]) -> None:
    """Page × system: F1, leaked lines, and whether title and day are right; then each system's means."""
    scores = {system: score_all(golds, reader) for system, reader in _readers().items()}
    print(f"## {name}: {len(golds)} pages; F1, leaks, title and day (= right, x wrong)")
    print(f"{'':36}" + "".join(f"{system:>24}" for system in SYSTEMS))
    for row, gold in enumerate(golds):
        print(f"{gold.name[-35:]:36}" + "".join(f"{_cell(scores[system][row]):>24}" for system in SYSTEMS))
    limit = sum(len(gold.values["must_not"]) for gold in golds)
    for system in SYSTEMS:
        of = scores[system]
        print(
            f"{system:24} F1 {statistics.fmean(one.marks['f1'] for one in of):.3f}"
            f"   leaks {sum(len(one.leaked) for one in of)}/{limit}"
            f"   titles {sum(one.marks['title'] for one in of):.0f}/{len(of)}"
            f"   days {sum(one.marks['day'] for one in of):.0f}/{len(of)}"
        )
    print()


def _speed(name: str, golds: list[Gold]) -> None:
    """Median milliseconds a page on one core, the two systems in turn on the same page."""
    import trafilatura

    pages = [(gold.content, gold.values["url"], outlet_of(gold), gold.values.get("header")) for gold in golds]

    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    ours_ms, theirs_ms = [], []
    try:
        for turn in range(ROUNDS + 1):
            for content, url, outlet, header in pages:
                began = time.perf_counter()
                extract(content, url, outlet=outlet, fetched_at=FETCHED_AT, encoding=header)
                between = time.perf_counter()
                trafilatura.bare_extraction(content, fast=True, favor_precision=True, with_metadata=True)
                ended = time.perf_counter()
                if turn:  # the first round warms caches up
                    ours_ms.append((between - began) * 1000)
                    theirs_ms.append((ended - between) * 1000)
    finally:
        os.sched_setaffinity(0, cores)
    ours, other = statistics.median(ours_ms), statistics.median(theirs_ms)
    size = statistics.median(len(gold.content) for gold in golds) / 1024
    print(
        f"## speed, {name}: {len(golds)}, median {size:.0f} KB; {ROUNDS} rounds, one core, median ms a page"
    )
    print(f"ours {ours:.1f}   trafilatura (fast, precision, metadata) {other:.1f}   ratio {ours / other:.2f}")


def bench(shared: Path) -> None:
    """Print the tables of our own pages, the real ones and the aggregator's, then the speeds."""
    own = [gold for gold in load(OWN) if gold.is_article]
    real = load(shared / "pages")
    _table("own golden pages", own)
    if real:
        _table("real pages (../shared/pages)", [gold for gold in real if not gold.name.startswith("seed_")])
        _table("aggregator page", [gold for gold in real if gold.name.startswith("seed_")])
    else:
        print("## real pages: skipped, ../shared/pages is absent")
    _speed("own golden pages", own)
    if real:
        _speed("real pages and the aggregator's", real)
