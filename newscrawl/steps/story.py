"""The story step: which articles report one event in different words, once for all that came in or changed.

It goes behind the cluster step, for only originals are compared, and copies are in their original's story.
What is done is kept, batch by batch; killed on the way, the next one goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import NamedTuple

from newscrawl.dedupe.reports import Alike, Reports, compare, terms_in
from newscrawl.steps.jobs import Job, look_ahead
from newscrawl.steps.session import Session
from newscrawl.store.links import COMPARE, TELL, Batch, Place
from newscrawl.store.reports import Unread
from newscrawl.tables import progress
from newscrawl.terminal import amount

ARTICLES = 200
"""Articles in a worker's job, and in a transaction."""
TOLD = 500
"""Reports whose stories are told in one transaction."""
SECONDS = 5.0
"""How long reading one article may take …"""
SECONDS_TOGETHER = 120.0
"""… and comparing a batch with those around it."""
SHOWN = 500
"""Articles from which on a bar is shown."""

_FIRST: Place = (-(10**12), 0)


@dataclass(slots=True)
class Storied:
    """What the step did.

    Attributes:
        read: articles that were looked at.
        changed: articles of which another story is said now.
    """

    read: int = 0
    changed: int = 0

    def sentences(self) -> list[str]:
        """What was done, in words; nothing where nothing changed."""
        if not self.changed:
            return []
        return [f"The stories of {amount(self.changed, 'article')} changed (newscrawl stories)"]


def find_stories(session: Session) -> Storied:
    """Look at the articles that came in or changed, and tell the stories that change by them.

    Nothing is done where the setting `stories` is off, or `copies` is; the articles wait.

    Args:
        session: an archive and its workers.

    Raises:
        NoWorkersError: there is nobody to compare.
        StoreError: nothing can be stored.
    """
    done = Storied()
    if "off" in (session.config.copies, session.config.stories):
        return done
    reporting = session.archive.reporting
    waiting = reporting.count()
    with progress("stories", waiting, show=waiting >= SHOWN) as update:
        while reporting.count():
            for taken in _read(session, done):
                done.read += taken
                update(min(done.read, waiting), f"stories: {done.read:,} articles read")
        _compare(session)
        while reporting.count(TELL):
            done.changed += reporting.tell(TOLD).changed
    return done


# --- read -----------------------------------------------------------------------------------------


class _Taken(NamedTuple):
    """Articles under way, and behind which version they stand."""

    after: int
    some: list[Unread]
    job: Job[Unread, bytes]


def _read(session: Session, done: Storied) -> Iterator[int]:
    """Note what unread articles say, batch after batch; how many articles each had."""
    reporting = session.archive.reporting
    for taken in look_ahead(_unread(session), session.worker_count):
        terms = {one.number: its for one, its in zip(taken.job.inputs, taken.job.result(), strict=True)}
        changed = reporting.take(taken.after, taken.some, terms)
        if changed is None:  # another run has
            return
        done.changed += changed
        yield len(taken.some)


def _unread(session: Session) -> Iterator[_Taken]:
    """The unread articles in batches, the texts of those that are reports with a worker."""
    after = session.archive.reporting.read_to()
    while some := session.archive.reporting.unread(after, ARTICLES):
        texts = [one for one in some if one.told and one.seen != one.version]
        yield _Taken(after, some, _terms_job(session, texts))
        after = some[-1].version


def _terms_job(session: Session, some: list[Unread]) -> Job[Unread, bytes]:
    def submit(some: Sequence[Unread], limit: float) -> Future[list[bytes]]:
        return session.workers.submit(limit, terms_in, [(one.title, one.lead) for one in some])

    return Job(
        some,
        submit,
        seconds=SECONDS,
        failed=lambda *_: b"",  # it is like no other
        doing=lambda one: f"reading article {one.id} for stories",
    )


# --- compare --------------------------------------------------------------------------------------


def _compare(session: Session) -> None:
    """Compare the reports that wait with those of the days around them."""
    reporting = session.archive.reporting
    while reporting.count(COMPARE):
        for batch, job in look_ahead(_batches(session), session.worker_count):
            [found] = job.result()
            reporting.join(batch.versions, found or [])


def _batches(session: Session) -> Iterator[tuple[Batch, Job[Reports, list[Alike] | None]]]:
    place = _FIRST
    while batch := session.archive.reporting.batch(place):
        place = batch.place
        yield batch, _compare_job(session, batch)


def _compare_job(session: Session, batch: Batch) -> Job[Reports, list[Alike] | None]:
    def submit(some: Sequence[Reports], limit: float) -> Future[list[list[Alike] | None]]:
        return session.workers.submit(limit, compare, some)

    return Job(
        [batch.reports],
        submit,
        seconds=SECONDS_TOGETHER,
        failed=lambda *_: None,  # they keep the links that they have
        doing=lambda _: f"comparing {amount(len(batch.versions), 'article')} for stories",
    )
