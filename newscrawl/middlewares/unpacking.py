"""Compressed answers: few layers, each unpacked to a limit, so that no small answer becomes a large one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from newscrawl.article import Outcome
from newscrawl.middlewares.bounds import FIRST_BYTES, too_large
from newscrawl.middlewares.breaker import CircuitBreaker
from newscrawl.middlewares.refusals import Refused
from newscrawl.warc.encodings import MAX_LAYERS, TooMuchError, undo, unpack_head

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Unpacking(HttpCompressionMiddleware):
    """Scrapy's decompression, with bounds on layers and members; what is too large is Refused(TOO_LARGE)."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._crawler = crawler

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Unpack a body, in a thread: a small one may hold so much that the event loop would stand still."""
        if "Content-Encoding" not in response.headers:
            return response
        layers = b",".join(response.headers.getlist("Content-Encoding")).count(b",")
        if layers >= MAX_LAYERS:
            raise Refused(Outcome.TOO_LARGE, f"{request.url}: packed {layers + 1} times over")
        if FIRST_BYTES in request.meta:
            return await asyncio.to_thread(_head, response, request.meta[FIRST_BYTES])
        try:
            return await asyncio.to_thread(super().process_response, request, response)
        except TooMuchError as error:
            self._note_failure(request)
            raise too_large(request, self._max_size) from error

    def _note_failure(self, request: Request) -> None:
        """Tell the circuit breaker, which this exception does not reach."""
        breaker = self._crawler.get_downloader_middleware(CircuitBreaker)
        if breaker is not None:
            breaker.note_failure(request, "answers beyond all limits")

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return undo(body, encoding.decode(), max_size)


def _head(response: Response, most: int) -> Response:
    """As much of an answer's beginning as was asked for, unpacked."""
    encodings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
    unpacked = response.replace(body=unpack_head(response.body, encodings, most))
    del unpacked.headers["Content-Encoding"]
    return unpacked
