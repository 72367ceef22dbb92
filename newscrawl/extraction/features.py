"""What tells whether a block belongs to the article: numbers between about -1 and 1, in no language.

`learned.json` weighs them; `scripts/learn_choice.py` learns the weights.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from newscrawl.arabic.letters import letters
from newscrawl.page import Block, Node, Page

Matrix = NDArray[np.float64]

_ROLES = (
    "text", "byline", "date", "source", "section", "crumbs", "tags", "standfirst", "caption", "meta", "own",
    "related", "comments", "share", "advertisement", "menu", "sidebar", "carousel", "footer", "header",
    "newsletter", "consent", "popup", "bio", "embed", "paging", "form",
)  # fmt: skip
_TAGS = ("p", "div", "li", "td", "blockquote", "figcaption", "dd")
SENTENCE_END = tuple('.!?؟…:؛»”"。')
_MARK = re.compile(r"[.,،؛;:]")
_DIGIT = re.compile(r"\d")
_SHORT_LETTERS = 25
"""Letters of a block that is found in a reading only as a line of its own."""

NAMES: tuple[str, ...] = (
    "bias", "read", "read before", "read behind", "run", "run distance before", "run distance behind",
    "words", "few words", "one to three words", "linked", "all linked", "sentence", "heading", "top heading",
    "above headline", "headline", "near headline", "no headline", "home", "home share", "parent share",
    "parent linked", "parent words", "grand linked", "hidden", "repeated", "stated", "digits", "marks",
    "words before", "words behind", "linked before", "linked behind", "siblings alike", "read in parent",
    "read in grandparent", "furniture", "late", "after last read", "before first read",
    *(f"tag {tag}" for tag in _TAGS),
    *(f"role {role}" for role in _ROLES),
)  # fmt: skip


def found_in(blocks: Sequence[Block], text: str) -> list[bool]:
    """Which blocks a reader has taken: their letters stand in its text, short ones as a line of their own."""
    lines = {letters(line, None) for line in text.split("\n")}
    whole = letters(text, None)
    found = []
    for block in blocks:
        key = letters(block.text, None)
        found.append(bool(key) and (key in whole if len(key) >= _SHORT_LETTERS else key in lines))
    return found


class Places:
    """A page's blocks with what is counted once for all of them.

    Args:
        page: the page, its headline chosen.
        read: which blocks trafilatura has taken.
        stated: which blocks stand in the text that JSON-LD states.
    """

    def __init__(self, page: Page, read: Sequence[bool], stated: Sequence[bool]) -> None:
        self.page, self.read, self.stated = page, read, stated
        self.blocks = page.blocks
        self.words: Matrix = np.array([block.words for block in page.blocks], dtype=np.float64)
        self.run = page.run
        self.homes = self._homes()
        self.copies = Counter(block.text for block in self.blocks)
        self.alike = Counter((id(node.parent), node.tag, node.names) for node in page.nodes)
        self.read_words = _sums([block.words * taken for block, taken in zip(self.blocks, read, strict=True)])
        taken = [index for index, one in enumerate(read) if one]
        self.first, self.last = (taken[0], taken[-1]) if taken else (0, len(read))

    def _homes(self) -> Counter[Node]:
        """Node → words of the run that stand directly in it or its children."""
        found: Counter[Node] = Counter()
        for index in self.run:
            block = self.blocks[index]
            found[block.node] += block.words
            if block.node.parent is not None:
                found[block.node.parent] += block.words
        return found

    def read_share(self, node: Node | None) -> float:
        """Share of a node's words that the reader has taken."""
        if node is None:
            return 0.0
        words = self.page.words_in(node)
        return (self.read_words[node.end] - self.read_words[node.start]) / words if words else 0.0


def _sums(values: Sequence[float]) -> list[float]:
    found = [0.0]
    for value in values:
        found.append(found[-1] + value)
    return found


