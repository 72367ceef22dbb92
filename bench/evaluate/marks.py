"""The marks of one reading, and their sums over a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from bench.evaluate.readers import DEFAULT, OURS, PRECISION, Found
from bench.evaluate.samples import Sample, layout_score, page_score

LOST, READ = 0.6, 0.8
"""Lost: our recall is under the first where a mode of trafilatura's is over the second."""


@dataclass
class Marks:
    """One reading's marks; None where the page has no gold for it."""

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    leaks: list[str] = field(default_factory=list)
    leaks_of: int = 0
    title: bool | None = None
    day: bool | None = None
    kind: bool | None = None


def mark(sample: Sample, found: Found) -> Marks:
    """Compare a reading with the gold."""
    if not sample.is_article:
        return Marks(kind=not found.text)
    marks = _by_hand(sample, found) if "body" in sample.gold else _by_bag(sample, found)
    marks.kind = bool(found.text)
    return marks


def _by_hand(sample: Sample, found: Found) -> Marks:
    """By the shared script of pages with hand-made gold."""
    values = {"title": found.title, "text": found.text, "date": found.published or None}
    row = page_score().score_one(sample.gold, values)
    stated = sample.gold["published"]
    none = not found.published and (not stated or "" in sample.gold.get("published_accept", ()))
    day = row["date"] in ("T", "D", "~") or none
    return Marks(row["P"], row["R"], row["F1"], row["leaks"], row["leak_n"], row["title"] in ("=", "~"), day)


def _by_bag(sample: Sample, found: Found) -> Marks:
    """By the shared script of layouts."""
    gold = sample.gold
    precision, recall, f1 = layout_score().prf(found.text, gold["text"])
    leaks = [text for text in gold["must_not"] if text in found.text]
    title = " ".join(found.title.split()) == " ".join((gold["title"] or "").split()) if found.title else None
    day = None
    if "published" in gold:
        day = found.published[:10] == gold["published"]
        day = day and found.modified[:10] == gold.get("modified", found.modified[:10])
    return Marks(precision, recall, f1, leaks, len(gold["must_not"]), title, day)


def is_lost(by_reader: dict[str, Marks]) -> bool:
    """Whether we lose an article that trafilatura reads."""
    ours = by_reader[OURS].recall
    theirs = [by_reader[reader].recall or 0.0 for reader in (DEFAULT, PRECISION) if reader in by_reader]
    return ours is not None and ours < LOST and max(theirs, default=1.0) > READ


def totals(pages: Sequence[dict[str, Marks]], reader: str) -> dict[str, float]:
    """One reader's figures over a part: means of P, R, F1; counts of leaks, lost, and of what is right."""
    marks = [page[reader] for page in pages]
    found: dict[str, float] = {"pages": len(marks)}
    for name in ("precision", "recall", "f1"):
        known = [value for one in marks if (value := getattr(one, name)) is not None]
        if known:
            found[name] = fmean(known)
    found["leaks"] = sum(len(one.leaks) for one in marks)
    found["leaks_of"] = sum(one.leaks_of for one in marks)
    if "f1" in found and reader == OURS:
        found["lost"] = sum(map(is_lost, pages))
    for name in ("title", "day", "kind"):
        judged = [value for one in marks if (value := getattr(one, name)) is not None]
        if judged:
            found[name], found[f"{name}_of"] = sum(judged), len(judged)
    return found
