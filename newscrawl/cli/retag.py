"""`newscrawl retag`: find the names in the archive's articles again, with another tagger or a newer one."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from newscrawl.cli.archive import open_archive
from newscrawl.cli.common import pass_config
from newscrawl.cli.moments import moment
from newscrawl.cli.strangers import warn_of_strangers
from newscrawl.cli.tagger import chosen_tagger
from newscrawl.cli.waiting import say_waiting
from newscrawl.config import Config, variable

if TYPE_CHECKING:
    from newscrawl.article import Article
    from newscrawl.entities.articles import Names
    from newscrawl.entities.pool import TaggerPool
    from newscrawl.entities.taggers import TaggerChoice
    from newscrawl.store import Archive

CHUNK = {"light": 100, "camel": 20}
"""Articles in a worker's job and in a transaction: a few seconds of work."""


@dataclass(slots=True)
class Tally:
    """What became of the articles so far."""

    tagged: int = 0
    written: int = 0
    failed: int = 0


@click.command()
@click.option("--since", callback=moment, help="Only articles not older than: 2026-11-01, 2d, 12h.")
@click.option("--outlet", multiple=True, help="Only this outlet's (several: repeat).")
@click.option(
    "--tagger",
    "choice",
    type=click.Choice(["auto", "camel", "light"]),
    help="Default: the setting tagger, or auto.",
)
@click.option("--all", "again", is_flag=True, help="Also articles that this very tagger has tagged.")
@click.option(
    "--workers", type=click.IntRange(1), help="Worker processes, light (default: the setting workers)."
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
    like: what is done is kept, and the same command goes on with the rest (with --all: from the start).

    Exits with 0 when all are tagged, 1 when some could not be or it was stopped.
    """
    from newscrawl.entities.pool import TaggerPool, preparation
    from newscrawl.store.changes import Selection
    from newscrawl.workers import Workers

    kind = chosen_tagger(choice)
    if kind is None:
        raise click.UsageError(f"{variable('tagger')} is off; choose one: newscrawl retag --tagger light")
    workers = workers or config.workers
    archive = open_archive()
    processes = Workers(workers if kind == "light" else 1, prepare=preparation(kind))
    pool = TaggerPool(kind, processes)
    try:
        identity = pool.load()
        if not identity:
            raise click.ClickException(f"the tagger {kind} cannot be loaded, see above; nothing was changed")
        selection = Selection(outlet, since=since)
        with archive.snapshot() as snapshot:
            warn_of_strangers(snapshot, selection)
        numbers = archive.to_tag(selection, None if again else identity)
        stopped = _work(archive, pool, numbers, identity, workers)
    finally:
        pool.close()
        processes.close()
    say_waiting(archive)
    archive.close()
    sys.exit(1 if stopped else 0)


def _work(archive: Archive, pool: TaggerPool, numbers: list[int], identity: str, workers: int) -> bool:
    """Tag all, say how it went; whether something is left."""
    tally, began, interrupted = Tally(), time.monotonic(), False
    try:
        with _bar(identity, len(numbers)) as update:
            for _ in retag(archive, pool, numbers, tally, workers + 1):
                update(tally.tagged + tally.failed)
    except KeyboardInterrupt:
        interrupted = True
    click.echo(_sentence(tally, identity, time.monotonic() - began))
    if tally.failed:
        click.echo(f"{_amount(tally.failed)} could not be tagged, see above; they keep what names they had.")
    if interrupted:
        left = len(numbers) - tally.tagged - tally.failed
        click.echo(f"Interrupted; {_amount(left)} left: the same command goes on.")
    return interrupted or bool(tally.failed)


def retag(archive: Archive, pool: TaggerPool, numbers: list[int], tally: Tally, ahead: int) -> Iterator[None]:
    """Tag the articles of these numbers, chunk by chunk, each chunk in one transaction.

    Args:
        archive: the archive.
        pool: the tagger.
        numbers: from `Archive.to_tag`.
        tally: is kept up to date.
        ahead: chunks to have in work at once.

    Yields:
        After each chunk.
    """
    from newscrawl.entities.articles import tagged_text

    size = CHUNK[pool.kind]
    starts = iter(range(0, len(numbers), size))
    waiting: deque[tuple[list[Article], list[str], Future[list[Names]]]] = deque()

    def submit() -> None:
        start = next(starts, None)
        if start is not None:
            articles = archive.numbered(numbers[start : start + size])
            texts = list(map(tagged_text, articles))
            waiting.append((articles, texts, pool.submit(texts)))

    for _ in range(ahead):
        submit()
    while waiting:
        articles, texts, job = waiting.popleft()
        found = pool.collect(texts, job)
        submit()
        pairs = [(article, names) for article, names in zip(articles, found, strict=True) if names]
        tally.written += archive.put_names(pairs)
        tally.tagged += len(pairs)
        tally.failed += len(articles) - len(pairs)
        yield


def _sentence(tally: Tally, identity: str, seconds: float) -> str:
    if not tally.tagged:
        return f"No article was tagged by {identity}." if tally.failed else f"All is tagged by {identity}."
    same = tally.tagged - tally.written
    unchanged = f", {same:,} of them with the names they had" if same else ""
    rate = tally.tagged / max(seconds, 0.001)
    return f"{_amount(tally.tagged)} tagged by {identity}{unchanged}, in {seconds:.0f} s ({rate:,.0f}/s)."


def _amount(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"


@contextmanager
def _bar(identity: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; nothing elsewhere."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from newscrawl.report import console

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(sys.stderr), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(identity, total=total)

        def update(done: int) -> None:
            bar.update(task, description=f"{identity}: {done:,} of {total:,}", completed=done)

        yield update
