"""What tells whether a block belongs to the article: numbers between about -1 and 1, in no language.

`learned.json` weighs them; `scripts/learn_choice.py` learns the weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.arabic.letters import INVISIBLE, letters_by_line
from newscrawl.page import Node, Page, furniture_of

Matrix = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]

_ROLES = (
    "text", "byline", "date", "section", "standfirst", "caption", "meta", "related", "comments", "share",
    "advertisement", "menu", "sidebar", "carousel", "footer", "header", "newsletter", "consent", "popup",
    "bio", "embed", "form",
)  # fmt: skip
_TAGS = ("p", "div", "li", "td", "blockquote", "figcaption")
_TAG_PLACE = {tag: place for place, tag in enumerate(_TAGS)}
_TAG_ROWS: Matrix = np.eye(len(_TAGS) + 1)[:, :-1]
SENTENCE_END = tuple('.!?؟…:؛»”"。')
_UNSEEN = f"{INVISIBLE} "  # marks of direction, which editors leave behind a full stop
_MARKS = ".,،؛;:"
_DIGIT = re.compile(r"\d")
_SHORT_LETTERS = 25
"""Letters of a block that is found in a reading only as a line of its own."""

NAMES: tuple[str, ...] = (
    "bias", "read", "run", "run distance before", "few words", "one to three words", "linked", "all linked",
    "sentence", "heading", "top heading", "above headline", "headline", "near headline", "no headline",
    "home", "home share", "parent share", "parent linked", "parent words", "grand linked", "hidden",
    "repeated", "stated", "digits", "marks", "linked before", "linked behind", "read in parent", "furniture",
    "late", "after last read", "before first read",
    *(f"tag {tag}" for tag in _TAGS),
    *(f"role {role}" for role in _ROLES),
)  # fmt: skip
_OWN = NAMES[: -len(_TAGS) - len(_ROLES)]
_COUNTS = [_OWN.index("run distance before"), _OWN.index("parent words")]
"""The columns that are counts until they are all set on one scale."""
_MANY = 1e9


def found_in(page: Page, text: str) -> list[bool]:
    """Which blocks a reader has taken: their letters stand in its text, short ones as a line of their own."""
    if not text:
        return [False] * len(page.blocks)
    lines = letters_by_line(text)
    whole, apart = "".join(lines), set(lines)
    return [
        bool(key) and (key in apart or (len(key) >= _SHORT_LETTERS and key in whole)) for key in page.letters
    ]


@lru_cache(maxsize=4096)
def _row_of(roles: frozenset[str]) -> tuple[float, ...]:
    return furniture_of(roles), *(float(role in roles) for role in _ROLES)


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
        self.linked: Matrix = np.array([block.linked for block in page.blocks], dtype=np.float64)
        self.taken: Matrix = np.array(read, dtype=np.float64)
        self.linked_share: Matrix = self.linked / np.maximum(1, self.words)
        self.sums: Matrix = np.zeros((3, len(page.blocks) + 1))
        """Of the first 0, 1, 2 … blocks: the words, those in links, those taken."""
        np.cumsum([self.words, self.linked, self.words * self.taken], axis=1, out=self.sums[:, 1:])
        self.run = page.run
        self.parents = [block.node.parent for block in page.blocks]

    @cached_property
    def homes(self) -> Counter[Node | None]:
        """Node → words of the run that stand directly in it or its children."""
        found: Counter[Node | None] = Counter()
        for index in self.run:
            block = self.blocks[index]
            found[block.node] += block.words
            found[block.node.parent] += block.words
        return found

    @cached_property
    def roles(self) -> Matrix:
        """How surely each block's place is furniture, then its roles, a column each."""
        of_blocks = [self.page.roles(block) for block in self.blocks]
        place = {roles: index for index, roles in enumerate(dict.fromkeys(of_blocks))}
        table = np.array([_row_of(roles) for roles in place])
        return table[[place[roles] for roles in of_blocks]]


def features(places: Places) -> Matrix:
    """One row for each block, one column for each of `NAMES`."""
    if not places.blocks:
        return np.zeros((0, len(NAMES)))
    columns: Columns = {
        "bias": np.ones(len(places.blocks)),
        **_of_reading(places),
        **_of_line(places),
        **_of_headline(places),
        **_of_elements(places),
    }
    own = np.concatenate([columns[name] for name in _OWN]).reshape(len(_OWN), -1).T
    own[:, _COUNTS] = _log(own[:, _COUNTS])
    tags = _TAG_ROWS[[_TAG_PLACE.get(block.node.tag, -1) for block in places.blocks]]
    return np.hstack([own, tags, places.roles[:, 1:]])


