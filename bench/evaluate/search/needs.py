"""What is looked for, and which articles were judged to answer it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NEEDS, GRADES = HERE / "needs.tsv", HERE / "grades.tsv"

Grades = dict[str, dict[str, int]]
"""Need → canonical address of an article → 0, 1 or 2."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an analyst wants to know, and what was typed for it."""

    number: str
    query: str
    kind: str
    wanted: str

    @property
    def half(self) -> str:
        """Those of "odd" numbers choose between ways to rank, those of "even" ones judge what was chosen."""
        return "odd" if int(self.number[1:]) % 2 else "even"


def read_needs(path: Path = NEEDS) -> list[Need]:
    """All needs, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Need(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def read_grades(path: Path = GRADES) -> Grades:
    """All judgements; empty where there are none yet."""
    grades: Grades = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line and not line.startswith("#"):
            number, url, grade = line.split("\t")
            grades[number][url] = int(grade)
    return dict(grades)
