"""Writing articles to an open file, batch by batch, as JSON Lines or Parquet."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import IO, Literal, Protocol

from newscrawl.article import Article
from newscrawl.outputs.export.text import mended
from newscrawl.store.changes import Versioned

Format = Literal["jsonl", "parquet"]


class Writer(Protocol):
    """Takes batches; the file is whole once it is closed."""

    def write(self, articles: Sequence[Versioned]) -> None:
        """Write one batch."""

    def close(self) -> None:
        """Write what is still held back. Leaves the file open."""


def open_writer(form: Format, stream: IO[bytes], *, packed: bool = False) -> Writer:
    """A writer onto an open file.

    Args:
        form: the form.
        stream: open for writing; the writer does not close it.
        packed: gzip the lines (JSON Lines only; Parquet packs its own columns).
    """
    return JsonLines(stream, packed=packed) if form == "jsonl" else Parquet(stream)


class JsonLines:
    """One article a line: `Article.to_json()`, UTF-8, as written."""

    def __init__(self, stream: IO[bytes], *, packed: bool = False) -> None:
        # No name and no time in the head: the same articles make the same file.
        self._packed = gzip.GzipFile("", "wb", 6, stream, mtime=0) if packed else None
        self._stream = self._packed or stream

    def write(self, articles: Sequence[Versioned]) -> None:
        """Write one batch."""
        self._stream.write(b"".join(to_line(one.article) for one in articles))

    def close(self) -> None:
        """Write the end of the gzip stream, if there is one."""
        if self._packed:
            self._packed.close()


class Parquet:
    """One row group a batch, so that memory does not grow with the archive."""

    def __init__(self, stream: IO[bytes]) -> None:
        import pyarrow.parquet as pq

        from newscrawl.outputs.export.rows import to_batch
        from newscrawl.outputs.export.schema import SCHEMA

        self._to_batch = to_batch
        self._writer = pq.ParquetWriter(stream, SCHEMA, compression="zstd")

    def write(self, articles: Sequence[Versioned]) -> None:
        """Write one batch."""
        self._writer.write_batch(self._to_batch(articles))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


def to_line(article: Article) -> bytes:
    """An article as a line of JSON, its end included."""
    line = json.dumps(article.to_json(), ensure_ascii=False) + "\n"
    try:
        return line.encode()
    except UnicodeEncodeError:
        return str(mended(line)).encode()
