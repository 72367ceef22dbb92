"""A text as its shingles: the words in a row that it holds, as numbers that can be compared and looked up.

Every three words in a row, normalised, are one shingle. Two texts are compared by all their shingles, which
is exact but for chance (64 bits). To find which texts to compare, a sample of them is looked up: the same for
every text that holds them, since the numbers themselves decide (A. Broder, "On the resemblance and
containment of documents", 1997: the smallest ones, and those under a fixed share of all). So a third of a
long report finds the report, which a sketch of as many numbers for every text (MinHash) would not.

CPU work, for a worker: it knows no store.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from newscrawl.arabic.tokens import CACHED_WORDS, forms, words

WORDS = 3
"""Words in a shingle."""
RATE = 12
"""Of so many shingles one is looked up …"""
LEAST = 16
"""… or so many of a short text, if it has them …"""
MOST = 256
"""… and no more of a long one."""

Numbers = NDArray[np.uint64]

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers without a pattern (those of splitmix64 and xxHash), so that the order of words counts."""


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text's shingles.

    Attributes:
        all: each once, in order of size; uint64.
        sample: those that are looked up, as numbers of 32 bits with sign.
        row: each in its place in the text.
    """

    all: Numbers
    sample: tuple[int, ...]
    row: Numbers


def exact_words(text: str) -> list[str]:
    """The words of a text, normalised, in order."""
    return [exact for exact, _ in map(forms, words(text)) if exact]


def shingled(text: str) -> Shingled:
    """The shingles of a text; a text of one or two words is one shingle.

    >>> one, other = shingled("قال الوزير إن الأسعار ثابتة"), shingled("قال الوزير ان الاسعار ارتفعت")
    >>> len(one.all), in_common(one, other)
    (3, 2)
    """
    return of_words(exact_words(text))


def of_words(found: list[str]) -> Shingled:
    """The shingles of words that are normalised."""
    numbers = np.fromiter(map(_number, found), np.uint64, len(found))
    if not len(numbers):
        return Shingled(numbers, (), numbers)
    count = max(len(numbers) - WORDS + 1, 1)
    mixed = np.zeros(count, np.uint64)
    for place, factor in enumerate(_FACTORS[: min(WORDS, len(numbers))]):
        mixed += numbers[place : place + count] * factor
    row = _mix(mixed)
    ordered = np.sort(row)
    unique = ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    return Shingled(unique, _sample(unique), row)


def in_common(one: Shingled, other: Shingled) -> int:
    """How many shingles two texts have in common."""
    return int(np.count_nonzero(among(one.all, other.all)))


def among(some: Numbers, ordered: Numbers) -> NDArray[np.bool_]:
    """Which of some numbers are among others, which stand in order of size.

    It is `np.isin` for these, which would sort all of them first.
    """
    if not len(ordered):
        return np.zeros(len(some), np.bool_)
    places = np.searchsorted(ordered, some)
    found: NDArray[np.bool_] = ordered[np.minimum(places, len(ordered) - 1)] == some
    return found


def _sample(ordered: Numbers) -> tuple[int, ...]:
    """The smallest shingles; their lower halves, for the upper ones are all alike small."""
    few = int(np.searchsorted(ordered, np.uint64(2**64 // RATE)))
    taken = ordered[: min(max(few, LEAST), MOST)]
    return tuple(taken.astype(np.uint32).view(np.int32).tolist())


def _mix(numbers: Numbers) -> Numbers:
    """The end of splitmix64 (S. Vigna): each bit depends on all bits."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@lru_cache(maxsize=CACHED_WORDS)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
