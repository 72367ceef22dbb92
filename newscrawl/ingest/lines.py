"""The lines of a .jsonl or .jsonl.gz file: of one that is cut or damaged, all up to the fault."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

MAX_LINE = 20_000_000
"""Bytes; a longer line is a bad row (a file that is no JSON Lines has one line)."""
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_BLOCK = 64 * 1024


class DamagedFileError(Exception):
    """A file cannot be read to its end; the lines before the fault were given out. The message says why."""


class Readable(Protocol):
    """What can be read like a file."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; b"" at the end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number from 1, and its bytes, of an endless line the first `MAX_LINE`."""

    number: int
    content: bytes


def read_lines(stream: Readable) -> Iterator[Line]:
    """The lines of a file that are not blank. What is packed is told by its first bytes, not by its name.

    Args:
        stream: at its beginning.

    Raises:
        DamagedFileError: the file cannot be read, or unpacked, to its end; after its last readable line.
    """
    source = _Source(stream)
    lines = io.BufferedReader(source, _BLOCK)
    number = 0
    while content := lines.readline(MAX_LINE):
        number += 1
        rest = content
        while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
            rest = lines.readline(MAX_LINE)
        content = content.removeprefix(_BOM) if number == 1 else content
        if content.strip():
            yield Line(number, content)
    if source.fault:
        raise DamagedFileError(source.fault)


class _Source(io.RawIOBase):
    """A file's bytes, unpacked. At a fault it ends like a file and remembers why, so that no line is lost."""

    def __init__(self, stream: Readable) -> None:
        self.fault = ""
        self._stream = stream
        self._member = _new_member()
        self._input = b""
        while len(self._input) < len(_GZIP) and (piece := stream.read(_BLOCK)):
            self._input += piece
        self._packed = self._input.startswith(_GZIP)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Put the next bytes into `buffer`; 0 at the end or at a fault."""
        got = b""
        while not got and not self.fault and self._has_input():
            got = self._unpack(len(buffer)) if self._packed else self._take(len(buffer))
        buffer[: len(got)] = got
        return len(got)

    def _has_input(self) -> bool:
        """Whether there is more of the file; a packed file that ends before its time is a fault."""
        try:
            self._input = self._input or self._stream.read(_BLOCK)
        except OSError as error:
            self.fault = error.strerror or str(error)
        if not self._input and self._packed and not self._member.eof and not self.fault:
            self.fault = "its packed data ends too early; the file was cut"
        return bool(self._input)

    def _take(self, most: int) -> bytes:
        got, self._input = self._input[:most], self._input[most:]
        return got

    def _unpack(self, most: int) -> bytes:
        if self._member.eof:  # packed files may be put together, and zeros may fill the last block
            self._input = self._input.lstrip(b"\0")
            if not self._input:
                return b""
            self._member = _new_member()
        before = self._member.copy()
        try:
            got = self._member.decompress(self._input, most)
        except zlib.error as error:
            self.fault = f"its packed data is damaged ({error})"
            return _up_to_fault(before, self._input)
        self._input = self._member.unconsumed_tail or self._member.unused_data
        return got


def _new_member() -> zlib._Decompress:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: with gzip's header and checksum


def _up_to_fault(member: zlib._Decompress, data: bytes) -> bytes:
    """What a damaged block holds before its fault, byte by byte: a fault takes the output of a whole call."""
    got = bytearray()
    with suppress(zlib.error):
        for at in range(len(data)):
            got += member.decompress(data[at : at + 1])
    return bytes(got)
