"""How fast a site may be asked: what it says itself (`Retry-After`, `Crawl-delay`, 429).

Works on Scrapy's slots, one a site: `slot.delay` is the time between two requests, `per_slot_settings` what a
slot begins with, `slot.latercall` a pause.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle
from scrapy.utils.asyncio import call_later

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Downloader, Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LONGEST_DELAY = 30.0
"""Seconds between two requests to one site, whatever it asks for: 2,880 pages a day."""
_SECONDS = re.compile(r"([0-9]+)(?:\.[0-9]*)?\s*(?:,|$)")


def retry_after(response: Response, now: datetime | None = None) -> float:
    """The seconds of rest that an answer asks for (RFC 9110, 10.2.3); 0 where it asks for none.

    Args:
        response: its `Retry-After` has seconds (a fraction, and a second value behind a comma, are seen too),
            or a date.
        now: aware; the clock's by default.
    """
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if seconds := _SECONDS.match(text):
        return float(seconds[1][:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - (now or datetime.now(UTC))).total_seconds(), 0.0)


class Slots:
    """Scrapy's queues, one a site, as far as politeness changes them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    def pause(self, request: Request, seconds: float) -> None:
        """Send nothing to the request's site for some seconds."""
        slot = self._slot(request)
        if slot is not None and slot.latercall is None:
            slot.latercall = call_later(seconds, self._downloader._latercall, slot)

    def slow_down(self, request: Request) -> None:
        """Double the time between two requests to the request's site."""
        slot = self._slot(request)
        if slot is not None:
            slot.delay = min(max(slot.delay * 2, 1.0), LONGEST_DELAY)

    def keep_apart(self, key: str, seconds: float) -> None:
        """Never ask a site more often than every so many seconds, up to LONGEST_DELAY."""
        seconds = min(seconds, LONGEST_DELAY)
        known = self._downloader.per_slot_settings.setdefault(key, {})
        if seconds <= max(known.get("delay", 0.0), self._downloader._delay):
            return
        known.update(delay=seconds, jitter=0.0)  # for the slot that is made after an idle minute
        if key in self._downloader.slots:
            slot = self._downloader.slots[key]
            slot.delay, slot.jitter = max(slot.delay, seconds), 0.0

    @property
    def _downloader(self) -> Downloader:
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader

    def _slot(self, request: Request) -> Slot | None:
        return self._downloader.slots.get(self._downloader.get_slot_key(request))


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which stays above a site's own `Crawl-delay`."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        for key, known in downloader.per_slot_settings.items():
            if downloader.slots.get(key) is slot:
                slot.delay = max(slot.delay, known.get("delay", 0.0))
