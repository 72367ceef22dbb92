"""Articles as rows of the Parquet schema."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from newscrawl.article import Article
from newscrawl.outputs.export.schema import SCHEMA, exported
from newscrawl.outputs.export.text import mended
from newscrawl.store.changes import Versioned

KINDS = tuple(SCHEMA.field("entities").type.names)
SAME = [field.name for field in exported() if field.origin != "store"]
"""Columns that are attributes of an Article."""


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
