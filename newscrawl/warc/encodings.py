"""Content encodings undone, each to a limit: gzip, deflate, br and zstd, those that a crawl accepts.

The crawl and whoever reads a kept page unpack by this one module, so that both see the same bytes.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

MAX_LAYERS = 2
"""Content-Encodings over one another. One is usual; a second is a proxy's mistake."""
MAX_MEMBERS = 1000
"""Of one gzip stream: each costs time, also an empty one."""

_STEP = 1 << 16


class UnpackError(ValueError):
    """A body cannot be unpacked; the message says why."""


class TooMuchError(UnpackError):
    """It unpacks to more than may be unpacked, or is packed over and over.

    Attributes:
        head: what was unpacked up to the limit.
    """

    head: bytes = b""


def unpack(body: bytes, encodings: Iterable[str], max_bytes: int) -> bytes:
    """Undo the encodings of Content-Encoding headers, the last one first, up to one that nobody knows.

    Args:
        body: as it came.
        encodings: the headers' values, each of which may name several with commas.
        max_bytes: of each step's result; 0 for any number.

    Raises:
        UnpackError: it is damaged from its beginning.
        TooMuchError: more than `max_bytes`, or more than MAX_LAYERS layers.
    """
    layers = [name.strip().lower() for value in encodings for name in value.split(",") if name.strip()]
    if len(layers) > MAX_LAYERS:
        raise TooMuchError(f"packed {len(layers)} times over")
    while layers and layers[-1] in _UNDO:
        body = undo(body, layers.pop(), max_bytes)
    return body


def unpack_head(body: bytes, encodings: Iterable[str], most: int) -> bytes:
    """As `unpack`, of what is too much its beginning.

    Raises:
        UnpackError: it is damaged from its beginning.
    """
    layers = [name.strip().lower() for value in encodings for name in value.split(",") if name.strip()]
    while layers and layers[-1] in _UNDO:
        try:
            body = undo(body, layers.pop(), most)
        except TooMuchError as error:
            body = error.head
    return body


def undo(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Undo one encoding of those that `unpack` knows; of a body that is cut off, what can be had.

    Raises:
        UnpackError: as `unpack`.
    """
    try:
        return _UNDO[encoding](body, max_bytes)
    except TooMuchError:
        raise
    except Exception as error:  # each library has errors of its own
        raise UnpackError(f"not {encoding}, though its header says so ({error})") from error


def gunzip(body: bytes, max_bytes: int) -> bytes:
    """Unpack all members of a gzip stream; of a damaged one what can be had, as browsers do.

    Raises:
        TooMuchError: more than `max_bytes` bytes, or more than MAX_MEMBERS members.
        zlib.error: nothing can be had of it.
    """
    pieces: list[bytes] = []
    size = members = start = 0
    while body.startswith(b"\x1f\x8b", start):
        members += 1
        if members > MAX_MEMBERS:
            error = TooMuchError(f"more than {MAX_MEMBERS} gzip members")
            error.head = b"".join(pieces)
            raise error
        member = zlib.decompressobj(wbits=31)
        try:
            start, size = _member(member, body, start, size, max_bytes, pieces)
        except zlib.error:
            break
        if not member.eof:
            return b"".join(pieces)
    if not pieces and body:
        raise zlib.error("not a gzip stream")
    return b"".join(pieces)


def _member(
    member: zlib._Decompress, body: bytes, start: int, size: int, max_bytes: int, pieces: list[bytes]
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
            _hold(size, max_bytes, pieces)
    return start - len(member.unused_data), size


def _inflate(body: bytes, max_bytes: int) -> bytes:
    """Undo `deflate`, zlib's format, also without its frame, as some servers send it (RFC 9110)."""
    stream = zlib.decompressobj()
    try:
        pieces = [stream.decompress(body, _STEP)]
    except zlib.error:
        stream = zlib.decompressobj(wbits=-15)
        pieces = [stream.decompress(body, _STEP)]
    return _collect(pieces[0], lambda: stream.decompress(stream.unconsumed_tail, _STEP), max_bytes)


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    first = stream.process(body, output_buffer_limit=_STEP)
    return _collect(
        first,
        lambda: b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_STEP),
        max_bytes,
    )


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdFile
    else:
        from backports.zstd import ZstdFile

    stream = ZstdFile(BytesIO(body))

    def more() -> bytes:
        try:
            return stream.read(_STEP)
        except EOFError:  # cut off: what there was has been read
            return b""

    return _collect(more(), more, max_bytes)


def _collect(first: bytes, more: Callable[[], bytes], max_bytes: int) -> bytes:
    """All pieces up to an empty one."""
    pieces, size, piece = [], 0, first
    while piece:
        pieces.append(piece)
        size += len(piece)
        _hold(size, max_bytes, pieces)
        piece = more()
    return b"".join(pieces)


def _hold(size: int, max_bytes: int, pieces: Iterable[bytes]) -> None:
    if max_bytes and size > max_bytes:
        error = TooMuchError(f"more than {max_bytes} bytes")
        error.head = b"".join(pieces)
        raise error


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
