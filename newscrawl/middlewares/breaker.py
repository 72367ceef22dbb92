"""A circuit breaker for each host: one that fails again and again is left alone, and its URLs wait.

A host trips its breaker when five of its URLs in a row failed, or ten requests, or when it asks for a longer
rest (`Retry-After`). Its other requests then end at once as POSTPONED, which spends none of their tries,
until the snooze is over; one more failure begins a longer one. The run's problems say so, with counts.

Those that wait in the queue do not go through the crawl one by one, each with a transaction of its own, but
are set aside and written down together: a host that fails costs the others no time.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DontCloseSpider,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from newscrawl.article import Outcome
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.politeness import Slots, retry_after
from newscrawl.middlewares.refusals import Refused
from newscrawl.store import StoreError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.store import Arrival

URLS_IN_A_ROW = 5
FAILURES_IN_A_ROW = 10
FIRST_SNOOZE = 120.0
LONGEST_SNOOZE = 3600.0
"""Seconds. What `Retry-After` asks for counts up to here; visits remember the rest."""
SHORT_REST = 30.0
"""Seconds of a `Retry-After` that a run waits for; for a longer one the host is left to later runs."""

_FAILING = frozenset({403, 408, 429})
_REST = frozenset({429, 503})
_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


@dataclass(slots=True)
class Host:
    """One host in this run."""

    sent: int = 0
    postponed: int = 0
    failures: int = 0
    """In a row."""
    urls: set[str] = field(default_factory=set)
    """That failed in a row."""
    why: str = ""
    snoozes: int = 0
    snoozes_until: float = 0.0
    """On the monotonic clock."""

    def succeeded(self) -> None:
        """Note a sound answer."""
        self.failures = self.snoozes = 0
        self.urls.clear()

    def failed(self, url: str, why: str, now: float, rest: float = 0.0) -> None:
        """Note a failure; `rest` is what the host asked for, in seconds."""
        self.failures += 1
        self.urls.add(url)
        self.why = why
        too_often = len(self.urls) >= URLS_IN_A_ROW or self.failures >= FAILURES_IN_A_ROW or self.snoozes
        if too_often or rest > SHORT_REST:
            snooze = max(rest, FIRST_SNOOZE * 2**self.snoozes)
            self.snoozes_until = now + min(snooze, LONGEST_SNOOZE)
            self.snoozes = min(self.snoozes + 1, 10)

    def sentence(self, name: str) -> str:
        """What the run's problems say of a host that tripped its breaker."""
        rest = f"{self.postponed:,} requests wait for later runs" if self.postponed else "left alone now"
        return f"{name}: {self.why}, {self.failures} failures in a row; {self.sent:,} requests sent, {rest}"


class CircuitBreaker:
    """Downloader middleware, nearer to the network than Retry and Redirect: it sees every single answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.hosts: dict[str, Host] = {}
        self.sound: set[str] = set()
        """The download slots, one a site, whose last answer was a good one."""
        self._crawler = crawler
        self._slots = Slots(crawler)
        self._lines: dict[tuple[str, str], int] = {}
        self._aside: list[tuple[Arrival, str]] = []
        self._writing: asyncio.Task[None] | None = None
        crawler.signals.connect(self._hold_open, signals.spider_idle)
        crawler.signals.connect(self._stop, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse a request to a host that snoozes; count the others.

        Raises:
            Refused: POSTPONED.
        """
        name, host = self._host(request)
        if monotonic() < host.snoozes_until:
            raise Refused(Outcome.POSTPONED, self._postpone(request, name, host))
        host.sent += 1

    def set_aside(self, request: Request) -> bool:
        """Postpone the candidate that a request waits for, if its host snoozes; False if it does not.

        The candidate ends together with others, soon; the run stays open until then.
        """
        arrival: Arrival | None = request.cb_kwargs.get("arrival")
        name, host = self._host(request)
        if arrival is None or monotonic() >= host.snoozes_until:
            return False
        self._aside.append((arrival, self._postpone(request, name, host)))
        if self._writing is None:
            self._writing = asyncio.ensure_future(self._write())
        return True

    async def _write(self) -> None:
        accounting = RunAccounting.of(self._crawler)
        try:
            while self._aside:
                some, self._aside = self._aside, []
                await accounting.session.on_store(accounting.session.run.postpone, some)
                for arrival, _ in some:
                    accounting.tallies.count(arrival.outlet, Outcome.POSTPONED)
        except StoreError:
            self._aside.clear()  # they stay open, and wait for the next run; the run's end says why
        finally:
            self._writing = None
        engine = self._crawler.engine
        if engine is not None and engine._slot is not None:
            engine._slot.nextcall.schedule()

    def _hold_open(self) -> None:
        if self._writing is not None:
            raise DontCloseSpider

    def _stop(self) -> None:
        if self._writing is not None:
            self._writing.cancel()

    def process_response(self, request: Request, response: Response) -> Response:
        """Note how a host answered; slow down where it asks for that."""
        if response.status in _FAILING or response.status >= 500:
            rest = retry_after(response) if response.status in _REST else 0.0
            if response.status == 429:
                self._slots.slow_down(request)
            if 0 < rest <= SHORT_REST:
                self._slots.pause(request, rest)
            self.note_failure(request, f"HTTP {response.status}", rest)
        elif not 300 <= response.status < 400 or response.status == 304:
            self._host(request)[1].succeeded()
            self.sound.add(request.meta.get("download_slot", ""))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note an answer that did not come, or was too large."""
        if isinstance(exception, Refused):
            if exception.outcome is Outcome.TOO_LARGE:
                self.note_failure(request, "answers beyond all limits")
        elif isinstance(exception, _ERRORS):
            timeout = isinstance(exception, DownloadTimeoutError)
            self.note_failure(request, "no answer in time" if timeout else type(exception).__name__)

    def note_failure(self, request: Request, why: str, rest: float = 0.0) -> None:
        """Count a failure of a request's host, and trip its breaker if that is one too many."""
        name, host = self._host(request)
        host.failed(request.url, why, monotonic(), rest)
        self.sound.discard(request.meta.get("download_slot", ""))
        if host.snoozes:
            self._say(request, name, host)

    def _postpone(self, request: Request, name: str, host: Host) -> str:
        """Count a request that is not sent; the reason why."""
        host.postponed += 1
        self._say(request, name, host)
        return f"{name} rests: {host.why}, {host.failures} failures in a row"

    def _host(self, request: Request) -> tuple[str, Host]:
        name = urlsplit(request.url).netloc.rpartition("@")[2].lower()
        return name, self.hosts.setdefault(name, Host())

    def _say(self, request: Request, name: str, host: Host) -> None:
        """Keep one line a host up to date among the problems of the request's outlet."""
        outlet = request.meta.get("outlet")
        if outlet is None:
            return
        problems = RunAccounting.of(self._crawler).tallies.of(outlet.id).problems
        place = self._lines.setdefault((outlet.id, name), len(problems))
        problems[place : place + 1] = [host.sentence(name)]