def features(places: Places) -> Matrix:
    """One row for each block, one column for each of `NAMES`."""
    most = max(places.homes.values(), default=1)
    rows = [_row(places, block, most) for block in places.blocks]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _row(at: Places, block: Block, most: int) -> list[float]:
    page, blocks, index = at.page, at.blocks, block.index
    before = blocks[index - 1] if index else None
    behind = blocks[index + 1] if index + 1 < len(blocks) else None
    parent, grand = block.node.parent, block.node.parent.parent if block.node.parent else None
    head = page.headline.index if page.headline else None
    roles = page.roles(block)
    home = max(at.homes.get(block.node, 0), at.homes.get(parent, 0) if parent else 0)
    return [
        1.0,
        float(at.read[index]),
        float(index > 0 and at.read[index - 1]),
        float(index + 1 < len(blocks) and at.read[index + 1]),
        float(index in at.run),
        _far(at.run.start - index),
        _far(index - at.run.stop + 1),
        _log(block.words),
        float(block.words < 9),
        float(block.words < 4),
        block.linked_share,
        float(block.linked >= block.words),
        float(block.text.endswith(SENTENCE_END)),
        float(block.level > 0),
        float(0 < block.level < 3),
        float(head is not None and index < head),
        float(head is not None and index == head),
        0.0 if head is None or index <= head else 1 - _far(index - head),
        float(head is None),
        float(home > 0),
        home / most,
        _share(block.words, page, parent),
        _linked(page, parent),
        _log(page.words_in(parent)) if parent else 1.0,
        _linked(page, grand),
        float(block.hidden),
        float(at.copies[block.text] > 1),
        float(at.stated[index]),
        float(bool(_DIGIT.search(block.text)) and block.words < 12),
        min(1.0, len(_MARK.findall(block.text)) / 4),
        _log(before.words) if before else 0.0,
        _log(behind.words) if behind else 0.0,
        before.linked_share if before else 0.0,
        behind.linked_share if behind else 0.0,
        _far(at.alike[(id(parent), block.node.tag, block.node.names)] - 1),
        at.read_share(parent),
        at.read_share(grand),
        page.furniture(block),
        index / len(blocks),
        float(index > at.last),
        float(index < at.first),
        *_one_of(block.node.tag),
        *_those_of(roles),
    ]


@cache
def _one_of(tag: str) -> tuple[float, ...]:
    return tuple(float(tag == one) for one in _TAGS)


@lru_cache(maxsize=4096)
def _those_of(roles: frozenset[str]) -> tuple[float, ...]:
    return tuple(float(role in roles) for role in _ROLES)


@lru_cache(maxsize=1024)
def _log(words: int) -> float:
    return min(1.0, math.log1p(words) / 5)


@lru_cache(maxsize=1024)
def _far(blocks: int) -> float:
    return min(1.0, math.log1p(blocks) / 5) if blocks > 0 else 0.0


def _share(words: int, page: Page, node: Node | None) -> float:
    return words / max(1, page.words_in(node)) if node else 1.0


def _linked(page: Page, node: Node | None) -> float:
    return page.linked_in(node) / max(1, page.words_in(node)) if node else 0.0


def disputed(at: Places, rows: Matrix, chances: Matrix, taken: Matrix) -> Matrix | None:
    """What tells whether the text that trafilatura has read besides the chosen blocks is the article's too.

    Args:
        at: the page's blocks.
        rows: their features.
        chances: of each block, that it is the article's.
        taken: 1.0 for each chosen block, else 0.0.

    Returns:
        One number for each of `DISPUTED`; None where trafilatura has read nothing besides.
    """
    words = at.words
    more = words * np.array(at.read, dtype=np.float64) * (1 - taken)
    if more.sum() < _FEW:
        return None
    chosen = np.flatnonzero(taken)
    first, last = (chosen[0], chosen[-1]) if len(chosen) else (0, 0)
    places = np.arange(len(words))
    own = (words * taken).sum()
    share = {name: (more * rows[:, column]).sum() / more.sum() for name, column in _SHARED.items()}
    mean = (more * np.stack([chances, places > last, places < first, _beside(at, words * taken)])).sum(axis=1)
    return np.array(
        [
            1.0,
            np.log((more.sum() + 10) / (own + 10)) / 3,
            (words * taken * np.array(at.read)).sum() / max(1.0, own),
            np.log1p(own) / 7,
            *(mean / more.sum()),
            (more * (words >= 9)).sum() / more.sum(),
            (more * (chances > 0.3)).sum() / more.sum(),
            *share.values(),
        ]
    )


_SHARED = {
    name: NAMES.index(name)
    for name in ("repeated", "linked", "furniture", "sentence", "run", "read in parent")
}
DISPUTED: tuple[str, ...] = (
    "bias", "size", "agreement", "chosen words", "chance", "behind", "before", "beside the chosen",
    "long lines", "likely lines", *_SHARED,
)  # fmt: skip
_FEW = 10
"""Words besides the chosen that are not worth a dispute."""


def _beside(at: Places, chosen: Matrix) -> Matrix:
    """The share of chosen words in the element around each block's own."""
    sums = np.concatenate([[0.0], np.cumsum(chosen)])
    found = np.zeros(len(at.blocks))
    for block in at.blocks:
        node = block.node.parent or block.node
        found[block.index] = (sums[node.end] - sums[node.start]) / max(1, at.page.words_in(node))
    return found
