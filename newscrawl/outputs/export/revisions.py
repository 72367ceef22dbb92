"""The columns of an export of revisions: each text of the articles that changed, and what it changed.

`python -m newscrawl.outputs.export.revisions` prints the table in docs/export.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from newscrawl.article import offset_minutes
from newscrawl.fields import FIELDS
from newscrawl.filters import Filters
from newscrawl.outputs.export.schema import LAYOUT, column, table
from newscrawl.store.articles import Revised, Snapshot
from newscrawl.store.versions import Revision
from newscrawl.terminal import json_text

TEXTS = 500
"""Texts in memory at once, and those of one more article."""

_OF_ARTICLE = ("id", "canonical_url", "outlet", "event_time", "version")
_OF_TEXT = (
    "revision", "cause", "url", "title", "summary", "body", "published_at", "published_offset_minutes",
    "modified_at", "modified_offset_minutes", "fetched_at", "content_hash", "rules",
)  # fmt: skip
_NOT_IN_LINES = ("version", "published_offset_minutes", "modified_offset_minutes")


def _columns() -> Iterator[pa.Field]:
    fields = {field.name: field for field in FIELDS}
    yield from (column(fields[name]) for name in (*_OF_ARTICLE[:4], *_OF_TEXT))
    yield _step("headline_changed", pa.bool_(), "Whether the headline has other words than the text before.")
    yield _step("words_added", pa.int32(), "Words of the body that the text before had not.")
    yield _step("words_cut", pa.int32(), "Words of the text before that the body has no more.")
    yield column(fields["version"])


def _step(name: str, type_: pa.DataType, meaning: str) -> pa.Field:
    return pa.field(name, type_, True, {"description": f"{meaning[:-1]}; null for a first text."})


SCHEMA = pa.schema(list(_columns()), {"newscrawl.layout": str(LAYOUT)})


def count(snapshot: Snapshot, filters: Filters) -> dict[date, int]:
    """How many articles of each day changed."""
    return snapshot.count_by_day(filters, revised=True)


def read(snapshot: Snapshot, filters: Filters, day: date) -> Iterator[list[Revised]]:
    """A day's articles that changed, in batches of some `TEXTS` texts."""
    batch: list[Revised] = []
    texts = 0
    for one in snapshot.revised(filters, day):
        batch.append(one)
        texts += len(one.texts)
        if texts >= TEXTS:
            yield batch
            batch, texts = [], 0
    if batch:
        yield batch


def to_lines(articles: Sequence[Revised]) -> bytes:
    """Each text as a line of JSON."""
    return "".join(json_text(_in_line(row)) + "\n" for row in _rows(articles)).encode()


def to_batch(articles: Sequence[Revised]) -> pa.RecordBatch:
    """Each text as a row."""
    return pa.RecordBatch.from_pylist(list(_rows(articles)), schema=SCHEMA)


def _rows(articles: Sequence[Revised]) -> Iterator[dict[str, Any]]:
    return (_row(article, text) for article in articles for text in article.texts)


def _row(article: Revised, text: Revision) -> dict[str, Any]:
    step = text.edit
    values = {name: getattr(article, name) for name in _OF_ARTICLE}
    values |= {name: getattr(text, name) for name in _OF_TEXT if not name.endswith("_offset_minutes")}
    values["published_offset_minutes"] = offset_minutes(text.published_at)
    values["modified_offset_minutes"] = offset_minutes(text.modified_at)
    values["headline_changed"] = step.headline if step else None
    values["words_added"] = step.added if step else None
    values["words_cut"] = step.cut if step else None
    return {name: values[name] for name in SCHEMA.names}


def _in_line(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in _NOT_IN_LINES
    }


if __name__ == "__main__":
    print(table(SCHEMA))  # noqa: T201  # a program's own output
