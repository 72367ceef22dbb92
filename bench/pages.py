"""Extraction: how near to hand-made gold, beside trafilatura as it comes."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from tests.extraction.golden import OWN, Gold, Reading, Score, load, score_all

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


def bench(shared: Path) -> None:
    """Print the tables of our own pages, the real ones and the aggregator's."""
    own = [gold for gold in load(OWN) if gold.is_article]
    real = load(shared / "pages")
    _table("own golden pages", own)
    if real:
        _table("real pages (../shared/pages)", [gold for gold in real if not gold.name.startswith("seed_")])
        _table("aggregator page", [gold for gold in real if gold.name.startswith("seed_")])
    else:
        print("## real pages: skipped, ../shared/pages is absent")
