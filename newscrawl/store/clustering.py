"""Clusters as the rest of the program asks for them: each method is one short transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from newscrawl.dedupe.comparing import Batch, Link, Sourced
from newscrawl.dedupe.copies import Likeness
from newscrawl.store import clusters, fingerprints, groups, unclustered
from newscrawl.store.clusters import Group, Pair
from newscrawl.store.describing import Done, describe
from newscrawl.store.transactions import write
from newscrawl.store.unclustered import Waiting


class Clustering:
    """The articles that wait to be compared, and the clusters that come of it; `Archive.clustering`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def queue_all(self) -> int:
        """Have all articles compared anew; see `unclustered.queue_all`."""
        with write(self._engine) as connection:
            return unclustered.queue_all(connection)

    def count(self, *, compared: bool | None = None) -> int:
        """How many articles wait; see `unclustered.count`."""
        with self._engine.connect() as connection:
            return unclustered.count(connection, compared=compared)

    def waiting(self, after: int, limit: int) -> list[Waiting]:
        """The next articles to be compared, by number."""
        with self._engine.connect() as connection:
            return unclustered.waiting(connection, after, limit)

    def take(self, samples: Mapping[int, bytes]) -> Batch:
        """Write what articles are found by, and hand out what comparing them needs; `fingerprints.take`."""
        with write(self._engine) as connection:
            return fingerprints.take(connection, samples)

    def join(self, versions: Mapping[int, int], batch: Batch, links: Sequence[Link]) -> None:
        """Note what was found alike; see `groups.join`."""
        with write(self._engine) as connection:
            groups.join(connection, versions, batch, links)

    def groups(self, limit: int, republishing: Collection[str]) -> list[Group]:
        """Groups whose clusters are to be described anew; see `clusters.read_groups`."""
        with self._engine.connect() as connection, connection.begin():
            some = clusters.waiting_groups(connection, limit)
            return clusters.read_groups(connection, some, republishing)

    def sourced(self, pairs: Iterable[Pair]) -> dict[int, Sourced]:
        """Outlet and body of all articles of some pairs, by number."""
        with self._engine.connect() as connection:
            return fingerprints.sourced(connection, {number for pair in pairs for number in pair})

    def describe(self, some: Sequence[Group], found: Mapping[Pair, Likeness | None]) -> Done:
        """Write down clusters; see `describing.describe`."""
        with write(self._engine) as connection:
            return describe(connection, some, found)
