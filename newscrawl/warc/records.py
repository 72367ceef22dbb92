"""The records of a WARC file, one after the other, whatever is damaged in between (ISO 28500, 1.0 and 1.1).

Files with a gzip member for each record, packed as one stream, and not packed at all. Memory grows neither
with the file nor with a record. After a damaged record reading goes on at the next one that can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from newscrawl.warc.packing import GZIP, PIECE, File, Member, Readable, Source, find_member, is_packed

MAX_BLOCK = 10 * 1024 * 1024
"""Bytes of a record's content that are held, where the caller does not say."""
MAX_HEAD = 64 * 1024
"""Bytes of a record's own header lines; more is no record's."""
_BEGIN = b"WARC/"
_NEXT = b"\nWARC/1."
"""Where a record may begin behind a damaged one: at the beginning of a line."""
_BLANK = b"\r\n\0"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NUMBER = re.compile(r"[0-9]{1,15}")
_FOLD = re.compile(r"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Record:
    """One record, or what is in the place of one that cannot be read.

    Attributes:
        offset: the byte of the file where it begins, or where the gzip member begins that holds it.
        inner: the byte of that member, unpacked, where it begins: 0 but where a member holds several.
        headers: its header fields by their names in small letters; of a repeated one the first.
        block: its content; None where that is larger than is held.
        length: how long its content is.
        end: the byte of the file up to which all was read.
        fault: why it cannot be read; "" where it can.
    """

    offset: int
    inner: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    block: bytes | None = field(default=None, repr=False)
    length: int = 0
    end: int = 0
    fault: str = ""

    @property
    def place(self) -> str:
        """Where it is in its file: 1200, or 1200+64 where a packed stream holds several records."""
        return f"{self.offset}+{self.inner}" if self.inner else str(self.offset)

    @property
    def type(self) -> str:
        """Its WARC-Type in small letters; "" where it has none."""
        return self.headers.get("warc-type", "").lower()


def is_warc(stream: Readable) -> bool:
    """Whether a file begins with a WARC record, packed or not; its first bytes are read."""
    file = File(stream)
    return (Member(file) if file.peek().startswith(GZIP) else file).read().startswith(_BEGIN)


def read_records(stream: Readable, *, max_block: int = MAX_BLOCK, offset: int = 0) -> Iterator[Record]:
    """Read a file's records, in order.

    Args:
        stream: at the beginning of a record, or of the gzip member that holds it.
        max_block: bytes of content that are held; a longer one is passed over.
        offset: where in its file the stream begins.

    Yields:
        Each record; in place of what cannot be read, one record with a `fault`.

    Raises:
        OSError: the file cannot be read to its end; after its last readable record.
    """
    file = File(stream, offset)
    file.skip_zeros()
    if not is_packed(file):
        yield from _plain(file, max_block)
        return
    while start := file.peek():
        if start.startswith(GZIP):
            yield from _member(file, max_block)
        else:
            yield Record(file.offset, end=file.offset, fault="no packed record begins here")
            find_member(file)
        file.skip_zeros()


def _plain(file: File, max_block: int) -> Iterator[Record]:
    start = file.offset
    for record in _records(_Window(file), max_block):
        yield replace(record, offset=start + record.inner, inner=0, end=file.offset)


def _member(file: File, max_block: int) -> Iterator[Record]:
    member = Member(file)
    window = _Window(member)
    blamed = False
    for record in _records(window, max_block):
        yield replace(record, offset=member.start, end=file.offset)
        blamed = bool(record.fault)
    if member.fault:
        if not blamed:
            yield Record(member.start, window.at, end=file.offset, fault=member.fault)
        member.put_back()
        find_member(file)


# --- inside a member, or a file that is not packed ------------------------------------------------


class _FaultError(Exception):
    """Why what is read is no record."""


class _Window:
    """A part of a source's bytes, which slides on.

    Attributes:
        at: how many bytes are behind it.
    """

    def __init__(self, source: Source) -> None:
        self.at = 0
        self._source = source
        self._held = bytearray()

    def holds(self, size: int) -> bool:
        """Whether there are so many bytes more."""
        while len(self._held) < size:
            piece = self._source.read()
            if not piece:
                return False
            self._held += piece
        return True

    def take(self, size: int) -> bytes:
        """The next `size` bytes, or as many as there are."""
        self.holds(size)
        taken = bytes(memoryview(self._held)[:size])
        self.drop(len(taken))
        return taken

    def drop(self, size: int) -> None:
        """Go on by bytes that are held."""
        del self._held[:size]
        self.at += size

    def skip(self, size: int) -> int:
        """Go on by `size` bytes, or as many as there are: how many."""
        begin, end = self.at, self.at + size
        while self.at < end and self.holds(1):
            self.drop(min(len(self._held), end - self.at))
        return self.at - begin

    def put_back(self, data: bytes) -> None:
        """Have `data` read again, which was read last."""
        self._held[:0] = data
        self.at -= len(data)

    def head(self) -> bytes:
        """A record's header lines, without the blank line behind them.

        Raises:
            _FaultError: they do not end.
        """
        searched = 0
        while not (end := _HEAD_END.search(self._held, max(searched - 3, 0))):
            searched = len(self._held)
            if searched > MAX_HEAD:
                self.drop(len(_BEGIN))
                raise _FaultError(f"its header is longer than {MAX_HEAD // 1024} KB")
            if not self.holds(searched + 1):
                self.drop(len(_BEGIN))
                raise _FaultError(self.fault or "its header ends too early")
        head = bytes(memoryview(self._held)[: end.start()])
        self.drop(end.end())
        return head

    def skip_blank(self) -> None:
        """Go on to the next byte that is no line break."""
        while (blank := self._blank()) and self._held:
            self.drop(blank)

    def is_end(self) -> bool:
        """Whether a record has ended here: another begins, or nothing follows."""
        blank = self._blank()
        if self.fault:
            return False
        return blank == PIECE or self._held[blank : blank + len(_BEGIN)] in (_BEGIN, b"")

    def _blank(self) -> int:
        """How many of the next bytes are line breaks; one that is none is then held, if there is one."""
        blank = 0
        while self.holds(blank + len(_BEGIN)) or blank < len(self._held):
            if self._held[blank] not in _BLANK or blank == PIECE:
                break
            blank += 1
        return blank

    def find_next(self) -> None:
        """Go on to where the next record may begin, or else to the end."""
        if self.begins():
            return
        while self.holds(len(_NEXT)):
            at = self._held.find(_NEXT)
            self.drop(at + 1 if at >= 0 else len(self._held) - len(_NEXT) + 1)
            if at >= 0:
                return
            if not self.holds(len(self._held) + 1):
                break
        self.drop(len(self._held))

    def begins(self) -> bool:
        """Whether a record seems to begin here."""
        return self.holds(len(_BEGIN)) and self._held.startswith(_BEGIN)

    @property
    def fault(self) -> str:
        """What is wrong with the source, as far as is known."""
        return self._source.fault


def _records(window: _Window, max_block: int) -> Iterator[Record]:
    """The records; their `inner` is where they begin in the window."""
    window.skip_blank()
    while window.holds(1):
        start = window.at
        try:
            record = _record(window, max_block)
        except _FaultError as fault:
            record = Record(0, fault=str(fault))
            window.find_next()
        yield replace(record, inner=start)
        window.skip_blank()


def _record(window: _Window, max_block: int) -> Record:
    if not window.begins():
        raise _FaultError(window.fault or "no record begins here")
    headers = _headers(window.head())
    stated = headers.get("content-length", "")
    if not _NUMBER.fullmatch(stated):
        raise _FaultError(f"its Content-Length is {stated[:40]!r}, no number")
    length = int(stated)
    block = window.take(length) if length <= max_block else None
    passed = window.skip(length) if block is None else len(block)
    if passed < length or not window.is_end():
        if block:
            window.put_back(block)
        raise _FaultError(window.fault or _wrong(length, passed))
    return Record(0, headers=headers, block=block, length=length)


def _wrong(length: int, passed: int) -> str:
    if passed < length:
        return f"its Content-Length is {length}, and there are {passed} bytes"
    return f"its Content-Length is {length}, and no record ends there"


def _headers(head: bytes) -> dict[str, str]:
    text = _FOLD.sub(" ", head.decode("utf-8", "replace"))
    headers: dict[str, str] = {}
    for line in text.split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers
