"""`newscrawl retag`: find the names in the archive's articles again, with another tagger or a newer one."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from newscrawl.cli.common import (
    chosen_tagger,
    filter_options,
    open_archive,
    pass_config,
    say_waiting,
    since_option,
    warn_of_unknown_outlets,
)
from newscrawl.cli.stopping import Stopping
from newscrawl.config import Config, variable
from newscrawl.tables import progress
from newscrawl.terminal import amount, say

if TYPE_CHECKING:
    from newscrawl.entities.taggers import TaggerChoice
    from newscrawl.steps.session import Session

CHUNK = {"light": 100, "camel": 20}
"""Articles in a worker's job and in a transaction: a few seconds of work."""


@dataclass(slots=True)
class Tally:
    """What became of the articles so far."""

    tagged: int = 0
    written: int = 0
    failed: int = 0


@click.command()
@since_option("Only articles not older than: 2026-11-01, 2d, 12h.")
@filter_options("outlet")
@click.option(
    "--tagger",
    "choice",
    type=click.Choice(["auto", "camel", "light"]),
    help=f"Default: {variable('tagger')}, or auto.",
)
@click.option("--all", "again", is_flag=True, help="Also articles that this very tagger has tagged.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help=f"Worker processes of the light tagger (default: {variable('workers')}).",
)
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    outlet: tuple[str, ...],
    choice: TaggerChoice | None,
    again: bool,
    workers: int | None,
) -> None:
    """Find the names in the archive's articles again.

    Articles whose names are from another tagger, from another version of it, or from none are tagged anew and
    wait for Elasticsearch and the next export; their texts and revisions stay as they are. Stop it when you
    like, by Ctrl-C or SIGTERM: what is done is kept, and the same command goes on with the rest (with --all:
    from the start). It stops by itself with more memory in use than $memory_mb allows, and when nothing was
    tagged for $stall_timeout seconds.

    Exits with 0 when all are tagged, 1 when some could not be or it was stopped,
    2 when no tagger can be used.
    """
    from newscrawl.filters import Filters
    from newscrawl.steps.session import Session

    kind = chosen_tagger(config, choice)
    if kind is None:
        raise click.UsageError(f"{variable('tagger')} is off; choose one: newscrawl retag --tagger light")
    workers = workers or config.workers
    archive = open_archive(config)
    with Stopping() as stopping, Session(archive, config, tagger=kind, workers=workers) as session:
        identity = session.tagging.identity()
        if not identity:
            raise click.ClickException(f"the tagger {kind} cannot be loaded, see above; nothing was changed")
        filters = Filters(outlets=outlet, since=since)
        with archive.snapshot() as snapshot:
            warn_of_unknown_outlets(snapshot, filters)
        numbers = archive.to_tag(filters, None if again else identity)
        incomplete = _work(session, stopping, numbers, identity, CHUNK[kind], workers)
        say_waiting(config, archive)
    sys.exit(1 if incomplete else 0)


def _work(
    session: Session, stopping: Stopping, numbers: list[int], identity: str, chunk: int, workers: int
) -> bool:
    """Tag all, say how it went; whether something is left."""
    from newscrawl.steps.guard import Guard

    tally, began, interrupted = Tally(), time.monotonic(), ""

    def steps() -> tuple[int, ...]:
        return session.workers.answered, session.tagging.answered, tally.tagged

    try:
        with (
            Guard(session.config, steps, stopping.stop),
            stopping.work(),
            progress(identity, len(numbers)) as update,
        ):
            for _ in retag(session, numbers, tally, chunk=chunk, ahead=workers):
                done = tally.tagged + tally.failed
                update(done, f"{identity}: {done:,} of {len(numbers):,}")
    except KeyboardInterrupt:
        interrupted = stopping.reason
    say(_sentence(tally, identity, time.monotonic() - began))
    if tally.failed:
        failed = amount(tally.failed, "article")
        say(f"{failed} could not be tagged, see above; they keep what names they had.")
    if interrupted:
        left = len(numbers) - tally.tagged - tally.failed
        say(f"Stopped, {interrupted}; {amount(left, 'article')} left: the same command goes on.")
    return bool(interrupted or tally.failed)


def retag(session: Session, numbers: list[int], tally: Tally, *, chunk: int, ahead: int) -> Iterator[None]:
    """Tag the articles of these numbers, chunk by chunk, each chunk in one transaction.

    Args:
        session: an archive and its tagger.
        numbers: from `Archive.to_tag`.
        tally: is kept up to date.
        chunk: how many articles are a job.
        ahead: how many jobs run beside the one that is waited for.

    Yields:
        After each chunk.
    """
    from newscrawl.steps.jobs import chunks, look_ahead

    archive = session.archive
    jobs = (session.tagging.start(archive.numbered(some)) for some in chunks(numbers, chunk))
    for job in look_ahead(jobs, ahead):
        found = [(article, names) for article, names in zip(job.inputs, job.result(), strict=True) if names]
        tally.written += archive.put_names(found)
        tally.tagged += len(found)
        tally.failed += len(job.inputs) - len(found)
        yield


def _sentence(tally: Tally, identity: str, seconds: float) -> str:
    if not tally.tagged:
        return f"No article was tagged by {identity}." if tally.failed else f"All is tagged by {identity}."
    same = tally.tagged - tally.written
    unchanged = f", {same:,} of them with the names they had" if same else ""
    rate = tally.tagged / max(seconds, 0.001)
    tagged = amount(tally.tagged, "article")
    return f"{tagged} tagged by {identity}{unchanged}, in {seconds:.0f} s ({rate:,.0f}/s)."
