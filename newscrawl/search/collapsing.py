"""Of each cluster one hit: the first by rank, or the newest, of its articles that a query finds.

For the embedded index. Which articles share a cluster is read once for a search, from an index that has none
of the others: four bytes for each number that the archive has given out.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from newscrawl.search.numbers import Numbers, gathered, less, members, size
from newscrawl.store.schema import articles

_CLUSTERS = (
    sa.select(sa.func.group_concat(articles.c.number))
    .where(articles.c.cluster_size > sa.literal_column("1"))
    .group_by(articles.c.cluster_id)
)


class Each:
    """Every article is a hit."""

    collapsed = False

    def count(self, numbers: Numbers) -> int:
        """How many hits a set of articles is."""
        return size(numbers)

    def kin(self, numbers: Numbers) -> Numbers:
        """All that would be the same hits as these articles, themselves included."""
        return numbers

    def first(self, numbers: Iterable[int]) -> Iterator[int]:
        """Of articles in an order, the first for each hit."""
        return iter(numbers)


class EachCluster(Each):
    """Every cluster is a hit; an article that is in none, or was not compared yet, is its own."""

    collapsed = True

    def __init__(self, connection: sa.Connection) -> None:
        """Read which articles share a cluster."""
        newest = connection.execute(sa.select(sa.func.max(articles.c.number))).scalar() or 0
        self._cluster = array("I", bytes(4 * (newest + 1)))
        """By article's number: its cluster's, counted here; 0 for none."""
        for place, numbers in enumerate(connection.execute(_CLUSTERS).scalars(), 1):
            for number in numbers.split(","):
                self._cluster[int(number)] = place
        self._shared = int.from_bytes(bytes(map(bool, self._cluster)), "little")

    def count(self, numbers: Numbers) -> int:
        """How many hits a set of articles is."""
        return size(less(numbers, self._shared)) + len(self._clusters(numbers))

    def kin(self, numbers: Numbers) -> Numbers:
        """All that would be the same hits as these articles, themselves included."""
        clusters = self._clusters(numbers)
        if not clusters:
            return numbers
        return numbers | gathered([one for one in members(self._shared) if self._cluster[one] in clusters])

    def first(self, numbers: Iterable[int]) -> Iterator[int]:
        """Of articles in an order, the first for each hit."""
        seen = set()
        for number in numbers:
            cluster = self._cluster[number]
            if not cluster or cluster not in seen:
                seen.add(cluster)
                yield number

    def _clusters(self, numbers: Numbers) -> set[int]:
        return {self._cluster[one] for one in members(numbers & self._shared)}
