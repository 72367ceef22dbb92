"""How large every part of an answer may be: Scrapy's HTTP/1.1 handler with a parser that counts.

Twisted bounds one line (`LineReceiver.MAX_LENGTH`), a chunk's size line and trailers (64 KiB), Scrapy the
body and the seconds for a whole answer. Neither bounds the number of header lines, of `1xx` answers, or what
chunks cost beside their bytes: a server that never ends them fills the memory. `BoundedParser` does.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    ResponseDataLossError,
    StopDownload,
)
from twisted.web.client import ResponseFailed
from twisted.web.http import _ChunkedTransferDecoder, _MalformedChunkedDataError

from newscrawl.article import Outcome
from newscrawl.config import variable
from newscrawl.middlewares.addresses import private_address
from newscrawl.middlewares.refusals import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as TwistedRequest
    from twisted.web.iweb import IResponse

MAX_HEADER_BYTES = 256 * 1024
"""Of status lines and headers together, `1xx` answers included. Chromium allows as much."""
MAX_HEADER_LINES = 1000
MAX_CHUNK_OVERHEAD = 4 * 1024 * 1024
"""Bytes of chunk sizes, extensions and trailers beside a body's own."""

FIRST_BYTES = "first_bytes"
"""In a request's meta: how many bytes of the answer are wanted; what comes after them is left out."""

_TWISTED_BOUND = re.compile("exceeds|too long")

logging.getLogger("scrapy.core.downloader.handlers.http11").addFilter(
    lambda record: "download max size" not in record.getMessage()  # the Outcome says it
)


class ExcessError(Exception):
    """A part of an answer that is larger than any sound server's."""


class BoundedParser(_LenientHTTPClientParser):
    """Ends an answer whose headers, `1xx` answers or chunk overhead go beyond the bounds: ExcessError."""

    MAX_LENGTH = 64 * 1024
    _header_bytes = 0
    _header_lines = 0
    _overhead = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  (Twisted's name)
        """Count a status or header line, then read it."""
        self._header_bytes += len(line) + 1
        self._header_lines += 1
        if self._header_bytes > MAX_HEADER_BYTES or self._header_lines > MAX_HEADER_LINES:
            raise ExcessError(
                f"its headers go on beyond {MAX_HEADER_BYTES // 1024} KiB or {MAX_HEADER_LINES:,} lines"
            )
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        """End an answer with an endless line."""
        raise ExcessError(f"a header line goes on beyond {self.MAX_LENGTH // 1024} KiB")

    def switchToBodyMode(self, decoder: Any) -> None:  # noqa: N802
        """Count what the decoder of a chunked body delivers, beside what it is given."""
        if isinstance(decoder, _ChunkedTransferDecoder):
            deliver = decoder.dataCallback

            def counted(data: bytes) -> None:
                self._overhead -= len(data)
                deliver(data)

            decoder.dataCallback = counted
        super().switchToBodyMode(decoder)  # type: ignore[no-untyped-call]

    def rawDataReceived(self, data: bytes) -> None:  # noqa: N802
        """Pass on the bytes of a body."""
        decoder: object = self.bodyDecoder  # Twisted's annotation knows one kind only
        if isinstance(decoder, _ChunkedTransferDecoder):
            self._overhead += len(data)
            if self._overhead > MAX_CHUNK_OVERHEAD:
                raise ExcessError(f"its chunks cost over {MAX_CHUNK_OVERHEAD >> 20} MiB beside their bytes")
        super().rawDataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TwistedRequest) -> Deferred[IResponse]:
        deferred = super().request(request)
        # Scrapy's own way to a parser of its own, which Twisted hardcodes: nothing has been received yet.
        if self._parser is not None:
            self._parser.__class__ = BoundedParser
        return deferred


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: N802
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, whose failures say which bound or which address it was."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._received: WeakKeyDictionary[Request, int] = WeakKeyDictionary()
        crawler.signals.connect(self._stop_when_enough, signals.bytes_received)

    def _stop_when_enough(self, data: bytes, request: Request) -> None:
        """End an answer of which no more is wanted; it counts as whole."""
        wanted = request.meta.get(FIRST_BYTES)
        if wanted is None:
            return
        self._received[request] = self._received.get(request, 0) + len(data)
        if self._received[request] >= wanted:
            raise StopDownload(fail=False)

    async def download_request(self, request: Request) -> Response:
        """Download.

        Raises:
            Refused: TOO_LARGE, a part of the answer; FORBIDDEN_ADDRESS, the name resolves to a private one.
            Exception: Scrapy's, for all other failures.
        """
        try:
            return await super().download_request(request)
        except DownloadCancelledError as error:
            raise too_large(request, self._default_maxsize) from error
        except (DownloadFailedError, ResponseDataLossError) as error:
            if excess := _excess(error):
                raise Refused(Outcome.TOO_LARGE, f"{request.url}: {excess}") from error
            raise
        except CannotResolveHostError as error:
            host = urlsplit(request.url).hostname or ""
            if address := private_address(host):
                reason = f"{host} resolves to {address}, an address in a private network"
                raise Refused(Outcome.FORBIDDEN_ADDRESS, reason) from error
            raise


def too_large(request: Request, max_page_bytes: int) -> Refused:
    """What to raise for a body over the limit, as it came or unpacked; it names the setting."""
    own: int | None = request.meta.get("download_maxsize")
    name = variable("max_page_bytes" if own is None else "max_sitemap_bytes")
    limit = max_page_bytes if own is None else own
    return Refused(Outcome.TOO_LARGE, f"{request.url}: larger than {limit:,} bytes ({name})")


def _excess(error: Exception) -> str:
    """Which bound, ours or one of Twisted's on chunks, a failure is about; empty for other failures."""
    cause = error.__cause__
    for one in cause.reasons if isinstance(cause, ResponseFailed) else ():
        if isinstance(one.value, ExcessError):
            return str(one.value)
        if isinstance(one.value, _MalformedChunkedDataError) and _TWISTED_BOUND.search(str(one.value)):
            return str(one.value)
    return ""
