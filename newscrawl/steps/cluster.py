"""The cluster step: who copied whom, once for all articles that came in or changed since the last time.

A crawl, an ingest and a reextract end with it, and `newscrawl clusters --rebuild` is nothing else. What is
done is kept, batch by batch; killed on the way, the next one goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from newscrawl.dedupe.comparing import Batch, Link, Sourced, compare, likenesses, samples_of
from newscrawl.dedupe.copies import Likeness
from newscrawl.outlets import outlets_from_environment
from newscrawl.steps.jobs import Job, look_ahead
from newscrawl.steps.session import Session
from newscrawl.store.clusters import Group, Pair
from newscrawl.store.unclustered import Waiting
from newscrawl.tables import progress
from newscrawl.terminal import amount

ARTICLES = 100
"""Articles in a worker's job, and in a transaction."""
GROUPS = 200
"""Groups described in one transaction."""
PAIRS = 100
"""Pairs in a worker's job."""
SECONDS = 10.0
"""How long one article may take to be compared with all its candidates."""
SHOWN = 500
"""Articles from which on a bar is shown."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Clustered:
    """What the step did.

    Attributes:
        compared: articles that were compared with the archive's.
        changed: articles of which something else is said now: their cluster, its size, whom they copy.
    """

    compared: int = 0
    changed: int = 0

    def sentences(self) -> list[str]:
        """What was done, in words; nothing where nothing was."""
        if not self.compared and not self.changed:
            return []
        said = f"{amount(self.compared, 'article')} compared with the archive's for copies"
        return [f"{said}; the clusters of {amount(self.changed, 'article')} changed (newscrawl clusters)"]


def cluster(session: Session) -> Clustered:
    """Compare the articles that wait with those of the archive, and describe the clusters that change.

    Nothing is done where the setting `copies` is off; the articles wait.

    Args:
        session: an archive and its workers.

    Raises:
        NoWorkersError: there is nobody to compare.
        StoreError: nothing can be stored.
    """
    done = Clustered()
    if session.config.copies == "off":
        return done
    clustering = session.archive.clustering
    waiting = clustering.count(compared=False)
    with progress("copies", waiting, show=waiting >= SHOWN) as update:
        while clustering.count(compared=False):
            for number in _compare(session):
                done.compared += number
                update(min(done.compared, waiting), f"copies: {done.compared:,} articles compared")
    _describe(session, done)
    return done


# --- compare --------------------------------------------------------------------------------------


class _Taken(NamedTuple):
    """A batch under way."""

    versions: dict[int, int]
    batch: Batch
    job: Job[Batch, list[Link] | None]


def _compare(session: Session) -> Iterator[int]:
    """Compare what waits, batch after batch; how many articles each had."""
    ahead = session.worker_count
    sampled = look_ahead(_sampled(session), ahead)
    for taken in look_ahead((_take(session, *some) for some in sampled), ahead):
        links = _links(session, taken)
        session.archive.clustering.join(taken.versions, *links)
        yield len(taken.versions)


def _sampled(session: Session) -> Iterator[tuple[list[Waiting], Job[str, bytes]]]:
    """The articles that wait, in batches, those whose texts are to be sampled with a worker."""
    after = 0
    while some := session.archive.clustering.waiting(after, ARTICLES):
        after = some[-1].number
        bodies = [one.body for one in some if one.body is not None]
        yield some, _sample_job(session, bodies)


def _sample_job(session: Session, bodies: list[str]) -> Job[str, bytes]:
    return Job(
        bodies,
        lambda some, limit: session.workers.submit(limit, samples_of, some),
        seconds=SECONDS,
        failed=lambda *_: b"",  # it is found by nothing, and compared with none
        doing=lambda body: f"reading a text of {len(body):,} characters for copies",
    )


def _take(session: Session, some: list[Waiting], job: Job[str, bytes]) -> _Taken:
    made = iter(job.result())
    samples = {one.number: next(made) if one.sample is None else one.sample for one in some}
    batch = session.archive.clustering.take(samples)
    versions = {one.number: one.version for one in some}
    return _Taken(versions, batch, _compare_job(session, [batch], len(batch.articles)))


def _compare_job(session: Session, batches: list[Batch], size: int = 1) -> Job[Batch, list[Link] | None]:
    def submit(some: Sequence[Batch], limit: float) -> Future[list[list[Link] | None]]:
        return session.workers.submit(limit, compare, some)

    return Job(
        batches,
        submit,
        seconds=SECONDS * size,
        failed=lambda *_: None,
        doing=lambda batch: f"comparing {amount(len(batch.articles), 'article')} with others",
    )


def _links(session: Session, taken: _Taken) -> tuple[Batch, list[Link]]:
    """What was found in a batch; where it failed as a whole, each article is tried alone.

    One that fails alone keeps the links that it had: it is no longer among the batch's articles.
    """
    batch, [links] = taken.batch, taken.job.result()
    if links is not None:
        return batch, links
    alone = [replace(batch, articles=[one]) for one in batch.articles]
    found = _compare_job(session, alone).result()
    articles = [one for one, its in zip(batch.articles, found, strict=True) if its is not None]
    return replace(batch, articles=articles), [link for its in found if its for link in its]


# --- describe -------------------------------------------------------------------------------------


def _describe(session: Session, done: Clustered) -> None:
    """Describe the clusters of all articles that were compared."""
    clustering = session.archive.clustering
    total, left = clustering.count(compared=True), 0
    with progress("clusters", total, show=total >= SHOWN) as update:
        while groups := clustering.groups(GROUPS, _republishing()):
            ended = clustering.describe(groups, _likenesses(session, groups))
            done.changed += ended.changed
            left += ended.left
            update(total - clustering.count(compared=True))
            if left > GROUPS:  # others store into the very same clusters: the next run describes them
                _log.info("clusters change while they are described; the next run goes on with them")
                return


def _likenesses(session: Session, groups: list[Group]) -> dict[Pair, Likeness | None]:
    pairs = [pair for group in groups for cluster in group for pair in cluster.pairs]
    texts = session.archive.clustering.sourced(pairs)
    known = [pair for pair in pairs if pair[0] in texts and pair[1] in texts]
    asked = [known[at : at + PAIRS] for at in range(0, len(known), PAIRS)]
    jobs = (_likeness_job(session, [(texts[one], texts[other]) for one, other in some]) for some in asked)
    found = (likeness for job in look_ahead(jobs, session.worker_count) for likeness in job.result())
    return dict(zip(known, found, strict=True))


def _likeness_job(
    session: Session, pairs: list[tuple[Sourced, Sourced]]
) -> Job[tuple[Sourced, Sourced], Likeness | None]:
    return Job(
        pairs,
        lambda some, limit: session.workers.submit(limit, likenesses, some),
        seconds=SECONDS,
        failed=lambda *_: None,
        doing=lambda pair: f"comparing texts of {pair[0][0]} and {pair[1][0]}",
    )


@cache
def _republishing() -> frozenset[str]:
    """Outlets that republish whole articles of others."""
    outlets = outlets_from_environment()
    return frozenset(id for id, outlet in outlets.items() if outlet.kind == "aggregator")
