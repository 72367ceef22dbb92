"""Extension: the run. Opens the archive and the workers, keeps the tallies, ends with the table."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy import signals

from newscrawl.article import Outcome
from newscrawl.config import Config
from newscrawl.store import Archive, OpenRun, OutletTally, Run, Validators, open_store
from newscrawl.store.runs import FINISHED, STOPPED

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from newscrawl.entities.pool import TaggerPool
    from newscrawl.workers import Workers

_UNSETTLED = (Outcome.INTERRUPTED, Outcome.OVER_LIMIT, Outcome.OUT_OF_RANGE)

_WARM = ("newscrawl.discovery", "newscrawl.extraction.page", "trafilatura")

P = ParamSpec("P")
T = TypeVar("T")


class Bookkeeper:
    """One per crawl; spiders and pipelines reach it through `Bookkeeper.of(crawler)`."""

    run: OpenRun
    workers: Workers
    tagger: TaggerPool | None = None
    """What finds the names in articles; None where the tagger is off."""

    def __init__(self, crawler: Crawler) -> None:
        self.config = Config.from_scrapy(crawler.settings)
        self._arguments: dict[str, str] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.tallies: dict[str, OutletTally] = {}
        self.report: Run | None = None
        self.failed = False
        self._last_steps: list[Callable[[Archive], str]] = []
        crawler.signals.connect(self._open, signals.spider_opened)
        crawler.signals.connect(self._close, signals.spider_closed)
        crawler.signals.connect(self._error, signals.spider_error)
        crawler.signals.connect(self._error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Bookkeeper:
        """This crawl's bookkeeper."""
        books = crawler.get_extension(cls)
        assert books is not None, "EXTENSIONS must hold the Bookkeeper"
        return books

    async def on_store(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method of the archive on its own thread: a slow disk must not hold up the crawl."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: function(*args, **kwargs))

    def tally(self, outlet: str) -> OutletTally:
        """An outlet's tally, made when first asked for."""
        return self.tallies.setdefault(outlet, OutletTally(outlet))

    def count(self, outlet: str, outcome: Outcome, number: int = 1) -> None:
        """Count ended candidates."""
        counts = self.tally(outlet).counts
        counts[outcome] = counts.get(outcome, 0) + number

    def at_close(self, step: Callable[[Archive], str]) -> None:
        """Have a step taken, on the archive's thread, once the run has ended; its sentence is printed."""
        self._last_steps.append(step)

    @property
    def exit_code(self) -> int:
        """For cron: 0 if every outlet yielded something and nothing of ours broke, else 1."""
        if self.report is None or self.failed or not self.report.tallies:
            return 1
        return int(any(tally.empty for tally in self.report.tallies))

    def _open(self, spider: Spider) -> None:
        from newscrawl.entities.pool import TaggerPool, chosen_kind, preparation
        from newscrawl.workers import Workers

        kind = chosen_kind()
        window = timedelta(hours=self.config.refresh_hours)
        archive = open_store(self.config.store_url, refresh_window=window)
        self.workers = Workers(self.config.workers, warm=_WARM, prepare=preparation(kind))
        self.tagger = TaggerPool(kind, self.workers) if kind else None
        arguments = {key: str(value) for key, value in getattr(spider, "arguments", {}).items()}
        self.run = archive.begin_run("crawl", spider.name, arguments)

    def _error(self) -> None:
        self.failed = True  # Scrapy has logged the traceback

    async def _close(self, spider: Spider, reason: str) -> None:
        if not hasattr(self, "run"):
            return
        status = FINISHED if reason == "finished" else STOPPED
        keep = timedelta(days=self.config.keep_candidates_days)
        try:
            self.report = await self.on_store(
                self.run.finish, status, reason, list(self.tallies.values()), keep
            )
            await self.on_store(self.run.archive.keep_validators, self._validators(spider, self.report))
            sentences = [await self.on_store(step, self.run.archive) for step in self._last_steps]
        finally:
            if self.tagger:
                self.tagger.close()
            self.workers.close()
            self.run.archive.close()
            self._thread.shutdown()
        self._print(self.report, sentences)

    def _validators(self, spider: Spider, report: Run) -> dict[str, Validators]:
        """Validators of the listings whose every candidate has ended for good or is due by its visit.

        Were they kept while candidates are open, the next run would see "not modified" and lose those.
        """
        settled = {
            tally.outlet
            for tally in report.tallies
            if not any(tally.counts.get(outcome) for outcome in _UNSETTLED)
        }
        return {
            url: validators
            for crawl in getattr(spider, "crawls", [])
            if crawl.outlet.id in settled and not crawl.pending
            for url, validators in crawl.validators.items()
        }

    def _print(self, report: Run, sentences: list[str]) -> None:
        from newscrawl.report import print_run, without_names

        print_run(report, sys.stdout)
        if self.tagger and self.tagger.unnamed:
            sys.stdout.write(f"{without_names(self.tagger.unnamed)}\n")
        for sentence in sentences:
            sys.stdout.write(f"{sentence}\n")