def _of_reading(at: Places) -> Columns:
    """What the readers have taken, and where the run of running text lies."""
    places = np.arange(len(at.blocks), dtype=np.float64)
    taken = np.flatnonzero(at.taken)
    first, last = (taken[0], taken[-1]) if len(taken) else (0, len(at.blocks))
    return {
        "read": at.taken,
        "run": (places >= at.run.start) & (places < at.run.stop),
        "run distance before": at.run.start - places,
        "stated": np.array(at.stated),
        "late": places / len(at.blocks),
        "after last read": places > last,
        "before first read": places < first,
    }


def _of_line(at: Places) -> Columns:
    """What a line is by itself, and how far its neighbours are links."""
    texts = [block.text for block in at.blocks]
    levels = np.array([block.level for block in at.blocks])
    copies = Counter(texts)
    digits = np.array([block.words < 12 and bool(_DIGIT.search(block.text)) for block in at.blocks])
    marks = np.array([sum(map(text.count, _MARKS)) for text in texts])
    return {
        "few words": at.words < 9,
        "one to three words": at.words < 4,
        "linked": at.linked_share,
        "linked before": np.concatenate([[0.0], at.linked_share[:-1]]),
        "linked behind": np.concatenate([at.linked_share[1:], [0.0]]),
        "all linked": at.linked >= at.words,
        "sentence": np.array([text.rstrip(_UNSEEN).endswith(SENTENCE_END) for text in texts]),
        "heading": levels > 0,
        "top heading": (levels > 0) & (levels < 3),
        "hidden": np.array([block.hidden for block in at.blocks]),
        "repeated": np.array([copies[text] > 1 for text in texts]),
        "digits": digits,
        "marks": np.minimum(1.0, marks / 4),
    }


def _of_headline(at: Places) -> Columns:
    """Where a line stands to the headline."""
    headline = at.page.headline
    at_headline = float(headline.index) if headline else np.nan
    behind = np.arange(len(at.blocks), dtype=np.float64) - at_headline
    return {
        "above headline": behind < 0,
        "headline": behind == 0,
        "near headline": np.where(behind > 0, 1 - _log(behind), 0.0),
        "no headline": np.full(len(behind), float(headline is None)),
    }


def _of_elements(at: Places) -> Columns:
    """What the elements around a line hold."""
    words, linked, read = _held(at, at.parents)
    _, grand_linked, _ = _held(at, [node.parent if node else None for node in at.parents])
    inside = np.array([node is not None for node in at.parents])
    pairs = zip(at.blocks, at.parents, strict=True)
    home = np.array([max(at.homes.get(block.node, 0), at.homes.get(node, 0)) for block, node in pairs])
    return {
        "home": home > 0,
        "home share": home / max(at.homes.values(), default=1),
        "parent share": np.where(inside, at.words / np.maximum(1, words), 1.0),
        "parent linked": linked,
        "parent words": np.where(inside, words, _MANY),
        "grand linked": grand_linked,
        "read in parent": read,
        "furniture": at.roles[:, 0],
    }


def _held(at: Places, nodes: Sequence[Node | None]) -> tuple[Matrix, Matrix, Matrix]:
    """Of the element around each block: its words, the share in links, the share that the reader has taken.

    All 0.0 where there is no element.
    """
    starts = np.array([node.start if node else 0 for node in nodes])
    ends = np.array([node.end if node else 0 for node in nodes])
    words, linked, read = at.sums[:, ends] - at.sums[:, starts]
    some = np.maximum(1, words)
    return words, linked / some, read / some


def _sums(column: Matrix) -> Matrix:
    """Sums of the first 0, 1, 2 … values."""
    return np.concatenate([[0.0], np.cumsum(column)])


def _log(count: Matrix) -> Matrix:
    """Counts, of which small ones differ more than large ones; 0.0 … 1.0."""
    found: Matrix = np.minimum(1.0, np.log1p(np.maximum(0, count)) / 5)
    return found


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
    more = words * at.taken * (1 - taken)
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
            (words * taken * at.taken).sum() / max(1.0, own),
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
    around = [node or block.node for block, node in zip(at.blocks, at.parents, strict=True)]
    starts, ends = (np.array([getattr(node, edge) for node in around]) for edge in ("start", "end"))
    words, chosen = (sums[ends] - sums[starts] for sums in (_sums(at.words), _sums(chosen)))
    share: Matrix = chosen / np.maximum(1, words)
    return share
