"""Which words of two texts stand for each other, in order; in a time that no text makes long.

difflib finds the longest run of words that both texts have, then the same on either side of it, which is what
people call the difference. Its time grows with the pairs of like words; where these are too many (a text of
more than some 4,000 words, or one that repeats itself), words that each text has once hold the texts together
first (B. Cohen's "patience" diff), and difflib looks between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

PAIRS = 50_000
"""Pairs of like words that difflib is given, at most: news texts of 4,000 words have about so many."""
ROUNDS = 4
"""How often what lies between words that stand once is looked at for such words again."""

Block = tuple[int, int, int]
"""Where a run of words begins in the one text, where in the other, and how many words it has."""
Span = tuple[int, int, int, int]
"""From and to in the one text, from and to in the other."""


def same_runs(before: Sequence[str], now: Sequence[str]) -> list[Block]:
    """The runs of words that two texts have in common, in the order of both; none touches the next.

    >>> same_runs("قال الوزير أمس إن".split(), "قال الوزير اليوم إن".split())
    [(0, 0, 2), (3, 3, 1)]
    """
    found: list[Block] = []
    for a, b, size in _runs(before, now, (0, len(before), 0, len(now)), ROUNDS):
        if found and found[-1][0] + found[-1][2] == a and found[-1][1] + found[-1][2] == b:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + size)
        else:
            found.append((a, b, size))
    return found


def _runs(before: Sequence[str], now: Sequence[str], span: Span, rounds: int) -> Iterator[Block]:
    a, b, c, d = span
    head = _same_from(before, now, span)
    if head:
        yield a, c, head
    a, c = a + head, c + head
    tail = _same_to(before, now, (a, b, c, d))
    yield from _between(before, now, (a, b - tail, c, d - tail), rounds)
    if tail:
        yield b - tail, d - tail, tail


def _same_from(before: Sequence[str], now: Sequence[str], span: Span) -> int:
    a, b, c, d = span
    size = 0
    while a + size < b and c + size < d and before[a + size] == now[c + size]:
        size += 1
    return size


def _same_to(before: Sequence[str], now: Sequence[str], span: Span) -> int:
    a, b, c, d = span
    size = 0
    while a < b - size and c < d - size and before[b - size - 1] == now[d - size - 1]:
        size += 1
    return size


def _between(before: Sequence[str], now: Sequence[str], span: Span, rounds: int) -> Iterator[Block]:
    """The common runs of two stretches that begin and end otherwise; none where looking would take long."""
    a, b, c, d = span
    if a == b or c == d:
        return
    was, becomes = Counter(before[a:b]), Counter(now[c:d])
    if sum(times * becomes[word] for word, times in was.items()) <= PAIRS:
        matcher = SequenceMatcher(None, before[a:b], now[c:d], autojunk=False)
        yield from ((a + i, c + j, size) for i, j, size in matcher.get_matching_blocks() if size)
        return
    if not rounds:
        return
    once = {word for word, times in was.items() if times == 1 == becomes[word]}
    for i, j in [*_in_both_orders(before, now, span, once), (b, d)]:
        yield from _runs(before, now, (a, i, c, j), rounds - 1)
        if (i, j) != (b, d):
            yield i, j, 1
        a, c = i + 1, j + 1


def _in_both_orders(
    before: Sequence[str], now: Sequence[str], span: Span, once: set[str]
) -> list[tuple[int, int]]:
    """The most of these words that stand in one order in both texts: the longest rising chain of places."""
    a, b, c, d = span
    places = {now[at]: at for at in range(c, d) if now[at] in once}
    # Of the chains of each length, where the one that ends first does, and with which pair.
    ends: list[int] = []
    tops: list[tuple[int, int]] = []
    below: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in ((at, places[before[at]]) for at in range(a, b) if before[at] in once):
        length = bisect_left(ends, pair[1])
        below[pair] = tops[length - 1] if length else None
        if length == len(ends):
            ends.append(pair[1])
            tops.append(pair)
        else:
            ends[length], tops[length] = pair[1], pair
    chain, last = [], tops[-1] if tops else None
    while last is not None:
        chain.append(last)
        last = below[last]
    return chain[::-1]
