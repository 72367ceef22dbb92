"""Pages as they come over the wire are noted before they are unpacked, to be kept."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from newscrawl.config import Config
from newscrawl.warc.as_fetched import AsFetched

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from newscrawl.warc.as_fetched import Headers as Lines

_NOTED = "as_fetched"
_REASONS = {int(status): status.phrase for status in HTTPStatus}
"""What servers usually say; Scrapy does not keep what this one did."""


class NoteAsFetched:
    """Notes a page's answer with its request; `take` takes it from there. Without kept pages it is not there.

    Listings and robots.txt are not noted, nor what never reaches the reading of pages: errors, redirects.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component.

        Raises:
            NotConfigured: no pages are kept.
        """
        if not Config.from_scrapy(crawler.settings).pages_place:
            raise NotConfigured
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Note an answer; it goes on as it is."""
        if "arrival" in request.cb_kwargs and 200 <= response.status < 300:
            request.meta[_NOTED] = _as_fetched(request, response)
        return response


def take(response: Response) -> AsFetched | None:
    """The page of an answer as it was noted; with its request it is not kept any more."""
    noted: AsFetched | None = response.meta.pop(_NOTED, None)
    return noted


def _as_fetched(request: Request, response: Response) -> AsFetched:
    # Behind a proxy the address is the proxy's.
    address = None if request.meta.get("proxy") else response.ip_address
    return AsFetched(
        url=response.url,
        fetched_at=datetime.now(UTC),
        status=response.status,
        headers=_lines(response.headers),
        body=response.body,
        reason=_REASONS.get(response.status, ""),
        protocol=response.protocol or "HTTP/1.1",
        method=request.method,
        request_headers=_lines(request.headers),
        ip=str(address or ""),
    )


def _lines(headers: Headers) -> Lines:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name in headers
        for value in headers.getlist(name)
    )
