"""Extension: one line that moves while a crawl runs on a terminal; nothing when piped or under cron."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.article import Outcome
from newscrawl.extensions.bookkeeper import Bookkeeper

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_INTERVAL_S = 0.5


class Progress:
    """Writes to standard error, so that it never gets into redirected output."""

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
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    async def _tick(self) -> None:
        books = Bookkeeper.of(self._crawler)
        while True:
            tallies = books.tallies.values()
            done = sum(tally.candidates for tally in tallies)
            stored = sum(tally.counts.get(Outcome.STORED, 0) for tally in tallies)
            engine = self._crawler.engine
            waiting = len(engine._slot.inprogress) if engine and engine._slot else 0
            sys.stderr.write(f"\r\x1b[K{done} URLs ended, {stored} articles stored, {waiting} under way …")
            sys.stderr.flush()
            await asyncio.sleep(_INTERVAL_S)
