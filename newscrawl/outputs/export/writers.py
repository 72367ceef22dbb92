"""Where an export goes and in which format; writing one file or standard output, batch by batch."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import pyarrow.parquet as pq

from newscrawl.files import replacing
from newscrawl.filters import Filters
from newscrawl.outputs.export.contents import ARTICLES, Content
from newscrawl.outputs.export.manifest import ExportError, read_manifest
from newscrawl.outputs.export.schema import Format
from newscrawl.store.articles import Snapshot

Advance = Callable[[int], None]
"""Called with the number of articles just written."""

ENDINGS: dict[str, Format] = {".parquet": "parquet", ".jsonl": "jsonl", ".jsonl.gz": "jsonl"}
OTHER_ENDINGS = (".json", ".ndjson", ".csv", ".tsv", ".gz", ".zip", ".pq")
"""Endings of files that we do not write. A path that ends so is a mistake, not a folder's name."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to write, and in which format."""

    kind: Literal["folder", "file", "stdout"]
    format: Format
    path: Path


def read_target(text: str, form: Format | None, *, full: bool = False) -> Target:
    """Read the command line's PATH and --format.

    Args:
        text: a path, or - for standard output.
        form: None: by the path's ending, or as the folder was exported before.
        full: what the folder holds does not matter.

    Raises:
        ExportError: they contradict each other, or the format is not known.
    """
    if text == "-":
        if form == "parquet":
            raise ExportError("Parquet cannot be streamed to standard output; give a file: news.parquet")
        return Target("stdout", "jsonl", Path("-"))
    path = Path(text)
    ending = next((end for end in reversed(ENDINGS) if path.name.endswith(end)), None)
    if ending is None or path.is_dir():
        return Target("folder", _folder_format(path, form, full=full), path)
    if form not in (None, ENDINGS[ending]):
        raise ExportError(f"{text} ends in {ending} but --format is {form}: change one of them")
    return Target("file", ENDINGS[ending], path)


def _folder_format(path: Path, form: Format | None, *, full: bool) -> Format:
    if path.is_file() or (path.name.endswith(OTHER_ENDINGS) and not path.is_dir()):
        raise ExportError(f"{path} is no folder, and a file must end in .parquet, .jsonl or .jsonl.gz")
    if form is not None:
        return form
    try:
        manifest = read_manifest(path)
    except ExportError:
        if not full:
            raise
        manifest = None
    if manifest is None:
        raise ExportError(f"{path}: say which --format, jsonl or parquet")
    return manifest.format


def export_file(
    path: Path,
    form: Format,
    snapshot: Snapshot,
    filters: Filters,
    days: Iterable[date],
    advance: Advance,
    *,
    content: Content[Any] = ARTICLES,
) -> None:
    """Write days into one file, which takes the place of an older one at the end.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        packed = path.name.endswith(".jsonl.gz")
        export_stream(stream, form, snapshot, filters, days, advance, content=content, packed=packed)


def export_stream(
    stream: IO[bytes],
    form: Format,
    snapshot: Snapshot,
    filters: Filters,
    days: Iterable[date],
    advance: Advance,
    *,
    content: Content[Any] = ARTICLES,
    packed: bool = False,
) -> None:
    """Write days to an open file, one after the other.

    Raises:
        OSError: it cannot be written.
    """
    writer = open_writer(form, stream, content, packed=packed)
    try:
        for day in days:
            for batch in content.read(snapshot, filters, day):
                writer.write(batch)
                advance(len(batch))
    finally:
        writer.close()


class Writer(Protocol):
    """Writes batches to an open file; `close` completes the file."""

    def write(self, articles: Sequence[Any]) -> None:
        """Write one batch."""

    def close(self) -> None:
        """Write the end of the file, and leave it open."""


def open_writer(
    form: Format, stream: IO[bytes], content: Content[Any] = ARTICLES, *, packed: bool = False
) -> Writer:
    """A writer onto an open file.

    Args:
        form: the form.
        stream: open for writing; the writer does not close it.
        content: what is written.
        packed: gzip the lines (JSON Lines only; Parquet packs its own columns).
    """
    return JsonLines(stream, content, packed=packed) if form == "jsonl" else Parquet(stream, content)


class JsonLines:
    """One article a line (`Article.to_json()`), or one revision; UTF-8, as written."""

    def __init__(self, stream: IO[bytes], content: Content[Any], *, packed: bool = False) -> None:
        self._content = content
        # No name and no time in the head: the same articles make the same file.
        self._packed = gzip.GzipFile("", "wb", 6, stream, mtime=0) if packed else None
        self._stream = self._packed or stream

    def write(self, articles: Sequence[Any]) -> None:
        """Write one batch."""
        self._stream.write(self._content.to_lines(articles))

    def close(self) -> None:
        """Write the end of the gzip stream, if there is one."""
        if self._packed:
            self._packed.close()


class Parquet:
    """One row group a batch, so that memory does not grow with the archive."""

    def __init__(self, stream: IO[bytes], content: Content[Any]) -> None:
        self._content = content
        self._writer = pq.ParquetWriter(stream, content.schema, compression="zstd")

    def write(self, articles: Sequence[Any]) -> None:
        """Write one batch."""
        self._writer.write_batch(self._content.to_batch(articles))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()
