"""How well a search answers what people type: 64 needs, their articles judged by reading.

`data/needs.tsv` holds a need a line: its number, the query as an analyst types it, and what he wants. They
were written before any search. `data/judged.tsv` holds the judgements: need, URL, grade (2 about the need, 1
partly or in passing, 0 not), made by reading the pooled first ten hits of all systems in random order, without
knowing which system found them. Odd needs are for choosing how to rank, even ones for judging the choice.

Measures: nDCG@10 (gain 2^grade - 1; Järvelin, Kekäläinen 2002), the share of relevant ones among the first
five, needs with nothing relevant among the first three, needs without any hit.
"""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.evaluate.samples import AbsentError

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "antcorpus_2018.jsonl.gz"
BASELINE = "stock arabic"
RESAMPLES = 10_000
HALVES = {"choosing": 1, "judging": 0}

Grades = Mapping[str, int]
"""Canonical URL → grade, of one need."""


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody looks for."""

    number: int
    query: str
    meaning: str


def needs() -> list[Need]:
    """All needs, by number."""
    lines = (DATA / "needs.tsv").read_text(encoding="utf-8").splitlines()
    return [
        Need(int(number[1:]), query, meaning) for number, query, meaning in (x.split("\t") for x in lines)
    ]


def judged() -> dict[int, dict[str, int]]:
    """Number of the need → its grades."""
    grades: dict[int, dict[str, int]] = {}
    for line in (DATA / "judged.tsv").read_text(encoding="utf-8").splitlines():
        number, url, grade = line.split("\t")
        grades.setdefault(int(number[1:]), {})[url] = int(grade)
    return grades


def ndcg(found: Sequence[str], grades: Grades, top: int = 10) -> float:
    """Normalised discounted cumulative gain; what nobody judged counts as not relevant."""

    def gain(ranked: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ranked[:top]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(url, 0) for url in found]) / best if best else 0.0


def better(ours: Sequence[float], theirs: Sequence[float], seed: int = 1) -> tuple[float, float, float]:
    """Mean gain over another system and its 95 % interval, by paired bootstrap over the needs."""
    gains = [one - other for one, other in zip(ours, theirs, strict=True)]
    chance = random.Random(seed)
    means = sorted(statistics.mean(chance.choices(gains, k=len(gains))) for _ in range(RESAMPLES))
    return statistics.mean(gains), means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES)]


def report(path: Path) -> dict[str, dict[str, float]]:
    """Print the table of both halves; return what the floors are held against.

    Args:
        path: the archive of the corpus; made there if it is not.

    Raises:
        AbsentError: the shared corpus is not there.
    """
    from bench.evaluate.search_systems import archive_of, systems

    if not CORPUS.exists():
        raise AbsentError(f"{CORPUS.name} is absent")
    archive = archive_of(CORPUS, path)
    measured: dict[str, dict[str, float]] = {}
    with systems(archive) as every:
        for half, odd in HALVES.items():
            some = [need for need in needs() if need.number % 2 == odd]
            measured[f"search-{half}"] = _print_half(half, some, every)
    archive.close()
    return measured


def _print_half(half: str, some: Sequence[Need], every: Mapping[str, object]) -> dict[str, float]:
    from bench.evaluate.search_systems import Search

    grades = judged()
    print(f"\n{f'{half}: {len(some)} needs':28}{'nDCG@10':>8}{'P@5':>6}{'none in 3':>10}{'no hit':>7}"
          f"{'unjudged':>9}{'p50 ms':>7}{'p95':>5}   against {BASELINE}")  # fmt: skip
    rows: dict[str, list[float]] = {}
    ours: dict[str, float] = {}
    for name in sorted(every, key=lambda one: one != BASELINE):
        search: Search = every[name]  # type: ignore[assignment]
        found, times = [], []
        for need in some:
            began = time.perf_counter()
            found.append(search(need.query))
            times.append((time.perf_counter() - began) * 1000)
        values = _measures([grades.get(need.number, {}) for need in some], found)
        rows[name] = values.pop("each")  # type: ignore[assignment]
        gain, low, high = better(rows[name], rows[BASELINE])
        times.sort()
        print(f"{name:28}{values['ndcg']:8.3f}{values['p5']:6.2f}{values['none3']:10.1%}{values['nohit']:7.1%}"
              f"{values['unjudged']:9.1%}{times[len(times) // 2]:7.0f}{times[int(len(times) * 0.95)]:5.0f}"
              f"   {gain:+.3f} ({low:+.3f} … {high:+.3f})")  # fmt: skip
        if name == "newscrawl, embedded":
            ours = {key: float(value) for key, value in values.items()} | {"gain": gain, "gain_low": low}
    return ours


def _measures(grades: Sequence[Grades], found: Sequence[Sequence[str]]) -> dict[str, float | list[float]]:
    number = len(found)
    pairs = list(zip(grades, found, strict=True))
    each = [ndcg(urls, known) for known, urls in pairs]
    shown = [(known, url) for known, urls in pairs for url in urls[:10]]
    return {
        "each": each,
        "ndcg": statistics.mean(each),
        "p5": statistics.mean(sum(known.get(url, 0) > 0 for url in urls[:5]) / 5 for known, urls in pairs),
        "none3": sum(not any(known.get(url, 0) for url in urls[:3]) for known, urls in pairs) / number,
        "nohit": sum(not urls for urls in found) / number,
        "unjudged": sum(url not in known for known, url in shown) / max(1, len(shown)),
    }


def pool(path: Path) -> list[tuple[int, str]]:
    """Every (need, URL) among the first ten of any system that is not judged yet, in random order a need."""
    from bench.evaluate.search_systems import archive_of, systems

    grades = judged()
    chance = random.Random(7)
    pooled = []
    with systems(archive_of(CORPUS, path)) as every:
        for need in needs():
            urls = {url for search in every.values() for url in search(need.query)} - {
                *grades.get(need.number, {})
            }
            ordered = sorted(urls)
            chance.shuffle(ordered)
            pooled += [(need.number, url) for url in ordered]
    return pooled
