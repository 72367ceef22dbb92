"""What a crawl, an ingest and a retag open alike: archive, workers, tagger, run. And the store step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, ParamSpec, Self, TypeVar

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.config import Config
from newscrawl.entities.taggers import TaggerKind
from newscrawl.steps.heartbeat import Heartbeat
from newscrawl.steps.jobs import Job
from newscrawl.steps.keep import Keeping, findings, folder_of
from newscrawl.steps.read import FetchedPage, page_job
from newscrawl.steps.tag import Tagging, preparation
from newscrawl.store import (
    Archive,
    Arrival,
    IngestRow,
    KeptPage,
    OpenRun,
    OutletTally,
    Run,
    StoreError,
    Suspect,
)
from newscrawl.store.database import RunLostError
from newscrawl.store.faults import ending
from newscrawl.store.runs import STOPPED
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")


class Tallies(dict[str, OutletTally]):
    """A run's tally of each outlet, by the outlet's id."""

    def of(self, outlet: str) -> OutletTally:
        """An outlet's tally, made when it is first asked for."""
        return self.setdefault(outlet, OutletTally(outlet))

    def count(self, outlet: str, outcome: Outcome, number: int = 1) -> None:
        """Count the ends of candidates."""
        counts = self.of(outlet).counts
        counts[outcome] = counts.get(outcome, 0) + number


class Session:
    """An open archive with the processes that work for it. Close it, or use it in a `with`.

    Args:
        archive: the session closes it.
        config: how many workers, how long a page may take, how long a text must be.
        tagger: which tagger finds names; None for none.
        warm: modules that every worker imports at its start.
        workers: how many worker processes, where the command says so.
    """

    run: OpenRun
    """The run under way, after `begin_run`."""

    def __init__(
        self,
        archive: Archive,
        config: Config,
        *,
        tagger: TaggerKind | None,
        warm: Sequence[str] = (),
        workers: int | None = None,
    ) -> None:
        self.archive = archive
        self.fault = ""
        """Why nothing can be stored any more."""
        self.config = config
        self.worker_count = workers or config.workers
        self.workers = Workers(
            self.worker_count, warm, preparation(tagger), memory_mb=config.worker_memory_mb
        )
        self.tagging = Tagging(
            tagger, self.workers, archive, config.page_timeout, memory_mb=config.worker_memory_mb
        )
        self.keeping: Keeping | None = None
        """What keeps pages as fetched, after `keep_pages`."""
        self._heartbeat: Heartbeat | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes, unfinished jobs included, and close the archive, even if one of these fails."""
        with ExitStack() as closing:
            closing.callback(self.archive.close)
            closing.callback(self._thread.shutdown)
            if self._heartbeat:
                closing.callback(self.run.leave)
                closing.callback(self._heartbeat.stop)
            if self.keeping:
                closing.callback(self.keeping.close)
            closing.callback(self.workers.close)
            closing.callback(self.tagging.close)

    @property
    def broken(self) -> str:
        """Why the run must end: no worker processes, or nothing can be stored; "" while all is well."""
        if not self.fault and self.archive.lost:
            self.fault = f"{self.config.archive_place}: it was deleted or replaced during the run"
        if not self.fault and self._heartbeat and self._heartbeat.lost:
            self.fault = str(RunLostError(self.run.id, "another run has closed it"))
        return self.fault or self.workers.broken or self.tagging.broken

    async def on_store(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what uses the archive on the archive's own thread: a slow disk must not stop an event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self._stored(function, *args, **kwargs))

    def _stored(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what uses the archive; after a fault that ends the run it is not tried again.

        Raises:
            StoreError: nothing can be stored.
        """
        with self._noting_faults():
            return function(*args, **kwargs)

    @contextmanager
    def _noting_faults(self) -> Iterator[None]:
        if self.fault:
            raise StoreError(self.fault)
        try:
            yield
        except RunLostError as error:
            self.fault = str(error)
            raise
        except Exception as error:
            self.fault = ending(error, self.config.archive_place)
            if not self.fault:
                raise
            raise StoreError(self.fault) from error

    def begin_run(self, kind: str, name: str, arguments: dict[str, Any]) -> OpenRun:
        """Begin the session's run, and its heartbeat."""
        self.run = self.archive.begin_run(kind, name, arguments)
        self._heartbeat = Heartbeat(self.archive, self.run.id)
        self._heartbeat.start()
        return self.run

    def keep_pages(self) -> None:
        """Keep the pages of this run as they were fetched, where the settings say so."""
        folder = folder_of(self.config)
        if folder is not None:
            self.keeping = Keeping(self.archive, self.run.id, folder, self.config)

    async def keep_page(
        self, page: AsFetched, result: Article | Rejected, listed_at: datetime | None = None
    ) -> KeptPage | None:
        """Have a page written and synced; None: none are kept. Where it cannot be, the run must end.

        Raises:
            StoreError: it cannot be kept, or nothing can be stored.
        """
        if self.keeping is None:
            return None
        original = await self.on_store(self.keeping.original, page.digest)
        try:
            with self._noting_faults():  # of the archive too, in which a file is noted
                written = await asyncio.wrap_future(self.keeping.write(page, findings(result), original))
        except OSError as error:
            self.fault = self.fault or self.keeping.cannot(error)
            raise StoreError(self.fault) from error
        return self.keeping.kept(page, written, original, listed_at)

    def finish_run(self, status: str, reason: str, tallies: Tallies) -> Run:
        """End the run; the single candidates of runs that are old enough are forgotten."""
        if self._heartbeat:
            self._heartbeat.stop()
        keep = timedelta(days=self.config.keep_candidates_days)
        return self.run.finish(status, reason, list(tallies.values()), keep)

    def give_up(self, fault: str, tallies: Tallies) -> None:
        """End the run after a fault of the archive, if that can be written: nothing under way did it."""
        with suppress(Exception):  # the fault itself is told
            self.finish_run(STOPPED, fault, tallies)
            return
        with suppress(Exception):
            self.run.stop(fault)

    def read(self, pages: Sequence[FetchedPage]) -> Job[FetchedPage, Article | Rejected]:
        """Begin to read pages in a worker, in one batch."""
        return page_job(self.workers, pages, self.config.page_timeout, self.config.min_words)

    def store(self, arrival: Arrival, result: Article | Rejected, page: KeptPage | None = None) -> Outcome:
        """End one candidate of the run, in one transaction: keep its article, or note why there is none."""
        if isinstance(result, Rejected):
            return self.run.reject(arrival, result.outcome, result.reason, page)
        outcome, _ = self.run.keep(arrival, result, page)
        self.tagging.note_stored(result, outcome)
        return outcome

    def store_rows(
        self,
        rows: Sequence[IngestRow],
        counted: Mapping[str, Mapping[Outcome, int]] | None = None,
        answered: Sequence[Suspect] = (),
    ) -> list[Outcome]:
        """End many candidates that the run has not entered before, in one transaction.

        Args:
            rows: those with a row of their own.
            counted: how many more have ended, by outlet and outcome.
            answered: what was under way for them.
        """
        outcomes = self.run.keep_rows(rows, counted, answered)
        for row, outcome in zip(rows, outcomes, strict=True):
            if row.article is not None:
                self.tagging.note_stored(row.article, outcome)
        return outcomes
