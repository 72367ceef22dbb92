"""`make evaluate ARGS=stories`: whether two articles that report one event are put into one story.

All articles of the AntCorpus (2018, five outlets) are put into stories; then pairs that a reader judged are
looked up. Bars were chosen on the pairs of odd weeks alone, so the figures of even weeks are those to quote.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from email.utils import parsedate_to_datetime

from bench.evaluate.samples import SHARED
from bench.evaluate.stories.labels import AFFAIR, OTHER, SAME, Judged, read_pairs
from newscrawl.article import article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.stories import DAYS_COUNTED, Report, alike, stories, terms_of, weighed

CORPUS = SHARED / "corpus" / "antcorpus_2018.jsonl.gz"
DAY = 86_400


def report() -> dict[str, float]:
    """Print the figures of both halves; the judging half's, by name, and the other's `choosing_precision`."""
    if not CORPUS.exists():
        print(f"{'stories':16}skipped: ../shared/corpus is absent")
        return {}
    reports = dict(weigh(_articles()))
    found = stories(alike(reports))
    sizes = list(map(len, found))
    said = f"{len(found):,} stories of {sum(sizes):,} of them, the largest of {max(sizes)}"
    print(f"{'stories':16}{len(reports):,} articles: {said}")
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


Row = tuple[str, str, float, dict[str, float]]
"""Id, outlet, time in days, and terms of an article."""


def weigh(rows: Iterable[Row]) -> Iterator[tuple[str, Report]]:
    """Reports by id; terms are counted in the articles of the days around."""
    days: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        days[int(row[2])].append(row)
    counted = {day: Counter(term for row in some for term in row[3]) for day, some in days.items()}
    for day, some in days.items():
        around = [day + by for by in range(-DAYS_COUNTED, DAYS_COUNTED + 1) if day + by in days]
        frequencies: Counter[str] = Counter()
        for one in around:
            frequencies.update(counted[one])
        articles = sum(len(days[one]) for one in around)
        for id, outlet, at, terms in some:
            yield id, Report(outlet, at, weighed(terms, frequencies, articles))


def _articles() -> Iterator[Row]:
    """Every article of the corpus once."""
    seen: set[str] = set()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            id = article_id(canonical_url(row["url"]))
            if id not in seen:
                seen.add(id)
                at = parsedate_to_datetime(row["time"]).timestamp() / DAY
                yield id, row["src"], at, terms_of(row["title"], row["text"])
