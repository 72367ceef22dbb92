"""Rows and pages that were under way at a kill: taken alone next time, and left out after the second kill.

As in a crawl (`newscrawl.store.quarantine`): what was under way when a run was killed is suspect, and so are
the rows that were read and tagged ahead of their turn. The next run takes each of them while no other is
under way, so that a second kill accuses the row that did it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from newscrawl.article import Outcome
from newscrawl.steps.session import Session
from newscrawl.store import IngestRow as Row
from newscrawl.store import Suspect

T = TypeVar("T")


class Known(NamedTuple):
    """What an item is told by."""

    place: str
    """The file, and where in it."""
    content: bytes


class Suspects(Generic[T]):
    """The items of a file, or of many, that have killed, and those that are under way now.

    Args:
        session: with its run begun.
        outlet: of rows that name none.
        beginning: of all places.
        known: what an item is told by; None for one that nothing is done with.
        bad: makes what is kept of an item that rests; it is given the item and why.
    """

    def __init__(
        self,
        session: Session,
        outlet: str,
        beginning: str,
        known: Callable[[T], Known | None],
        bad: Callable[[T, str], Row],
    ) -> None:
        self._session, self._outlet = session, outlet
        self._known, self._bad = known, bad
        self._struck = session.archive.struck(beginning)
        self._places = {key.rpartition(" (")[0] for key in self._struck}
        self._under_way: dict[str, Suspect] = {}

    def parted(self, items: Iterable[T]) -> Iterator[tuple[bool, Iterator[T]]]:
        """Items in stretches: whether they are suspect, and they. One stretch must end before the next."""
        return groupby(items, self._is_suspect)

    def begin(self, items: Iterable[T]) -> None:
        """Note items before anything is done with them."""
        known = list(filter(None, map(self._known, items)))
        some = {one.place: Suspect.of_listing(self._outlet, _key(one)) for one in known}
        if some:
            self._session.run.ask(list(some.values()))
            self._under_way |= some

    def end(self, items: Iterable[T]) -> list[Suspect]:
        """What was under way for items: to be told to the store with them, so that no kill comes between."""
        return [self._under_way.pop(one.place) for one in filter(None, map(self._known, items))]

    def resting(self, item: T) -> Row | None:
        """What to keep of an item that rests; None of one that is to be taken."""
        known = self._known(item)
        strikes = self._struck.get(_key(known)) if known else None
        if strikes is None or strikes.rests_until is None or strikes.rests_until <= datetime.now(UTC):
            return None
        return self._bad(item, strikes.reason)._replace(outcome=Outcome.QUARANTINED)

    def _is_suspect(self, item: T) -> bool:
        known = self._known(item) if self._places else None
        return known is not None and known.place in self._places and _key(known) in self._struck


def _key(known: Known) -> str:
    """Where an item is and what is in it: one that was mended is another."""
    return f"{known.place} ({hashlib.sha256(known.content).hexdigest()[:12]})"
