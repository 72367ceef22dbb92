"""The archive knows what is asked for before it is: what kills the run is suspected afterwards."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from newscrawl.article import Outcome
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.bounds import BoundedDownloadHandler
from newscrawl.middlewares.refusals import Refused
from newscrawl.store import StoreError, Suspect

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.steps.session import Session
    from newscrawl.store import Arrival


class Notes:
    """Writes requests down, those that come while one transaction is under way in the next one together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[Suspect] = []
        self._writing = asyncio.Lock()

    async def note(self, suspect: Suspect) -> None:
        """Return once the request for this URL is written down, or cannot be."""
        self._waiting.append(suspect)
        async with self._writing:
            if suspect in self._waiting:  # nobody has taken it along
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
        """Write the request down if it is for a candidate's page or a listing, then download.

        Raises:
            Refused: INTERRUPTED, somebody gave it up; QUARANTINED, a listing that rests.
            Exception: as the bounded handler.
        """
        suspect = await self._suspect(request)
        if suspect is not None:
            if self._notes is None:
                self._notes = Notes(RunAccounting.of(self._crawler).session)
            await self._notes.note(suspect)
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

    async def _suspect(self, request: Request) -> Suspect | None:
        """What to write down of a request; None of a site's pages that may name listings.

        Raises:
            Refused: QUARANTINED.
        """
        arrival: Arrival | None = request.cb_kwargs.get("arrival")
        if arrival is not None:
            return arrival.suspect
        listing: Suspect | None = request.meta.get("listing")
        if listing is not None:
            session = RunAccounting.of(self._crawler).session
            _, rests_until = await session.on_store(session.archive.strikes, listing.url)
            if rests_until and rests_until > datetime.now(UTC):
                raise Refused(
                    Outcome.QUARANTINED, f"two runs were killed of it; it rests until {rests_until:%Y-%m-%d}"
                )
        return listing


_downloads: WeakKeyDictionary[Crawler, set[asyncio.Future[Response]]] = WeakKeyDictionary()


def give_up(crawler: Crawler) -> None:
    """End all that is being downloaded, so that a run can end that waits for an answer."""
    for download in list(_downloads.get(crawler, ())):
        download.cancel()
