"""Whose turn it is: sites that answer do not wait for sites that do not.

A request waits here, not in the downloader, while its site has as many under way as it may have. Else the
requests of slow and dead sites, which wait for robots.txt or for an answer, fill `CONCURRENT_REQUESTS`, and
sound sites stand still. Requests to hosts that are left alone (`CircuitBreaker`) do not come out at all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scrapy.pqueues import DownloaderAwarePriorityQueue

from newscrawl.middlewares.breaker import CircuitBreaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from scrapy import Request

AT_ONCE = 200
"""Requests that are set aside before the event loop has its turn again."""


class FairQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue, in which no site holds more of the crawl's places than it can use."""

    def pop(self) -> Request | None:
        """The next request of a site that has room; None if none has."""
        breaker = self._breaker
        self._busy = self._full()
        for _ in range(AT_ONCE):
            if self.pqueues.keys() <= self._busy:
                return None
            request = super().pop()
            if request is None or breaker is None or not breaker.set_aside(request):
                return request
        return None  # what was set aside wakes the engine up once it is written down

    def peek(self) -> Request | None:
        """What `pop` would return, were it not to be set aside."""
        self._busy = self._full()
        return None if self.pqueues.keys() <= self._busy else super().peek()

    def _next_slot(self, stats: list[tuple[int, str]], *, update_state: bool) -> str:
        return super()._next_slot(
            [one for one in stats if one[1] not in self._busy], update_state=update_state
        )

    def _full(self) -> Set[str]:
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        return full(
            Counter(map(downloader.get_slot_key, downloader.active)),
            self.pqueues,
            self._breaker.sound if self._breaker else set(self.pqueues),
            places=downloader.total_concurrency,
            room=downloader.domain_concurrency,
        )

    @property
    def _breaker(self) -> CircuitBreaker | None:
        return self.crawler.get_downloader_middleware(CircuitBreaker)


def full(
    active: Counter[str], waiting: Iterable[str], sound: Set[str], *, places: int, room: int
) -> Set[str]:
    """The sites that get no further request now.

    One that has not answered well the last time gets one request at a time, and all such sites together leave
    to those that answer the places that these can use, up to half of all: a hundred dead sites may take what
    is left, and no more.

    Args:
        active: requests under way by site.
        waiting: sites with requests that wait.
        sound: sites whose last answer was a good one.
        places: requests that the crawl may have under way; 0 for any number.
        room: those that one site may have.
    """
    busy = {site for site, count in active.items() if count >= (room if site in sound else 1)}
    doubtful = sum(count for site, count in active.items() if site not in sound)
    usable = room * len(sound & {*active, *waiting})
    if places and doubtful >= max(places - min(usable, places // 2), 1):
        busy.update(site for site in waiting if site not in sound)
    return busy
