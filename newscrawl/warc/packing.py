"""The bytes of a WARC file, and its gzip members: unpacked piece by piece, found again behind damage."""

from __future__ import annotations

import zlib
from collections import deque
from io import BytesIO
from typing import Protocol

PIECE = 64 * 1024
"""Bytes that are read, and bytes that are unpacked, at once."""
LOOK_BACK = 1024 * 1024
"""Packed bytes of a member that are kept while it is read: in them the next one is looked for, if it is
damaged. Damage shows within a few pieces."""
BOMB = 64 * 1024 * 1024
"""Bytes that a member may unpack to whatever it has; beyond them at most `RATIO` times its packed bytes."""
RATIO = 100
GZIP = b"\x1f\x8b"

_MEMBER = b"\x1f\x8b\x08"
_RECORD = b"WARC/"
_PROBE = 1024
"""Packed bytes that are enough to unpack the first five."""


class Readable(Protocol):
    """What can be read like a file."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; b"" at the end."""


class Source(Protocol):
    """What gives bytes piece by piece.

    Attributes:
        fault: why it ended before its time; "" while it has not.
    """

    fault: str

    def read(self) -> bytes:
        """The next piece; b"" at the end, and at a fault.

        Raises:
            OSError: the file cannot be read.
        """


class File:
    """A file's bytes, of which some may be put back.

    Attributes:
        offset: where in the file the next byte stands.
        fault: none: a file that is cut just ends.
    """

    def __init__(self, stream: Readable, offset: int = 0) -> None:
        self.offset = offset
        self.fault = ""
        self._stream, self._next = stream, b""

    def read(self) -> bytes:
        """The next piece; b"" at the end.

        Raises:
            OSError: the file cannot be read.
        """
        ahead = self._next or self._stream.read(PIECE)
        got, self._next = ahead[:PIECE], ahead[PIECE:]
        self.offset += len(got)
        return got

    def put_back(self, data: bytes) -> None:
        """Have `data` read again, which was read last."""
        self._next = data + self._next
        self.offset -= len(data)

    def peek(self, size: int = len(_RECORD)) -> bytes:
        """The next bytes, as many as there are of `size`."""
        pieces = [self.read()]
        while pieces[-1] and sum(map(len, pieces)) < size:
            pieces.append(self.read())
        data = b"".join(pieces)
        self.put_back(data)
        return data[:size]

    def skip_zeros(self) -> None:
        """Go on to the next byte that is not zero: disks and tapes fill their last blocks."""
        while piece := self.read():
            rest = piece.lstrip(b"\0")
            if rest:
                self.put_back(rest)
                return


class Member:
    """One gzip member, read piece by piece up to its end, and no further.

    Attributes:
        start: where it begins in its file.
        fault: what is wrong with it, once that shows.
    """

    def __init__(self, file: File) -> None:
        self.start = file.offset
        self.fault = ""
        self._file = file
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: with gzip's header and checksum
        self._input = b""
        self._seen: deque[bytes] = deque()
        self._seen_bytes = self._unpacked = 0

    def read(self) -> bytes:
        """The next bytes, unpacked; b"" at the end, and at a fault: damage, a cut, a bomb."""
        piece = b""
        while not piece and not self.fault and not self._inflate.eof:
            piece = self._unpack()
            if not piece and not self._inflate.eof and not self._input:
                self._more()
        return piece

    def _unpack(self) -> bytes:
        try:
            piece = self._inflate.decompress(self._input, PIECE)
        except zlib.error as error:
            self.fault = f"its packed data is damaged ({error})"
            return b""
        self._input = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._file.put_back(self._inflate.unused_data)
        self._unpacked += len(piece)
        if self._unpacked > BOMB and self._unpacked > RATIO * (self._file.offset - self.start):
            self.fault = f"it unpacks to more than {BOMB // 2**20} MB, over {RATIO} times what is packed"
        return piece

    def _more(self) -> None:
        self._input = self._file.read()
        if not self._input:
            self.fault = self.fault or "its packed data ends too early; the file was cut"
        self._seen.append(self._input)
        self._seen_bytes += len(self._input)
        while self._seen_bytes > LOOK_BACK + PIECE:
            self._seen_bytes -= len(self._seen.popleft())

    def put_back(self) -> None:
        """Have what was read of it read again, as far back as it is kept, but for its first byte."""
        seen = b"".join(self._seen)
        whole = self._file.offset - len(seen) == self.start
        self._file.put_back(seen[1:] if whole else seen)


def is_packed(file: File) -> bool:
    """Whether a file is packed, be it damaged at its very beginning."""
    start = file.peek()
    if start.startswith((GZIP, _RECORD)):
        return start.startswith(GZIP)
    return find_member(File(BytesIO(file.peek(LOOK_BACK))))


def find_member(file: File) -> bool:
    """Go on to the next gzip member that begins with a record; False where there is none."""
    window = b""
    while piece := file.read():
        window += piece
        at = window.find(_MEMBER)
        while at >= 0:
            if len(window) - at < _PROBE:
                window += file.read()
            if _begins_with_record(window[at : at + _PROBE]):
                file.put_back(window[at:])
                return True
            at = window.find(_MEMBER, at + 1)
        window = window[1 - len(_MEMBER) :]
    return False


def _begins_with_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, len(_RECORD)) == _RECORD
    except zlib.error:
        return False
