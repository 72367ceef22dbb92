"""A folder of saved pages, and where each of them came from: by the page, by its file's name, by a table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.article import Outcome
from newscrawl.ingest.addresses import is_address, named_addresses
from newscrawl.ingest.archives import NO_OUTLET, Found
from newscrawl.ingest.captures import Capture
from newscrawl.ingest.sources import Source
from newscrawl.ingest.times import UnreadableTimeError, read_time
from newscrawl.store import Arrival
from newscrawl.store import IngestRow as Row

CANONICAL, FILENAME = "canonical", "filename"
"""Where addresses come from: from the pages, from the files' names; or from a table."""


class ManifestError(Exception):
    """A table of saved pages cannot be used; the message says why."""


class NoLineError(ValueError):
    """What a table says of a file cannot be used, or there is nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a table says of a file."""

    url: str
    fetched_at: datetime | None = None
    charset: str = ""


class Manifest:
    """A table of saved pages: a CSV file with columns file and url, and if need be fetched_at and charset.

    Args:
        path: the file. The files that it names are sought beside it, and by their names.

    Raises:
        ManifestError: it is no such table.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, tuple[int, dict[str, str]]] = {}
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                self._read(csv.DictReader(stream))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise ManifestError(f"{path} cannot be read as a CSV file in UTF-8: {error}") from error

    def _read(self, rows: csv.DictReader[str]) -> None:
        missing = {"file", "url"} - {name.strip().lower() for name in rows.fieldnames or ()}
        if missing:
            raise ManifestError(f"{self._path} has no column {' and no column '.join(sorted(missing))}")
        for row in rows:
            values = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
            file = values["file"]
            for key in (str((self._path.parent / file).resolve()), file, Path(file).name):
                self._rows.setdefault(key, (rows.line_num, values))

    def line(self, source: Source, now: datetime) -> Line:
        """What it says of a file.

        Raises:
            NoLineError: nothing, or nothing that can be used.
        """
        keys = (str(Path(source.path).resolve()), source.inside, Path(source.inside).name)
        found = next((self._rows[key] for key in keys if key in self._rows), None)
        if found is None:
            raise NoLineError(f"{self._path.name} has no line for it")
        number, values = found
        where = f"line {number} of {self._path.name}"
        if not is_address(values["url"]):
            raise NoLineError(f"{where}: url {values['url']!r} is no http or https address")
        try:
            moment = read_time(values.get("fetched_at"), now)
        except UnreadableTimeError as error:
            raise NoLineError(f"{where}: fetched_at {error}") from error
        return Line(values["url"], moment, values.get("charset", ""))


def saved_pages(
    sources: Sequence[Source], url_from: str | Manifest, max_bytes: int, now: datetime
) -> Iterator[Found]:
    """Every file as a page to be read, or why it is none; `end` is how many bytes of all files were read.

    Args:
        sources: the files.
        url_from: CANONICAL, FILENAME, or a table.
        max_bytes: a larger file is not read.
        now: when a page was fetched of which nobody knows more.
    """
    end = 0
    describe = _describer(url_from, now)
    for source in sources:
        end += source.size or 0
        try:
            yield Found(describe(source, _content(source, max_bytes)), end)
        except (NoLineError, OSError) as error:
            yield Found(_ended(source, Outcome.BAD_ROW, str(error), now), end)
        except _TooLargeError:
            reason = f"more than {max_bytes:,} bytes"
            yield Found(_ended(source, Outcome.TOO_LARGE, reason, now), end)


class _TooLargeError(Exception):
    """A file is larger than a page may be."""


def _content(source: Source, max_bytes: int) -> bytes:
    with source.open() as opened:
        content = opened.peek(max_bytes + 1)
    if len(content) > max_bytes:
        raise _TooLargeError
    return content


def _describer(url_from: str | Manifest, now: datetime) -> Callable[[Source, bytes], Capture]:
    def describe(source: Source, content: bytes) -> Capture:
        seen = source.modified or now
        if url_from == CANONICAL:
            return Capture(source.name, content, seen, is_answer=False)
        if url_from == FILENAME:
            names = named_addresses(source.inside)
            return Capture(source.name, content, seen, names=names, is_answer=False)
        assert isinstance(url_from, Manifest)
        line = url_from.line(source, now)
        kind = f"text/html; charset={line.charset}" if line.charset else ""
        return Capture(
            source.name, content, line.fetched_at or seen, line.url, is_answer=False, content_type=kind
        )

    return describe


def _ended(source: Source, outcome: Outcome, reason: str, now: datetime) -> Row:
    return Row(Arrival(source.name, NO_OUTLET, source.name, seen_at=now), None, outcome, reason)
