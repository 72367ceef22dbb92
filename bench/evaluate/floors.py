"""The floors of what newscrawl must reach: what was measured, less a margin."""

from __future__ import annotations

import tomllib
from pathlib import Path

_AT_MOST = ("leaks", "lost", "false", "missed", "empty", "unrelated", "twins", "strange")
FLOORS = Path(__file__).with_name("floors.toml")


def floors() -> dict[str, dict[str, float]]:
    """By part: the least `f1`, `title`, `day`, `kind`, `ndcg`, `more`, and the most of `_AT_MOST`."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def below(measured: dict[str, dict[str, float]]) -> list[str]:
    """What misses a floor, each as a sentence; parts that were not measured are left out."""
    missed = []
    for part, wanted in floors().items():
        for name, floor in wanted.items() if part in measured else ():
            value = measured[part].get(name, 0.0)
            if (value > floor) if name in _AT_MOST else (value < floor):
                missed.append(f"{part}: {name} is {value:.3f}, its floor {floor}")
    return missed
