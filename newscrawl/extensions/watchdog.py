"""Extension: ends a crawl in order, with a sentence, when no worker processes can be had any more."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals

from newscrawl.extensions.run import RunAccounting

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

CHECK_SECONDS = 1.0
"""How often it looks."""

_log = logging.getLogger(__name__)


class Watchdog:
    """Without workers every page would be fetched for nothing; what is open waits for the next run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self._start, signals.spider_opened)
        crawler.signals.connect(self._stop, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def _start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._watch())

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    async def _watch(self) -> None:
        session = RunAccounting.of(self._crawler).session
        while not session.broken:
            await asyncio.sleep(CHECK_SECONDS)
        _log.error("The crawl ends: %s", session.broken)
        assert self._crawler.engine is not None
        # Closing it ends with the signal that cancels this task: the engine must not be in its hands.
        self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=session.broken))
