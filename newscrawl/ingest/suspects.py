"""Rows that were under way when a process was killed: taken alone, and after the second kill left out.

As with a page (`newscrawl.store.quarantine`): what was under way when a run was killed is suspect, and so are
the rows that were read and tagged ahead of their turn. The next run takes each of them while no other is
under way, so that a second kill accuses the row that did it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

from newscrawl.article import Outcome
from newscrawl.ingest.lines import Line
from newscrawl.ingest.rows import bad_row
from newscrawl.steps.session import Session
from newscrawl.store import IngestRow as Row
from newscrawl.store import Suspect


class Suspects:
    """The rows of one file that have killed, and those that are under way now."""

    def __init__(self, session: Session, file: str, outlet: str) -> None:
        self._session, self._file, self._outlet = session, file, outlet
        self._struck = session.archive.struck(f"{file}:")
        self._numbers = {key.removeprefix(f"{file}:").partition(" ")[0] for key in self._struck}
        self._under_way: dict[int, Suspect] = {}

    def parted(self, lines: Iterable[Line]) -> Iterator[tuple[bool, Iterator[Line]]]:
        """Lines in stretches: whether they are suspect, and they. One stretch must end before the next."""
        return groupby(lines, self._is_suspect)

    def begin(self, lines: Iterable[Line]) -> None:
        """Note lines before anything is done with them."""
        some = {line.number: Suspect.of_listing(self._outlet, self._key(line)) for line in lines}
        self._session.run.ask(list(some.values()))
        self._under_way |= some

    def end(self, numbers: Iterable[int]) -> None:
        """Note lines, by their numbers, that are stored."""
        self._session.run.answer([self._under_way.pop(number) for number in numbers])

    def resting(self, line: Line) -> Row | None:
        """What to keep of a line that rests; None of one that is to be taken."""
        strikes = self._struck.get(self._key(line))
        if strikes is None or strikes.rests_until is None or strikes.rests_until <= datetime.now(UTC):
            return None
        row = bad_row(line, self._file, self._outlet, strikes.reason)
        return row._replace(outcome=Outcome.QUARANTINED)

    def _is_suspect(self, line: Line) -> bool:
        return str(line.number) in self._numbers and self._key(line) in self._struck

    def _key(self, line: Line) -> str:
        """Where a line is and what is in it: one that was mended is another."""
        return f"{self._file}:{line.number} ({hashlib.sha256(line.content).hexdigest()[:12]})"
