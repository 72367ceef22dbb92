"""Articles put together by pairs that are alike, so that no chain of pairs leads from one thing to another.

Two parts become one only where a share of all pairs between them are alike (average linkage, R. Sokal and
C. Michener, 1958), those that are most alike first. The order that anything is given in makes no difference.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

Pair = tuple[str, str]


def linked(ids: Collection[str], links: Mapping[Pair, float], share: float) -> list[list[str]]:
    """The parts of two articles and more, each in order of ids.

    Args:
        ids: of the articles.
        links: how alike those are that are, each pair once, either way round.
        share: of the pairs between two parts that must be alike, for these to become one.

    >>> linked("abc", {("a", "b"): 0.9, ("b", "c"): 0.5}, share=0.6)
    [['a', 'b']]
    """
    parts = _Parts(ids, links, share)
    while pair := parts.nearest():
        parts.merge(*pair)
    return sorted(sorted(part) for part in parts.members.values() if len(part) > 1)


class _Parts:
    """Parts, each by the smallest id of its members."""

    def __init__(self, ids: Collection[str], links: Mapping[Pair, float], share: float) -> None:
        self.members = {id: [id] for id in ids}
        self._share = share
        self._known: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        """Between two parts: how many pairs are alike, and how much they are together."""
        self._heap: list[tuple[float, str, str, int]] = []
        for (one, other), like in sorted((tuple(sorted(pair)), like) for pair, like in links.items()):
            self._add(one, other, 1, like)
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
            size = len(self.members[first]) * len(self.members[other])
            if count >= self._share * size:
                one, two = sorted((first, other))
                sizes = len(self.members[first]) + len(self.members[other])
                heapq.heappush(self._heap, (-alike / size, one, two, sizes))
