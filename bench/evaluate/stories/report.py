"""`make evaluate ARGS=stories`: whether two articles that report one event are put into one story.

All articles of the AntCorpus (2018, five outlets) are put into stories; then pairs that a reader judged are
looked up. Bars were chosen on the pairs of odd weeks alone, so the figures of even weeks are those to quote.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from email.utils import parsedate_to_datetime
from itertools import groupby
from typing import NamedTuple

from bench.evaluate.samples import SHARED
from bench.evaluate.stories.labels import AFFAIR, OTHER, SAME, Judged, read_pairs
from newscrawl.article import article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.linkage import Pair
from newscrawl.dedupe.reports import DAY, Reports, alike, length, packed
from newscrawl.dedupe.stories import DAYS_APART, DAYS_COUNTED, stories, terms_of

CORPUS = SHARED / "corpus" / "antcorpus_2018.jsonl.gz"
REACH = int(DAYS_APART + DAYS_COUNTED + 1) * DAY


def report() -> dict[str, float]:
    """Print the figures of both halves; the judging half's, by name, and the other's `choosing_precision`."""
    if not CORPUS.exists():
        print(f"{'stories':16}skipped: ../shared/corpus is absent")
        return {}
    rows = list(_articles())
    found = stories(links(rows))
    sizes = list(map(len, found))
    said = f"{len(found):,} stories of {sum(sizes):,} of them, the largest of {max(sizes)}"
    print(f"{'stories':16}{len(rows):,} articles: {said}")
    chose, judged = (_half(half, found) for half in ("odd", "even"))
    _print("odd weeks, which chose the bars", chose)
    _print("even weeks, which judge them", judged)
    return judged | {"choosing_precision": chose["precision"]}


def _half(half: str, found: Iterable[Collection[str]]) -> dict[str, float]:
    return measure([pair for pair in read_pairs() if pair.half == half], found)


def _print(half: str, figures: dict[str, float]) -> None:
    print(
        f"{'':16}pairs of {half}: precision {figures['precision']:.3f}, recall {figures['recall']:.3f}, "
        f"put together of one affair {figures['affair']:.3f}"
    )


def measure(pairs: Iterable[Judged], found: Iterable[Collection[str]]) -> dict[str, float]:
    """How many of the pairs in one story are of one event, and how many of one event are in one story.

    Pairs of one affair count as neither; `affair` is the share of them that are in one story.
    """
    story_of = {id: number for number, ids in enumerate(found) for id in ids}
    counted: Counter[tuple[int, bool]] = Counter()
    for pair in pairs:
        story = story_of.get(pair.one)
        counted[pair.grade, story is not None and story == story_of.get(pair.other)] += 1
    right = counted[SAME, True]

    def of(part: int, whole: int) -> float:
        return part / whole if whole else 0.0

    return {
        "precision": of(right, right + counted[OTHER, True]),
        "recall": of(right, right + counted[SAME, False]),
        "affair": of(counted[AFFAIR, True], counted[AFFAIR, True] + counted[AFFAIR, False]),
    }


class Row(NamedTuple):
    """An article: its id, its outlet, when it was published in seconds, and its packed terms."""

    id: str
    outlet: str
    at: int
    terms: bytes


def links(rows: Iterable[Row]) -> dict[Pair, float]:
    """The pairs that are alike; each week's articles are compared with those of the days around."""
    some = sorted(rows, key=lambda row: (row.at, row.id))
    found: dict[Pair, float] = {}
    for _, its in groupby(range(len(some)), key=lambda number: some[number].at // (7 * DAY)):
        wanted = list(its)
        begin, end = (some[wanted[place]].at for place in (0, -1))
        near = [number for number, row in enumerate(some) if begin - REACH <= row.at <= end + REACH]
        for pair in alike(_reports([(number, some[number]) for number in near], wanted)):
            found[some[pair.one].id, some[pair.other].id] = pair.likeness
    return found


def _reports(some: Sequence[tuple[int, Row]], wanted: Collection[int]) -> Reports:
    return Reports(
        [number for number, _ in some],
        [row.at for _, row in some],
        [row.outlet for _, row in some],
        [length(row.terms) for _, row in some],
        b"".join(row.terms for _, row in some),
        wanted,
    )


def _articles() -> Iterator[Row]:
    """Every article of the corpus once."""
    seen: set[str] = set()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            id = article_id(canonical_url(row["url"]))
            if id not in seen:
                seen.add(id)
                at = int(parsedate_to_datetime(row["time"]).timestamp())
                yield Row(id, row["src"], at, packed(terms_of(row["title"], row["text"])))
