"""Where the pages are that later `revisit` records refer to, which repeat a page without its content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import blake2b

from newscrawl.ingest.sources import Source
from newscrawl.warc.records import Record, read_records

MOST = 200_000
"""Pages that are remembered, the newest: some 50 MB."""


class Originals:
    """The places of the pages read so far: by address and date, and by the digest of their content.

    Args:
        most: how many are remembered.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._sources: list[Source] = []
        self._places: dict[int, int] = {}
        """Place by key, both as plain numbers, which take least room."""

    def note(self, source: Source, record: Record) -> None:
        """Remember a page, if it can be read again."""
        if record.inner or record.block is None:
            return
        if not self._sources or self._sources[-1] is not source:
            self._sources.append(source)
        place = (len(self._sources) - 1) << 56 | record.offset
        for key in _keys(record, "warc-target-uri", "warc-date"):
            self._places.pop(key, None)
            self._places[key] = place
        while len(self._places) > 2 * self._most:
            del self._places[next(iter(self._places))]

    def find(self, revisit: Record, max_block: int) -> Record | None:
        """The page that a revisit repeats; None where it is not at hand."""
        wanted = _keys(revisit, "warc-refers-to-target-uri", "warc-refers-to-date")
        for key in wanted:
            place = self._places.get(key)
            original = None if place is None else self._read(place, max_block)
            if original and key in _keys(original, "warc-target-uri", "warc-date"):
                return original
        return None

    def _read(self, place: int, max_block: int) -> Record | None:
        source, offset = self._sources[place >> 56], place & (1 << 56) - 1
        stream = source.open_at(offset)
        if stream is None:
            return None
        with closing(stream):
            return next(read_records(stream, max_block=max_block, offset=offset), None)


def _keys(record: Record, address: str, date: str) -> list[int]:
    return [_number(text) for text in _names(record.headers, address, date)]


def _names(headers: Mapping[str, str], address: str, date: str) -> Iterator[str]:
    if address in headers and date in headers:
        yield f"{headers[address].strip('<>')} {headers[date]}"
    if "warc-payload-digest" in headers:
        yield headers["warc-payload-digest"].lower()


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
