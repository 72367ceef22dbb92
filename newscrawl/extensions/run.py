"""Extension: the run. Opens the session, tallies what became of every candidate, ends with the table."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.article import Outcome
from newscrawl.config import Config
from newscrawl.entities.taggers import chosen_kind
from newscrawl.outlets.moved import moves
from newscrawl.steps import read
from newscrawl.steps.relate import relate
from newscrawl.steps.session import Session, Tallies
from newscrawl.store import Archive, Run, StoreError, Validators, open_store
from newscrawl.store.runs import FINISHED, STOPPED
from newscrawl.streams import OutputError
from newscrawl.terminal import say
from newscrawl.workers import NoWorkersError

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

_NOT_ENDED = (Outcome.INTERRUPTED, Outcome.OVER_LIMIT, Outcome.OUT_OF_RANGE)
"""Ends after which a candidate is still wanted."""
_log = logging.getLogger(__name__)
_PROGRESS_SECONDS = 0.5
_SAID_BY_OUTCOMES = ("scrapy.core.downloader.handlers", "scrapy.downloadermiddlewares.httpcompression")
"""Loggers whose warnings (a page too large, a broken answer) come again as the reason of an Outcome."""


class RunAccounting:
    """One per crawl; spiders and pipelines reach it, and the session, through `RunAccounting.of(crawler)`."""

    session: Session
    """Open between the signals `spider_opened` and `spider_closed`."""

    def __init__(self, crawler: Crawler) -> None:
        self._config = Config.from_scrapy(crawler.settings)
        self.tallies = Tallies()
        self.report: Run | None = None
        self._failed = False
        self._last_steps: list[Callable[[Archive], str]] = []
        crawler.signals.connect(self._open, signals.spider_opened)
        crawler.signals.connect(self._close, signals.spider_closed)
        crawler.signals.connect(self._note_error, signals.spider_error)
        crawler.signals.connect(self._note_error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> RunAccounting:
        """This crawl's."""
        accounting = crawler.get_extension(cls)
        assert accounting is not None, "EXTENSIONS must hold RunAccounting"
        return accounting

    def at_close(self, step: Callable[[Archive], str]) -> None:
        """Take a step on the archive's thread once the run has ended, and print the sentence it returns."""
        self._last_steps.append(step)

    def fail(self) -> None:
        """Note that the run ends for a fault: its exit code is 1."""
        self._failed = True

    @property
    def exit_code(self) -> int:
        """For cron: 0 if every outlet yielded something, or was left to another run, and nothing broke."""
        if self.report is None or self._failed or not self.report.tallies:
            return 1
        return int(any(tally.empty for tally in self.report.tallies))

    def _open(self, spider: Spider) -> None:
        for name in _SAID_BY_OUTCOMES:  # not in the settings: Scrapy sets its loggers up after reading them
            logging.getLogger(name).setLevel(logging.ERROR)
        config = self._config
        self.session = Session(
            open_store(config.store_url, refresh_window=timedelta(hours=config.refresh_hours)),
            config,
            tagger=chosen_kind(),
            warm=read.WARM,
        )
        arguments = {key: str(value) for key, value in getattr(spider, "arguments", {}).items()}
        self.session.begin_run("crawl", spider.name, arguments)
        self.session.keep_pages()
        # What was imported stays for good; a full collection that looked at all of it would stop the event
        # loop for a fifth of a second, again and again.
        gc.collect()
        gc.freeze()

    def _note_error(self) -> None:
        self.fail()  # Scrapy has logged the traceback

    async def _close(self, spider: Spider, reason: str) -> None:
        if not hasattr(self, "session"):
            return
        status = FINISHED if reason == "finished" else STOPPED
        session, archive = self.session, self.session.archive
        with session:
            try:
                if session.broken and session.fault:
                    raise StoreError(session.fault)
                await session.on_store(self._name_moves, spider)
                related = await self._relate() if status == FINISHED else []
                self.report = await session.on_store(session.finish_run, status, reason, self.tallies)
                await session.on_store(archive.keep_validators, self._validators(spider, self.report))
                sentences = await session.on_store(session.keeping.end) if session.keeping else []
                sentences += related
                sentences += [await session.on_store(step, archive) for step in self._last_steps]
            except StoreError as error:
                self._failed = True
                self.report = None
                say(f"The run could not be kept to its end. {error}", err=True)
                return
        self._print(self.report, sentences)

    def _name_moves(self, spider: Spider) -> None:
        """Name the outlets whose pages led to another site in this run, if they are not named already."""
        if spider.name == "site":  # it has no file; its redirects are named with the command
            return
        outlets = [crawl.outlet for crawl in getattr(spider, "crawls", [])]
        led = self.session.archive.led_elsewhere(self.session.run.started_at)
        for id, domain, said in moves(outlets, led):
            problems = self.tallies.of(id).problems
            if not any(f"redirects to {domain} " in one for one in problems):
                problems.append(said)

    async def _relate(self) -> list[str]:
        """Find out who copied whom and who reports one event; what is not done waits for the next run."""
        try:
            return await self.session.on_store(relate, self.session)
        except NoWorkersError as error:
            _log.error("Copies and stories were not looked for: %s", error)
            self.fail()
            return []

    def _validators(self, spider: Spider, report: Run) -> dict[str, Validators]:
        """Validators of the listings whose every candidate has ended for good or is due by its visit.

        Were they kept while candidates are open, the next run would see "not modified" and lose those.
        """
        settled = {
            tally.outlet
            for tally in report.tallies
            if not any(tally.counts.get(outcome) for outcome in _NOT_ENDED)
        }
        return {
            url: validators
            for crawl in getattr(spider, "crawls", [])
            if crawl.outlet.id in settled and not crawl.pending
            for url, validators in crawl.validators.items()
        }

    def _print(self, report: Run, sentences: list[str]) -> None:
        from newscrawl.report import print_run, without_names

        unnamed = self.session.tagging.unnamed
        try:
            print_run(report, sys.stdout)
            for sentence in [without_names(unnamed)] * bool(unnamed) + sentences:
                say(sentence)
            say(f"Archive: {self._config.archive_place}")
            sys.stdout.flush()
        except OutputError as error:
            self._failed = True
            say(f"The run's table cannot be printed ({error}); see it with: newscrawl runs", err=True)


class Progress:
    """Extension: one line that moves while a crawl runs on a terminal; nothing when piped or under cron.

    It writes to standard error, so that it never gets into redirected output.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not sys.stderr.isatty():
            raise NotConfigured
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self._start, signals.spider_opened)
        crawler.signals.connect(self._stop, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def _start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._tick())

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()
        sys.stderr.write("\r\x1b[K")  # noqa: TID251  # a line that is written over
        sys.stderr.flush()

    async def _tick(self) -> None:
        tallies = RunAccounting.of(self._crawler).tallies
        while True:
            done = sum(tally.candidates for tally in tallies.values())
            stored = sum(tally.counts.get(Outcome.STORED, 0) for tally in tallies.values())
            engine = self._crawler.engine
            waiting = len(engine._slot.inprogress) if engine and engine._slot else 0
            line = f"{done} URLs ended, {stored} articles stored, {waiting} under way …"
            sys.stderr.write(f"\r\x1b[K{line}")  # noqa: TID251
            sys.stderr.flush()
            await asyncio.sleep(_PROGRESS_SECONDS)
