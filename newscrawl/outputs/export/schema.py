"""The columns of a Parquet export: names, types and what they mean, made from newscrawl/fields.py.

`python -m newscrawl.outputs.export.schema` prints the table in docs/export.md. Other people's programs read
these columns: a column keeps its name, type and meaning. Whoever must change one raises `LAYOUT`,
and folders are then written anew.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Literal

import pyarrow as pa

from newscrawl.article import Article
from newscrawl.fields import FIELDS, Field, Type
from newscrawl.store.articles import Versioned
from newscrawl.terminal import json_text

Format = Literal["jsonl", "parquet"]
LAYOUT = 1
"""Raised when a column changes, or the folder itself."""

INSTANT = pa.timestamp("us", tz="UTC")
_TYPES = {
    Type.TEXT: pa.string(),
    Type.TIME: INSTANT,
    Type.STATED_TIME: INSTANT,
    Type.SHORT: pa.int16(),
    Type.INTEGER: pa.int32(),
    Type.LONG: pa.int64(),
    Type.REAL: pa.float64(),
}


def schema(fields: Sequence[Field] = FIELDS) -> pa.Schema:
    """The columns of a table of fields."""
    return pa.schema([column(field) for field in exported(fields)], {"newscrawl.layout": str(LAYOUT)})


def exported(fields: Sequence[Field] = FIELDS) -> list[Field]:
    """The fields that are exported, in the order of their columns."""
    chosen = [field for field in fields if field.exported]
    for field in [field for field in chosen if field.exported_before]:
        chosen.remove(field)
        chosen.insert([one.name for one in chosen].index(field.exported_before), field)
    return chosen


def column(field: Field) -> pa.Field:
    """A field's column, with what it means."""
    meaning = field.exported_meaning or field.described("null" if field.nullable else "empty")
    return pa.field(field.name, _type(field), field.nullable, {"description": meaning})


def _type(field: Field) -> pa.DataType:
    if field.type is Type.WORDS:
        return _list(pa.string())
    if field.type in _TYPES:
        return _TYPES[field.type]
    parts = [pa.field(part.name, _type(part), nullable=False) for part in field.parts if part.exported]
    return _list(pa.struct(parts)) if field.type is Type.OBJECTS else pa.struct(parts)


def _list(element: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", element, nullable=False))


SCHEMA = schema()


def plain(type_: pa.DataType) -> str:
    """A type as the documentation writes it."""
    if pa.types.is_list(type_):
        return f"list<{plain(type_.value_type)}>"
    if pa.types.is_struct(type_):
        return f"struct<{', '.join(f'{field.name} {plain(field.type)}' for field in type_)}>"
    return {"timestamp[us, tz=UTC]": "timestamp(µs, UTC)", "double": "float64"}.get(str(type_), str(type_))


def table(columns: pa.Schema = SCHEMA) -> str:
    """The columns as a Markdown table."""
    lines = ["| column | type | null | meaning |", "|---|---|---|---|"]
    for field in columns:
        null = "yes" if field.nullable else ""
        meaning = field.metadata[b"description"].decode()
        lines.append(f"| `{field.name}` | {plain(field.type)} | {null} | {meaning} |")
    return "\n".join(lines)


KINDS = tuple(SCHEMA.field("entities").type.names)
SAME = [field.name for field in exported() if field.origin != "store"]
"""Columns that are attributes of an Article."""


def to_line(article: Article) -> bytes:
    """An article as a line of JSON, its end included."""
    line = json_text(article.to_json()) + "\n"
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


if __name__ == "__main__":
    print(table())  # noqa: T201  # a program's own output
