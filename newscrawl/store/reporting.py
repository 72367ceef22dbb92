"""Reports and stories as the rest of the program asks for them: each method is one short transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from newscrawl.dedupe.reports import Alike
from newscrawl.store import links, reports, stories
from newscrawl.store.links import Batch, Place
from newscrawl.store.reports import Unread
from newscrawl.store.stories import Told
from newscrawl.store.transactions import write


class Reporting:
    """Which articles report one event: those that wait to be looked at, and their stories."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def forget_all(self) -> None:
        """Have all articles looked at anew; see `reports.forget_all`."""
        with write(self._engine) as connection:
            reports.forget_all(connection)

    def read_to(self) -> int:
        """The version of the last change that was looked at."""
        with self._engine.connect() as connection:
            return reports.read_to(connection)

    def count(self, due: str = "") -> int:
        """How many articles wait to be looked at, or reports for what is `due`."""
        with self._engine.connect() as connection:
            return links.count_due(connection, due) if due else reports.count_unread(connection)

    def unread(self, after: int, limit: int) -> list[Unread]:
        """The next articles behind a version; see `reports.unread`."""
        with self._engine.connect() as connection:
            return reports.unread(connection, after, limit)

    def take(self, after: int, some: Sequence[Unread], terms: Mapping[int, bytes]) -> int | None:
        """Note what articles say that stand next behind a version (`reports.take`); copies follow.

        Returns:
            Of how many articles the story changed by it; None: someone else has taken them.
        """
        with write(self._engine) as connection:
            if not reports.move(connection, after, some[-1].version):
                return None
            changed = [one for one in some if one.seen != one.version]
            reports.take(connection, changed, terms)
            return stories.follow(connection, changed)

    def batch(self, after: Place) -> Batch | None:
        """The next reports to be compared; see `links.batch`."""
        with self._engine.connect() as connection, connection.begin():
            return links.batch(connection, after)

    def join(self, versions: Mapping[int, int], found: Iterable[Alike]) -> None:
        """Note which reports are alike; see `links.join`."""
        with write(self._engine) as connection:
            links.join(connection, versions, found)

    def tell(self, limit: int) -> Told:
        """Tell the stories of reports that wait for it; see `stories.tell`."""
        with write(self._engine) as connection:
            return stories.tell(connection, limit)
