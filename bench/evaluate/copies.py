"""`make evaluate ARGS=copies`: which copies are found, and what is taken for one, before any cluster is made.

Other people's pairs, and texts made of other people's: cut to a third, with as much of another text behind,
paragraphs in another order, without hamza. Frames are our own, filled by chance. What is measured is the
search for candidates and the comparison behind it; no store takes part.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.evaluate.frames import twins
from bench.evaluate.samples import SHARED
from newscrawl.dedupe.candidates import Candidates
from newscrawl.dedupe.copies import Text, copied

FOLDER = SHARED / "syndication"
BINS = ((0.5, 0.7), (0.7, 1.01))
MADE = 1000
TWINS = 200
SEED = 2026


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the corpus."""

    url: str
    source: str
    text: Text
    raw: str


def report() -> dict[str, float]:
    """Print what is found and what should not be; the shares that are found, each by its name."""
    if not FOLDER.exists():
        print(f"{'copies':16}skipped: ../shared/syndication is absent")
        return {}
    rows = _rows()
    known = Candidates()
    found: set[tuple[str, str]] = set()
    right = 0
    for number, row in enumerate(rows):
        for other in known.find(row.text.shingled):
            like = copied(row.text, rows[other].text, same_outlet=row.source == rows[other].source)
            if like:
                found.add(_pair(row.url, rows[other].url))
                right += like.jaccard >= 0.4 or like.contained >= 0.7
        known.add(number, row.text.shingled)
    print(f"{'copies':16}{len(rows):,} articles: {len(found):,} pairs found")
    figures = dict(_recall(found))
    figures["right"] = right / max(len(found), 1)
    print(f"{'':16}of those found, jaccard .4 or contained .7: {figures['right']:.3f}")
    return figures | _made(rows, known)


def _rows() -> list[Row]:
    with gzip.open(FOLDER / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = map(json.loads, lines)
        return [Row(one["url"], one["source"], Text.of(one["text"]), one["text"]) for one in read]


def named_pairs() -> list[dict[str, Any]]:
    """The pairs that the corpus names: two URLs, and their likeness."""
    with gzip.open(FOLDER / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _recall(found: set[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    """Of the pairs that the corpus names, those that were found, by their likeness."""
    pairs = named_pairs()
    for low, high in BINS:
        some = [_pair(one["a"], one["b"]) for one in pairs if low <= one["jaccard3"] < high]
        share = sum(one in found for one in some) / len(some)
        name = f"pairs of {low} to {min(high, 1)}"
        print(f"{'':16}{name}, {len(some):,}: {share:.3f}")
        yield name, share


# --- made of other people's texts -----------------------------------------------------------------


def _made(rows: list[Row], known: Candidates) -> dict[str, float]:
    dice = random.Random(SEED)  # noqa: S311
    long = [number for number, row in enumerate(rows) if len(row.text.words) >= 90]
    chosen = dice.sample(long, MADE)
    figures = {}
    makers: dict[str, Callable[[Row], str]] = {
        "cut to a third": lambda row: _words(row.raw, 1 / 3),
        "as much of another behind": lambda row: f"{row.raw}\n{_as_long(row, rows[dice.choice(long)])}",
        "in another order": lambda row: _shuffled(row.raw, dice),
        "a new lead of 25 words, less of the end": lambda row: _led(row, rows[dice.choice(long)]),
        "typed without hamza": lambda row: re.sub("[أإآ]", "ا", row.raw).replace("ة", "ه"),
    }
    for name, make in makers.items():
        figures[name] = sum(_finds(make(rows[at]), at, rows, known) for at in chosen) / MADE
        print(f"{'':16}{name}, {MADE:,}: {figures[name]:.3f}")
    other = [pair for pair in pairwise(chosen) if rows[pair[0]].source != rows[pair[1]].source]
    together = sum(copied(rows[a].text, rows[b].text) is not None for a, b in other)
    print(f"{'':16}unrelated, {len(other):,}: {together} taken for copies")
    taken = sum(copied(Text.of(one), Text.of(two)) is not None for one, two in twins(TWINS, SEED))
    print(f"{'':16}one frame, other facts, {TWINS}: {taken} taken for copies")
    return figures | {"unrelated": together, "twins": taken}


def _finds(text: str, original: int, rows: list[Row], known: Candidates) -> bool:
    made = Text.of(text)
    return original in known.find(made.shingled) and copied(made, rows[original].text) is not None


def _words(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: round(share * len(words))])


def _as_long(row: Row, other: Row) -> str:
    return " ".join(other.raw.split()[: len(row.raw.split())])


def _shuffled(text: str, dice: random.Random) -> str:
    sentences = re.split(r"(?<=[.،؟])\s+|\n+", text)
    dice.shuffle(sentences)
    return "\n".join(sentences)


def _led(row: Row, other: Row) -> str:
    words = row.raw.split()
    return " ".join([*other.raw.split()[:25], *words[15 : round(0.9 * len(words))]])
