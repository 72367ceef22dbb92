"""Requests that are sent one after the other, each when nothing else is under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import DontCloseSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


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
