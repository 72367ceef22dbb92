"""An article as a line of JSON and as a row of the Parquet schema."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from newscrawl.article import Article
from newscrawl.outputs.export.schema import SCHEMA, exported
from newscrawl.store.articles import Versioned

KINDS = tuple(SCHEMA.field("entities").type.names)
SAME = [field.name for field in exported() if field.origin != "store"]
"""Columns that are attributes of an Article."""


def to_line(article: Article) -> bytes:
    """An article as a line of JSON, its end included."""
    line = json.dumps(article.to_json(), ensure_ascii=False) + "\n"
    try:
        return line.encode()
    except UnicodeEncodeError:
        return str(mended(line)).encode()


def to_batch(articles: Sequence[Versioned]) -> pa.RecordBatch:
    """Articles as one batch of rows.

    Raises:
        ValueError: entities of a kind that has no column.
    """
    rows = [to_row(one.article, one.version) for one in articles]
    try:
        return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)
    except UnicodeEncodeError:
        return pa.RecordBatch.from_pylist([mended(row) for row in rows], schema=SCHEMA)


def to_row(article: Article, version: int) -> dict[str, Any]:
    """An article as values for each column of SCHEMA.

    Raises:
        ValueError: entities of a kind that has no column.
    """
    unknown = article.entities.keys() - set(KINDS)
    if unknown:
        raise ValueError(f"{article.id}: no column for entities of kind {', '.join(sorted(unknown))}")
    row = {name: getattr(article, name) for name in SAME}
    row["entities"] = {kind: article.entities.get(kind, []) for kind in KINDS}
    row["mentions"] = [dataclasses.asdict(mention) for mention in article.mentions]
    row["version"] = version
    return row


def mended(value: Any) -> Any:
    """The same value with U+FFFD for halves of characters, in every text that it holds.

    A page's JSON-LD may name an author with half of a surrogate pair. That is no character and no UTF-8
    can hold it; the rest of the article must not be lost with it.
    """
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [mended(one) for one in value]
    if isinstance(value, dict):
        return {key: mended(one) for key, one in value.items()}
    return value
