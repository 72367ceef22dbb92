"""Which blocks are the article: each is weighed, and the set with the best expected F1 is taken.

The weights are learned from real pages (`scripts/learn_choice.py`, which prints how well they do on sites
that they were not learned from), and speak no language. A second weighing settles what trafilatura has read
besides: it is taken as well unless the evidence (links, repetition, furniture, its place) is against it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np

from newscrawl.extraction.features import (
    DISPUTED,
    NAMES,
    SENTENCE_END,
    Matrix,
    Places,
    disputed,
    features,
    found_in,
)
from newscrawl.page import Block, Node, Page

GUARD = 0.6
"""Share of trafilatura's words that a choice must have where its text cannot be found among the blocks."""
_BETWEEN = 12
"""Lines that a list between two paragraphs has at most."""
_UNSURE = 0.2
"""Where no block is likelier than this to be the article's, the page has none."""


@dataclass(slots=True, frozen=True)
class Weights:
    """What was learned: one number for each feature."""

    blocks: Matrix
    disputed: Matrix


@dataclass(slots=True, frozen=True)
class Choice:
    """The blocks of the article, or lines where its text stands in no blocks."""

    blocks: Sequence[Block]
    guarded: str = ""
    """Why trafilatura's reading was taken over or added; empty where it was not."""
    lines: Sequence[str] = ()
    """trafilatura's own, where it stands as it is."""


@cache
def learned() -> Weights:
    """The weights in `data/learned.json`."""
    file = resources.files("newscrawl.extraction").joinpath("data", "learned.json")
    table = json.loads(file.read_text(encoding="utf-8"))
    return Weights(
        np.array([table["blocks"].get(name, 0.0) for name in NAMES]),
        np.array([table["disputed"].get(name, 0.0) for name in DISPUTED]),
    )


def choose(page: Page, reading: str, stated: str = "", weights: Weights | None = None) -> Choice:
    """Choose the article's blocks.

    Args:
        page: the page, its headline chosen.
        reading: trafilatura's text, a paragraph a line; empty where it found none.
        stated: the text that JSON-LD states, a paragraph a line.
        weights: default: the learned ones.
    """
    weights = weights or learned()
    lines = [line.strip() for line in reading.split("\n") if line.strip()]
    if not page.blocks:
        return Choice((), "no block on the page" if lines else "", lines)
    at = Places(page, found_in(page, reading), found_in(page, stated))
    rows = features(at)
    chances = chance(rows @ weights.blocks)
    taken = best_set(chances, at.words)
    more = disputed(at, rows, chances, taken)
    guarded = ""
    if more is not None and more @ weights.disputed > 0:
        taken = np.maximum(taken, np.array(at.read, dtype=np.float64))
        guarded = "trafilatura read more, and nothing speaks against it"
    chosen = _with_subheadings(page, [block for block, one in zip(page.blocks, taken, strict=True) if one])
    if _misses(at, chosen, lines):
        return Choice((), "most of trafilatura's text stands in no block", lines)
    return Choice(chosen if chances.max() >= _UNSURE or guarded else (), guarded)


def chance(score: Matrix) -> Matrix:
    """The logistic function."""
    found: Matrix = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return found


def best_set(chances: Matrix, words: Matrix) -> Matrix:
    """The set of blocks with the best expected F1 in words: 1.0 for each block in it.

    By decreasing chance, blocks are added while the expected F1 rises: a page on which nothing is sure gets
    a lower bar than one whose paragraphs are plain.
    """
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum((words * chances)[order])
    expected = 2 * hits / (np.cumsum(words[order]) + hits[-1] + 1e-9)
    taken = np.zeros(len(words))
    taken[order[: int(expected.argmax()) + 1]] = 1.0
    return taken


def _with_subheadings(page: Page, chosen: Sequence[Block]) -> list[Block]:
    """The chosen blocks with the sub-headings and lists between two of them, in the same element."""
    found = list(chosen[:1])
    for before, behind in pairwise(chosen):
        homes = {before.node.parent, behind.node.parent}
        between = page.blocks[before.index + 1 : behind.index]
        if len(between) <= _BETWEEN and not any(one.linked for one in between):
            found += [one for one in between if _home(one) in homes]
        found.append(behind)
    while len(found) > 1 and found[-1].level and not found[-1].text.endswith(SENTENCE_END):
        found.pop()  # nothing of the article follows it
    return found


def _home(block: Block) -> Node | None:
    """The element that holds a sub-heading or the list of an item; None for other blocks."""
    if block.level:
        return block.node.parent
    return block.node.parent.parent if block.node.tag == "li" and block.node.parent else None


def _misses(at: Places, chosen: Sequence[Block], lines: Sequence[str]) -> bool:
    """Whether most of trafilatura's text was not found among the blocks, and the choice is far smaller."""
    words = sum(len(line.split()) for line in lines)
    found = sum(block.words for block, read in zip(at.blocks, at.read, strict=True) if read)
    return found < words / 2 and sum(block.words for block in chosen) < GUARD * words
