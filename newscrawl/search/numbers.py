"""Sets of articles by their numbers, counted and joined without a loop over their members.

A set is a long integer with a byte for each article of the archive, 1 where the article is in it: `&` and `|`
join sets, `+` counts for each article in how many it is, all in one step. (Numbers are
given out one after the other, so there are hardly more bytes than articles.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

Numbers = int
"""A set of articles."""
NONE: Numbers = 0

MOST_SETS = 255
"""Sets that can be added: a byte counts no further."""


def gathered(numbers: Sequence[int]) -> Numbers:
    """The set of these numbers."""
    flags = bytearray(max(numbers, default=-1) + 1)
    for number in numbers:
        flags[number] = 1
    return int.from_bytes(flags, "little")


def members(numbers: Numbers) -> list[int]:
    """The numbers in a set, in order."""
    flags = as_bytes(numbers)
    return list(compress(range(len(flags)), flags))


def size(numbers: Numbers) -> int:
    """How many are in a set."""
    return numbers.bit_count()


def union(sets: Iterable[Numbers]) -> Numbers:
    """Those that are in any of the sets."""
    found = NONE
    for one in sets:
        found |= one
    return found


def less(numbers: Numbers, others: Numbers) -> Numbers:
    """Those that are not among the others."""
    return numbers ^ (numbers & others)


def in_some(sets: Sequence[Numbers], least: int, most: int) -> Numbers:
    """Those that are in so many of the sets, both bounds included."""
    table = bytes(least <= count <= most for count in range(MOST_SETS + 1))
    return int.from_bytes(as_bytes(sum(sets)).translate(table), "little")


def as_bytes(numbers: Numbers) -> bytes:
    """A set as the bytes that `has` looks at, made once to be asked often."""
    return numbers.to_bytes((numbers.bit_length() + 7) // 8, "little")


def has(flags: bytes, number: int) -> bool:
    """Whether a number is in a set."""
    return number < len(flags) and flags[number] == 1
