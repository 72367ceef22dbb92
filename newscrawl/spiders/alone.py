"""Requests that are sent one after the other, each when nothing else is under way."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider

from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.robots import PATH

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Alone:
    """Holds requests until the crawl is idle, when all other candidates have ended and are stored.

    So they come last, and a crawl that one of them kills has lost nothing but what waits here.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: deque[Request] = deque()
        crawler.signals.connect(self._send, signals.spider_idle)

    def add(self, requests: Iterable[Request]) -> None:
        """Hold requests back."""
        self._waiting.extend(requests)

    def _send(self) -> None:
        if self._waiting:
            assert self._crawler.engine is not None
            self._crawler.engine.crawl(self._waiting.popleft())
            raise DontCloseSpider


class SuspectListings:
    """Spider middleware: holds back the requests for listings that were under way when a run was killed.

    Those of a host whose robots.txt was so too: the first of them asks for it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Of the spider's first requests."""
        async for one in self._others(start):
            yield one

    async def process_spider_output_async(
        self, response: Response, result: AsyncIterable[Any]
    ) -> AsyncIterator[Any]:
        """Of the requests that an answer leads to."""
        async for one in self._others(result):
            yield one

    async def _others(self, some: AsyncIterable[Any]) -> AsyncIterator[Any]:
        async for one in some:
            listing = one.meta.get("listing") if isinstance(one, Request) else None
            if listing and await self._is_suspect(listing.url):
                self._crawler.spider.alone.add([one])  # type: ignore[union-attr]  # ours has it
            else:
                yield one

    async def _is_suspect(self, listing: str) -> bool:
        session = RunAccounting.of(self._crawler).session
        for url in (listing, urljoin(listing, PATH)):
            if (await session.on_store(session.archive.strikes, url))[0]:
                return True
        return False

    def process_spider_output(self, response: Response, result: Iterable[Any]) -> Iterable[Any]:
        """Of what a callback gives that is no asynchronous generator: pages' items, no listings."""
        return result
