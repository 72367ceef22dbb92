"""Measures of a ranking by judged articles; what nobody judged counts as not relevant."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10
SAMPLES = 2_000
"""Of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Marks:
    """One need's ranking, marked."""

    ndcg: float
    precision: float
    """Of the first five, the share that is relevant."""
    missed: bool
    """Whether none of the first three is relevant."""
    empty: bool
    """Whether nothing at all was found."""
    unjudged: float
    """Of the first ten, the share that nobody judged."""


def mark(found: Sequence[str], grades: Mapping[str, int]) -> Marks:
    """Mark the addresses found, the best first."""
    first = found[:DEPTH]
    gains = [grades.get(url, 0) for url in first]
    ideal = discounted(sorted(grades.values(), reverse=True)[:DEPTH])
    return Marks(
        ndcg=discounted(gains) / ideal if ideal else 0.0,
        precision=sum(map(bool, gains[:5])) / 5,
        missed=not any(gains[:3]),
        empty=not first,
        unjudged=sum(url not in grades for url in first) / len(first) if first else 0.0,
    )


def discounted(grades: Sequence[int]) -> float:
    """Discounted cumulative gain: an article about it is worth three that are so in part.

    >>> discounted([2, 0, 1])
    3.5
    """
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Mean of ours less theirs over the same needs, and its 95 % interval by paired bootstrap."""
    pairs = [one - other for one, other in zip(ours, theirs, strict=True)]
    chance = random.Random(15)  # noqa: S311
    means = sorted(mean(chance.choices(pairs, k=len(pairs))) for _ in range(SAMPLES))
    return mean(pairs), means[int(SAMPLES * 0.025)], means[int(SAMPLES * 0.975)]
