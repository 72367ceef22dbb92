"""Compressed answers: few layers, each unpacked to a limit, so that no small answer becomes a large one."""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from newscrawl.article import Outcome
from newscrawl.middlewares.bounds import too_large
from newscrawl.middlewares.breaker import CircuitBreaker
from newscrawl.middlewares.refusals import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_LAYERS = 2
"""Content-Encodings over one another. One is usual; a second is a proxy's mistake."""
MAX_MEMBERS = 1000
"""Of one gzip stream: each costs time, also an empty one."""

_STEP = 1 << 16


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
        try:
            return await asyncio.to_thread(super().process_response, request, response)
        except _ExcessError as error:
            self._note_failure(request)
            raise too_large(request, self._max_size) from error

    def _note_failure(self, request: Request) -> None:
        """Tell the circuit breaker, which this exception does not reach."""
        breaker = self._crawler.get_downloader_middleware(CircuitBreaker)
        if breaker is not None:
            breaker.note_failure(request, "answers beyond all limits")

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        try:
            if encoding in (b"gzip", b"x-gzip"):
                return gunzip(body, max_size)
            return HttpCompressionMiddleware._decode(body, encoding, max_size)
        except ValueError as error:  # Scrapy's _DecompressionMaxSizeExceeded is one
            raise _ExcessError from error


class _ExcessError(Exception):
    """More than may be unpacked."""


def gunzip(body: bytes, max_size: int) -> bytes:
    """Unpack all members of a gzip stream; of a damaged one what can be had, as browsers do.

    Raises:
        ValueError: more than `max_size` bytes, or more than MAX_MEMBERS members.
        zlib.error: nothing can be had of it.
    """
    pieces: list[bytes] = []
    size = members = start = 0
    while body.startswith(b"\x1f\x8b", start):
        members += 1
        if members > MAX_MEMBERS:
            raise ValueError(f"more than {MAX_MEMBERS} gzip members")
        member = zlib.decompressobj(wbits=31)
        try:
            start, size = _member(member, body, start, size, max_size, pieces)
        except zlib.error:
            break
        if not member.eof:
            return b"".join(pieces)
    if not pieces and body:
        raise zlib.error("not a gzip stream")
    return b"".join(pieces)


def _member(
    member: zlib._Decompress, body: bytes, start: int, size: int, max_size: int, pieces: list[bytes]
) -> tuple[int, int]:
    """Unpack one member in steps, so that no tail is copied. Returns where it ends, and the size so far."""
    while not member.eof and start < len(body):
        packed = body[start : start + _STEP]
        start += len(packed)
        piece = b"full"
        while (packed or len(piece) >= _STEP) and not member.eof:
            piece = member.decompress(packed, _STEP)
            packed = member.unconsumed_tail
            pieces.append(piece)
            size += len(piece)
            if max_size and size > max_size:
                raise ValueError(f"more than {max_size} bytes")
    return start - len(member.unused_data), size
