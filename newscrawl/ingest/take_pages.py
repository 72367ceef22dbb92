"""Take other people's pages in: read and tagged in workers, stored batch by batch, in the files' order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.ingest.archives import NO_OUTLET, Found
from newscrawl.ingest.captures import Capture, Reading, read_captures
from newscrawl.ingest.keep import keep
from newscrawl.ingest.suspects import Known, Suspects
from newscrawl.ingest.take_in import End
from newscrawl.steps.jobs import Job, look_ahead
from newscrawl.steps.session import Session
from newscrawl.steps.tag import TagJob, fill_in
from newscrawl.store import Arrival
from newscrawl.store import IngestRow as Row

PAGES = 16
"""Pages per worker job and per transaction: some half a second of a worker's time."""
BYTES = 4 * 1024 * 1024
"""Bytes of pages after which a batch is full."""
ROWS = 100
"""Records with an outcome of their own after which a batch is full."""
COUNTED = 10_000
"""Records that are only counted after which a batch is full, so that a kill loses no more counts."""
AHEAD = 2
"""Batches beyond the number of workers that are read, and that are tagged, before their turn to be stored."""
WARM = ("newscrawl.ingest.captures", "trafilatura")
"""Modules that a worker imports before its first page (`Workers(warm=…)`)."""


@dataclass(slots=True)
class Batch:
    """Records that are read, tagged and stored together.

    Attributes:
        found: pages to be read and records that have ended, in their order.
        counted: how many more records ended so.
        end: the byte of the file up to which all was read.
    """

    found: list[Found] = field(default_factory=list)
    counted: Counter[Outcome] = field(default_factory=Counter)
    end: int = 0
    _bytes: int = 0

    def add(self, one: Found) -> None:
        """Put a record in."""
        self.end = one.end
        if isinstance(one.what, Outcome):
            self.counted[one.what] += 1
            return
        self.found.append(one)
        if isinstance(one.what, Capture):
            self._bytes += len(one.what.content)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not self.found and not self.counted

    @property
    def full(self) -> bool:
        """Whether it is to go off."""
        return (
            len(self.captures) >= PAGES
            or self._bytes >= BYTES
            or len(self.found) >= ROWS
            or self.counted.total() >= COUNTED
        )

    @property
    def kept_from(self) -> list[Capture | None]:
        """For each record that is not only counted its page, if it has one to be read."""
        return [one.what if isinstance(one.what, Capture) else None for one in self.found]

    @property
    def captures(self) -> list[Capture]:
        """The pages to be read."""
        return [one.what for one in self.found if isinstance(one.what, Capture)]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch."""

    ends: list[End]
    counted: Counter[Outcome]
    end: int
    """The byte of the file up to which all was read."""


def take_pages(found: Iterable[Found], session: Session, *, outlet: str) -> Iterator[Stored]:
    """Read pages in the workers, have names found, and store batch by batch, in order.

    Memory does not grow with the file.

    Args:
        found: the records of a file, or the files of a folder.
        session: with its run begun.
        outlet: the outlet of pages that belong to none; "": their domain.

    Yields:
        For every batch stored, what became of its records.
    """
    suspects: Suspects[Found] = Suspects(session, outlet, "", _known, _resting)
    for suspect, some in suspects.parted(found):
        if not suspect:
            yield from _stored(_batches(some), session, suspects, outlet)
            continue
        for one in some:
            row = suspects.resting(one)
            alone = [one] if row is None else [one._replace(what=row)]
            yield from _stored(_batches(alone), session, suspects, outlet)


def _stored(
    batches: Iterable[Batch], session: Session, suspects: Suspects[Found], outlet: str
) -> Iterator[Stored]:
    """Have batches read, find the names, store them."""
    ahead = session.worker_count + AHEAD

    def read(batch: Batch) -> tuple[Batch, Job[Capture, Reading]]:
        suspects.begin(batch.found)
        return batch, _read_job(session, batch, outlet)

    reading = look_ahead(map(read, batches), ahead)
    for batch, read_rows, names in look_ahead((_tag(session, batch, job) for batch, job in reading), ahead):
        fill_in(names)
        rows = keep(session, list(zip(batch.kept_from, read_rows, strict=True)))
        outcomes = session.store_rows(rows, {NO_OUTLET: batch.counted}, suspects.end(batch.found))
        ends = [
            End(row.arrival.outlet, outcome, row.arrival.url)
            for row, outcome in zip(rows, outcomes, strict=True)
        ]
        yield Stored(ends, batch.counted, batch.end)


def _known(found: Found) -> Known | None:
    return Known(found.what.place, found.what.content) if isinstance(found.what, Capture) else None


def _resting(found: Found, why: str) -> Row:
    assert isinstance(found.what, Capture)
    return _row(found.what, Reading(Rejected(Outcome.QUARANTINED, why), found.what.url))


def _batches(found: Iterable[Found]) -> Iterator[Batch]:
    """Records in batches; what came before the file failed is given out first."""
    batch = Batch()
    try:
        for one in found:
            batch.add(one)
            if batch.full:
                yield batch
                batch = Batch()
    except Exception:
        if not batch.empty:
            yield batch
        raise
    if not batch.empty:
        yield batch


def _read_job(session: Session, batch: Batch, outlet: str) -> Job[Capture, Reading]:
    config = session.config
    return Job(
        batch.captures,
        lambda some, limit: session.workers.submit(
            limit, read_captures, some, config.min_words, config.max_page_bytes, outlet
        ),
        seconds=config.page_timeout,
        failed=lambda capture, why: Reading(Rejected(Outcome.EXTRACT_ERROR, why), capture.url),
        doing=lambda capture: f"reading {capture.place}",
    )


def _tag(session: Session, batch: Batch, job: Job[Capture, Reading]) -> tuple[Batch, list[Row], TagJob]:
    readings = iter(job.result())
    rows: list[Row] = []
    for what, _ in batch.found:
        if isinstance(what, Capture):
            rows.append(_row(what, next(readings)))
        elif isinstance(what, Row):
            rows.append(what)
    articles = [row.article for row in rows if row.article is not None]
    return batch, rows, session.tagging.start(session.tagging.untagged(articles))


def _row(capture: Capture, reading: Reading) -> Row:
    result = reading.result
    canonical = reading.canonical or _canonical(reading.url) or capture.place
    outlet = reading.outlet or capture.outlet or NO_OUTLET
    arrival = Arrival(capture.place, outlet, canonical, page_url=reading.url, seen_at=capture.fetched_at)
    if isinstance(result, Article):
        return Row(arrival, result, Outcome.STORED, "", reading.terms, sample=reading.sample)
    return Row(arrival, None, result.outcome, result.reason)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return ""
