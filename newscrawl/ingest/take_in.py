"""Take a file's rows in: read and tagged in workers, stored chunk by chunk, in the file's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from newscrawl.article import Outcome
from newscrawl.ingest.lines import Line
from newscrawl.ingest.rows import bad_row, read_rows
from newscrawl.ingest.suspects import Known, Suspects
from newscrawl.steps.jobs import Job, chunks, look_ahead
from newscrawl.steps.session import Session, Tallies
from newscrawl.steps.tag import TagJob, fill_in
from newscrawl.store import IngestRow as Row

CHUNK = 100
"""Rows per worker job and per transaction …"""
CHUNK_BYTES = 4_000_000
"""… or as many as have so many bytes together: several chunks are in memory at once."""
AHEAD = 4
"""Chunks that are read, and chunks that are tagged, before their turn to be stored."""
LINE_SECONDS = 5.0
"""How long one line may take; one that takes longer is a bad row."""
WARM = ("newscrawl.ingest.take_in",)
"""Modules that a worker imports before its first line (`Workers(warm=…)`)."""


@dataclass(frozen=True, slots=True)
class End:
    """What became of a row."""

    outlet: str
    outcome: Outcome
    place: str
    """File and line: rows.jsonl:3."""
    unreadable_time: str = ""
    """The time that it states and nobody can read, and why."""


class Taken:
    """What became of the rows so far."""

    def __init__(self) -> None:
        self.tallies = Tallies()
        self.rows = self.bad = self.resting = self._empty = 0
        self._undated: dict[str, tuple[int, str]] = {}

    @property
    def readable(self) -> int:
        """How many rows could be read, whatever became of them."""
        return self.rows - self.bad - self.resting - self._empty

    def count(self, end: End) -> None:
        """Count a row's end."""
        self.tallies.count(end.outlet, end.outcome)
        self.rows += 1
        self.bad += end.outcome is Outcome.BAD_ROW
        self._empty += end.outcome is Outcome.NO_PAGE
        self.resting += end.outcome is Outcome.QUARANTINED
        if end.unreadable_time:
            number, first = self._undated.get(end.outlet, (0, f"{end.place} has {end.unreadable_time}"))
            self._undated[end.outlet] = number + 1, first

    def count_only(self, outlet: str, outcome: Outcome, number: int) -> None:
        """Count records that have no row of their own."""
        self.tallies.count(outlet, outcome, number)
        self.rows += number
        self._empty += number if outcome is Outcome.NO_PAGE else 0

    def note_unreadable_times(self) -> None:
        """Put into each outlet's problems, which the run's table shows, how many rows are without a time."""
        for outlet, (number, first) in self._undated.items():
            rows = "1 row states a time" if number == 1 else f"{number:,} rows state a time"
            self.tallies.of(outlet).problems.append(
                f"{rows} that cannot be read, so they count as of today: {first}"
            )


def take_in(lines: Iterable[Line], session: Session, *, file: str, outlet: str) -> Iterator[list[End]]:
    """Read lines in the workers, have names found, and store the rows chunk by chunk, in order.

    Memory does not grow with the file.

    Args:
        lines: of the file, from `read_lines`.
        session: with its run begun.
        file: the file's name, for the run's candidates.
        outlet: the outlet of rows that name none; "": their domain.

    Yields:
        For every chunk stored, the ends of its rows.
    """
    suspects: Suspects[Line] = Suspects(
        session,
        outlet,
        f"{file}:",
        lambda line: Known(f"{file}:{line.number}", line.content),
        lambda line, why: bad_row(line, file, outlet, why),
    )

    def read(some: list[Line]) -> Job[Line, Row]:
        suspects.begin(some)
        return _read_job(session, some, file, outlet)

    for suspect, some in suspects.parted(lines):
        if not suspect:
            together = chunks(some, CHUNK, weight=lambda line: len(line.content), most=CHUNK_BYTES)
            yield from _stored((read(chunk) for chunk in together), session, suspects)
            continue
        for line in some:
            row = suspects.resting(line)
            if row is None:
                yield from _stored((read(chunk) for chunk in [[line]]), session, suspects)
            else:
                yield [_end(row, *session.store_rows([row]))]


def _stored(
    jobs: Iterable[Job[Line, Row]], session: Session, suspects: Suspects[Line]
) -> Iterator[list[End]]:
    """Have the names found in what jobs read, and store it."""
    tagging = session.tagging

    def tag(job: Job[Line, Row]) -> tuple[Job[Line, Row], TagJob]:
        articles = [row.article for row in job.result() if row.article is not None]
        return job, tagging.start(tagging.untagged(articles))

    for reading, tagged in look_ahead((tag(job) for job in look_ahead(jobs, AHEAD)), AHEAD):
        fill_in(tagged)
        rows = reading.result()
        ends = session.store_rows(rows, answered=suspects.end(reading.inputs))
        yield [_end(*pair) for pair in zip(rows, ends, strict=True)]


def _end(row: Row, outcome: Outcome) -> End:
    return End(row.arrival.outlet, outcome, row.arrival.url, row.reason if row.article else "")


def _read_job(session: Session, lines: list[Line], file: str, outlet: str) -> Job[Line, Row]:
    now = datetime.now(UTC)
    return Job(
        lines,
        lambda some, limit: session.workers.submit(
            limit, read_rows, some, file, outlet, now, session.config.min_words
        ),
        seconds=LINE_SECONDS,
        failed=lambda line, why: bad_row(line, file, outlet, why),
        doing=lambda line: f"reading {file}:{line.number}",
    )
