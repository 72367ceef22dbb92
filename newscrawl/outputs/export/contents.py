"""What an export holds: articles with their newest texts, or the revisions of those that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import pyarrow as pa

from newscrawl.filters import Filters
from newscrawl.outputs.export import revisions
from newscrawl.outputs.export.schema import SCHEMA, Format, to_batch, to_line
from newscrawl.store.articles import Revised, Snapshot, Versioned

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Content(Generic[T]):
    """One kind of rows: how they are counted, read, and written in either format."""

    name: str
    schema: pa.Schema
    count: Callable[[Snapshot, Filters], dict[date, int]]
    """The articles of each day, the earliest first."""
    read: Callable[[Snapshot, Filters, date], Iterator[list[T]]]
    """A day's articles in batches."""
    to_lines: Callable[[Sequence[T]], bytes]
    to_batch: Callable[[Sequence[T]], pa.RecordBatch]

    def file_name(self, form: Format) -> str:
        """The name of a day's file."""
        return f"{self.name}.{'jsonl.gz' if form == 'jsonl' else 'parquet'}"


def _read(snapshot: Snapshot, filters: Filters, day: date) -> Iterator[list[Versioned]]:
    return snapshot.articles(filters, day)


def _count(snapshot: Snapshot, filters: Filters) -> dict[date, int]:
    return snapshot.count_by_day(filters)


def _to_lines(articles: Sequence[Versioned]) -> bytes:
    return b"".join(to_line(one.article) for one in articles)


ARTICLES: Content[Versioned] = Content("articles", SCHEMA, _count, _read, _to_lines, to_batch)
REVISIONS: Content[Revised] = Content(
    "revisions", revisions.SCHEMA, revisions.count, revisions.read, revisions.to_lines, revisions.to_batch
)
CONTENTS: dict[str, Content[Any]] = {one.name: one for one in (ARTICLES, REVISIONS)}
