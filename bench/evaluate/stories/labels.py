"""Pairs of articles that were judged by reading: the same event, one affair, or another event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAIRS = Path(__file__).with_name("pairs.tsv")
SAME, AFFAIR, OTHER = 2, 1, 0
"""The same happening; a follow-up, a reaction or a part of it, which is neither right nor wrong; another."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two articles, by their ids, and what a reader said of them."""

    week: str
    one: str
    other: str
    grade: int

    @property
    def half(self) -> str:
        """Pairs of "odd" weeks choose bars, those of "even" ones judge what was chosen."""
        return "odd" if int(self.week.rpartition("-")[2]) % 2 else "even"


def read_pairs(path: Path = PAIRS) -> Iterator[Judged]:
    """All pairs, in their order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            week, one, other, grade = line.split("\t")
            yield Judged(week, one, other, int(grade))
