"""Articles put together by pairs that are alike, so that no chain of pairs leads from one thing to another.

Two parts become one only where a share of all pairs between them are alike (average linkage, R. Sokal and
C. Michener, 1958), those that are most alike first. The order that anything is given in makes no difference.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import inf

Pair = tuple[str, str]


def linked(
    ids: Collection[str],
    links: Mapping[Pair, float],
    share: float,
    *,
    same: float = inf,
    compared: float = inf,
) -> list[list[str]]:
    """The parts of two articles and more, each in order of ids.

    Args:
        ids: of the articles.
        links: how alike those are that are, each pair once, either way round.
        share: of the pairs between two parts that must be alike, for these to become one.
        same: how alike two articles are that are of one part from the start.
        compared: others that an article was compared with, at most: of a larger part no more can be alike.

    >>> linked("abc", {("a", "b"): 0.9, ("b", "c"): 0.5}, share=0.6)
    [['a', 'b']]
    """
    parts = _Parts(ids, share, compared)
    in_order = sorted((min(pair), max(pair), like) for pair, like in links.items())
    parts.join((one, other) for one, other, like in in_order if like >= same)
    parts.link(in_order)
    while pair := parts.nearest():
        parts.merge(*pair)
    return sorted(sorted(part) for part in parts.members.values() if len(part) > 1)


class _Parts:
    """Parts, each by the smallest id of its members."""

    def __init__(self, ids: Collection[str], share: float, compared: float) -> None:
        self.members = {id: [id] for id in ids}
        self._share, self._compared = share, compared
        self._part = {id: id for id in ids}
        """The part of each article, until the first parts are merged."""
        self._known: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        """Between two parts: how many pairs are alike, and how much they are together."""
        self._heap: list[tuple[float, str, str, int]] = []

    def join(self, pairs: Iterable[Pair]) -> None:
        """Make one part of all that pairs hold together."""
        for one, other in pairs:
            first, second = sorted((self._part[one], self._part[other]))
            if first != second:
                for id in self.members[second]:
                    self._part[id] = first
                self.members[first] += self.members.pop(second)

    def link(self, links: Iterable[tuple[str, str, float]]) -> None:
        """Count what is alike between parts."""
        for one, other, like in links:
            first, second = self._part[one], self._part[other]
            if first != second:
                self._add(first, second, 1, like)
        for first in list(self._known):
            self._note(first, [second for second in self._known[first] if first < second])

    def nearest(self) -> Pair | None:
        """The two parts that are most alike and may become one; None: there are none."""
        while self._heap:
            _, first, second, size = heapq.heappop(self._heap)
            both = first in self.members and second in self.members
            if both and size == len(self.members[first]) + len(self.members[second]):
                return first, second
        return None

    def merge(self, first: str, second: str) -> None:
        """Make one part of two; `first` is the smaller one."""
        self.members[first] += self.members.pop(second)
        self._known[first].pop(second)
        for other, (count, alike) in sorted(self._known.pop(second).items()):
            if other != first:
                self._known[other].pop(second)
                self._add(first, other, count, alike)
        self._note(first, self._known[first])

    def _add(self, first: str, second: str, count: int, alike: float) -> None:
        known = self._known[first].get(second, (0, 0.0))
        self._known[first][second] = self._known[second][first] = known[0] + count, known[1] + alike

    def _note(self, first: str, others: Iterable[str]) -> None:
        for other in others:
            count, alike = self._known[first][other]
            sizes = len(self.members[first]), len(self.members[other])
            pairs = min(sizes[0] * sizes[1], self._compared * min(sizes))
            if count >= self._share * pairs:
                one, two = sorted((first, other))
                heapq.heappush(self._heap, (-alike / pairs, one, two, sum(sizes)))
