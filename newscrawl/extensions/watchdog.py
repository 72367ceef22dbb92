"""Extension: ends a crawl that cannot go on, or does not, in order and with a sentence; exit code 1.

It cannot go on without worker processes, without an archive, or with more memory than it may use. It does not
go on when for long nothing is answered, read or stored. Where even the end stands still, or the event loop
does, a thread ends the process: the next run closes what is left, as after any kill.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals

from newscrawl.config import Config, variable
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.under_way import give_up
from newscrawl.steps.guard import CHECK_SECONDS, FATAL, abort, memory_in_use, memory_said
from newscrawl.store import StoreError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_PROGRESS = (
    signals.response_received,
    signals.item_scraped,
    signals.item_dropped,
    signals.item_error,
    signals.spider_error,
)

_log = logging.getLogger(__name__)


class Watchdog:
    """Without workers every page would be fetched for nothing; what is open waits for the next run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        config = Config.from_scrapy(crawler.settings)
        self._config, self._stall = config, config.stall_timeout
        self._progressed_at = self._alive_at = monotonic()
        self._task: asyncio.Task[None] | None = None
        self._closed = threading.Event()
        crawler.signals.connect(self._start, signals.spider_opened)
        crawler.signals.connect(self._stop, signals.spider_closed)
        for signal in _PROGRESS:
            crawler.signals.connect(self._progressed, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def _start(self) -> None:
        self._progressed()
        self._task = asyncio.get_running_loop().create_task(self._watch())
        threading.Thread(target=self._guard, daemon=True, name="watchdog").start()

    def _stop(self) -> None:
        self._closed.set()
        if self._task:
            self._task.cancel()

    def _progressed(self) -> None:
        self._progressed_at = self._alive_at = monotonic()

    async def _watch(self) -> None:
        accounting = RunAccounting.of(self._crawler)
        while not (reason := accounting.session.broken or self._too_large() or self._stalled()):
            await asyncio.sleep(CHECK_SECONDS)
            self._alive_at = monotonic()
        _log.error("The crawl ends: %s", reason)
        accounting.fail()
        if self._too_large():
            with suppress(StoreError):  # the run ends of it, and says so
                await accounting.session.on_store(accounting.session.run.accuse, reason)
        stalled = self._stalled()
        assert self._crawler.engine is not None
        # Closing it ends with the signal that cancels this task: the engine must not be in its hands.
        self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))
        await asyncio.sleep(0)  # it has begun: what is given up now does not make the crawl idle and finished
        give_up(self._crawler)
        if stalled:
            await asyncio.to_thread(accounting.session.workers.close)

    def _too_large(self) -> str:
        used = memory_in_use()
        return memory_said(used, self._config) if used > self._config.memory_mb else ""

    def _stalled(self) -> str:
        if monotonic() - self._progressed_at <= self._stall:
            return ""
        name = variable("stall_timeout")
        return f"nothing was answered, read or stored for {self._stall:g} s ({name})"

    def _guard(self) -> None:
        """End the process where its event loop, or the end of the run, stands still; or it still grows."""
        while not self._closed.wait(CHECK_SECONDS):
            used = memory_in_use()
            if used > FATAL * self._config.memory_mb:
                abort("The crawl", memory_said(used, self._config))
            elif monotonic() - self._alive_at > self._stall:
                reason = f"it has stood still for {self._stall:g} s ({variable('stall_timeout')})"
                abort("The crawl", reason)
