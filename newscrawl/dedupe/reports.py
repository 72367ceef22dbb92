"""How alike articles are as reports of one event: their terms packed, weighed together, and compared.

The terms of thousands of articles are numbers in rows (numpy); what they mean is in stories.py beside this
file. CPU work, for a worker: it knows no store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from struct import Struct
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newscrawl.arabic.tokens import CACHED_WORDS
from newscrawl.dedupe.stories import ALIKE, DAYS_APART, DAYS_COUNTED, FADES, KEPT, SAME_OUTLET, terms_of

DAY = 86_400
"""Seconds."""
ROWS = 64
"""Articles that are compared at once with all others."""
_PACKED = np.dtype([("term", "<u4"), ("said", "u1")])
_ROW = Struct("<IB")
_MOST = 255

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reports:
    """Articles as stories see them, in step.

    Attributes:
        numbers: the articles'.
        at: when each was published, in seconds since 1970.
        outlets: whose each is.
        lengths: how many terms each has …
        terms: … and these, one article's behind the other's (`packed`).
        wanted: numbers of those to be compared with all; the others are compared with these alone.
    """

    numbers: Sequence[int]
    at: Sequence[int]
    outlets: Sequence[str]
    lengths: Sequence[int]
    terms: bytes = field(repr=False)
    wanted: Collection[int]


class Alike(NamedTuple):
    """Two articles that are taken for reports of one event; the smaller number first."""

    one: int
    other: int
    likeness: float


def packed(terms: Mapping[str, int]) -> bytes:
    """Terms as they are kept: 5 bytes each, in the order of their numbers."""
    rows = sorted((_number(term), min(said, _MOST)) for term, said in terms.items())
    return b"".join(_ROW.pack(*row) for row in rows)


@lru_cache(maxsize=CACHED_WORDS)
def _number(term: str) -> int:
    return crc32(term.encode())


def length(terms: bytes) -> int:
    """How many terms were packed."""
    return len(terms) // _PACKED.itemsize


def terms_in(texts: Sequence[tuple[str, str]]) -> list[bytes]:
    """The packed terms of articles, by their titles and the beginnings of their bodies."""
    return [packed(terms_of(title, lead)) for title, lead in texts]


def compare(batches: Sequence[Reports]) -> list[list[Alike] | None]:
    """Compare articles; the pairs that are alike in each batch."""
    return [alike(batch) for batch in batches]


def alike(reports: Reports, bar: float = ALIKE) -> list[Alike]:
    """The pairs that are alike; the order of the articles makes no difference.

    Words are counted in the articles that are given: they should reach `DAYS_COUNTED` days beyond those that
    any of the wanted ones may be alike with.
    """
    if not reports.numbers:
        return []
    at, numbers = np.array(reports.at, np.int64), np.array(reports.numbers, np.int64)
    outlets = np.unique(np.array(reports.outlets), return_inverse=True)[1]
    wanted = np.isin(numbers, np.array(list(reports.wanted), np.int64))
    found: dict[tuple[int, int], float] = {}
    for ours, theirs, shared in _shared(_weighed(reports, at), wanted, bar):
        apart = np.abs(at[ours] - at[theirs]) / DAY
        like = shared * np.exp(-apart / FADES) * np.where(outlets[ours] == outlets[theirs], SAME_OUTLET, 1.0)
        taken = (like >= bar) & (apart < DAYS_APART) & (ours != theirs)
        low, high = np.minimum(numbers[ours], numbers[theirs]), np.maximum(numbers[ours], numbers[theirs])
        pairs = zip(low[taken].tolist(), high[taken].tolist(), strict=True)
        found.update(zip(pairs, like[taken].tolist(), strict=True))
    return [Alike(*pair, like) for pair, like in sorted(found.items())]


class _Shared(NamedTuple):
    """What pairs of articles share: their places among all, and how much it is."""

    ours: NDArray[Any]
    theirs: NDArray[Any]
    much: NDArray[Any]


class _Weighed(NamedTuple):
    """The terms of all articles that weigh anything, article by article."""

    rows: Integers
    terms: Integers
    weights: Floats
    articles: int


def _weighed(reports: Reports, at: Integers) -> _Weighed:
    """Terms with their weights; of each article, the squares of all of them are 1 together.

    What few of the articles of the days around have weighs most, and what all have, nothing. Of a long list
    those of most weight are left.
    """
    kept = np.frombuffer(reports.terms, _PACKED)
    terms: Integers = np.unique(kept["term"], return_inverse=True)[1].astype(np.int64)
    many, lengths = len(at), np.array(reports.lengths, np.int64)
    rows = np.repeat(np.arange(many), lengths)
    days, day = np.unique(at // DAY, return_inverse=True)
    among, articles = _around(days, day, rows, terms)
    rare = np.log(articles[day[rows]] / (among[day[rows], terms] + 0.5))
    weights = np.log1p(kept["said"] / 2) * rare
    least = _least(rows, weights, lengths)
    left = (weights > 0) & (weights >= least[rows])
    rows, terms, weights = rows[left], terms[left], weights[left]
    squares = np.bincount(rows, weights * weights, minlength=many)
    return _Weighed(rows, terms, weights / np.sqrt(squares[rows]), many)


def _around(days: Integers, day: Integers, rows: Integers, terms: Integers) -> tuple[Integers, Integers]:
    """Of the days around each day: how many articles have each term, and how many articles there are."""
    every = int(terms.max(initial=0)) + 1
    counts = np.bincount(day[rows] * every + terms, minlength=len(days) * every).reshape(len(days), every)
    articles = np.bincount(day, minlength=len(days))
    near = (np.abs(days[:, None] - days[None, :]) <= DAYS_COUNTED).astype(np.int64)
    return np.stack([counts[some > 0].sum(axis=0) for some in near]), near @ articles


def _least(rows: Integers, weights: Floats, lengths: Integers) -> Floats:
    """Of each article the weight that the last of those has that are kept."""
    most = int(lengths.max(initial=0))
    if most <= KEPT:
        return np.zeros(len(lengths))
    table = np.full((len(lengths), most), -np.inf)
    table[rows, np.arange(len(rows)) - (np.cumsum(lengths) - lengths)[rows]] = weights
    return np.partition(table, most - KEPT, axis=1)[:, most - KEPT]


def _shared(some: _Weighed, wanted: NDArray[np.bool_], bar: float) -> Iterator[_Shared]:
    """What wanted articles share with any, where it is enough, a few of them at a time."""
    by_term = np.argsort(some.terms, kind="stable")
    rows, weights = some.rows[by_term], some.weights[by_term]
    holders = np.bincount(some.terms, minlength=1)
    begins = np.cumsum(holders) - holders
    ours = np.flatnonzero(wanted)
    first, behind = np.searchsorted(some.rows, ours), np.searchsorted(some.rows, ours, side="right")
    for at in range(0, len(ours), ROWS):
        its = [np.arange(*span) for span in zip(first[at : at + ROWS], behind[at : at + ROWS], strict=True)]
        mine = np.repeat(np.arange(len(its)), [len(one) for one in its])
        entries = np.concatenate(its)
        counts = holders[some.terms[entries]]
        start = np.repeat(begins[some.terms[entries]] - (np.cumsum(counts) - counts), counts)
        theirs = start + np.arange(len(start))
        key = np.repeat(mine, counts) * some.articles + rows[theirs]
        product = np.repeat(some.weights[entries], counts) * weights[theirs]
        shared = np.bincount(key, product, minlength=1)
        enough = np.flatnonzero(shared >= bar)
        yield _Shared(ours[at + enough // some.articles], enough % some.articles, shared[enough])
