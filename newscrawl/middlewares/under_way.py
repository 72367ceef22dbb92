"""The archive knows which pages are asked for before they are: what kills the run is suspected afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from newscrawl.article import Outcome
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.bounds import BoundedDownloadHandler
from newscrawl.middlewares.refusals import Refused
from newscrawl.store import Arrival, StoreError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.steps.session import Session


class Notes:
    """Writes requests down, those that come while one transaction is under way in the next one together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[Arrival] = []
        self._writing = asyncio.Lock()

    async def note(self, arrival: Arrival) -> None:
        """Return once the request for this candidate is written down, or cannot be."""
        self._waiting.append(arrival)
        async with self._writing:
            if arrival in self._waiting:  # nobody has taken it along
                some, self._waiting = self._waiting, []
                try:
                    await self._session.on_store(self._session.run.ask, some)
                except StoreError:
                    return  # the run ends of it, and says so


class NotingDownloadHandler(BoundedDownloadHandler):
    """The bounded handler; at this point a request goes out, all waiting for its site's turn is over."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._notes: Notes | None = None

    async def download_request(self, request: Request) -> Response:
        """Write the request down if it is for a candidate's page, then download.

        Raises:
            Refused: INTERRUPTED, somebody gave it up.
            Exception: as the bounded handler.
        """
        arrival = request.cb_kwargs.get("arrival")
        if arrival is not None:
            if self._notes is None:
                self._notes = Notes(RunAccounting.of(self._crawler).session)
            await self._notes.note(arrival)
        download = asyncio.ensure_future(super().download_request(request))
        downloads = _downloads.setdefault(self._crawler, set())
        downloads.add(download)
        try:
            await asyncio.wait([download])
            if download.cancelled():
                raise Refused(Outcome.INTERRUPTED, "the run ended before it was answered")
            return download.result()
        finally:
            downloads.discard(download)


_downloads: WeakKeyDictionary[Crawler, set[asyncio.Future[Response]]] = WeakKeyDictionary()


def give_up(crawler: Crawler) -> None:
    """End all that is being downloaded, so that a run can end that waits for an answer."""
    for download in list(_downloads.get(crawler, ())):
        download.cancel()
