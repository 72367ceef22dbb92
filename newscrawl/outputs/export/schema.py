"""The columns of a Parquet export: names, types and what they mean.

`python -m newscrawl.outputs.export.schema` prints the table in docs/export.md. Other people's programs read
these columns: a column keeps its name, type and meaning. Whoever must change one raises `LAYOUT`,
and folders are then written anew.
"""

from __future__ import annotations

from typing import Literal

import pyarrow as pa

Format = Literal["jsonl", "parquet"]
LAYOUT = 1
"""Raised when a column changes, or the folder itself."""

TEXT = pa.string()
INSTANT = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.field("element", TEXT, nullable=False))
ENTITIES = pa.struct(
    [pa.field(kind, WORDS, nullable=False) for kind in ("person", "organization", "location", "misc")]
)
MENTION = pa.struct(
    [
        pa.field("text", TEXT, nullable=False),
        pa.field("label", TEXT, nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("name", TEXT, nullable=False),
    ]
)
MENTIONS = pa.list_(pa.field("element", MENTION, nullable=False))


def _column(name: str, type_: pa.DataType, meaning: str, *, nullable: bool = False) -> pa.Field:
    return pa.field(name, type_, nullable=nullable, metadata={"description": meaning})


def _offset(name: str, of: str) -> pa.Field:
    meaning = f"Minutes east of UTC of the offset that `{of}` was stated with (+03:00 is 180)."
    return _column(name, pa.int16(), meaning, nullable=True)


SCHEMA = pa.schema(
    [
        _column("id", TEXT, "The article's identity: sha256 of `canonical_url`, first 32 hex digits."),
        _column("url", TEXT, "Where it was read."),
        _column("canonical_url", TEXT, "The one address it is known by."),
        _column("outlet", TEXT, "The outlet's id, as `newscrawl outlets` lists it."),
        _column("outlet_name", TEXT, "The outlet's own name."),
        _column("domain", TEXT, "The site's registered domain."),
        _column("country", TEXT, "The outlet's country, ISO 3166-1 (EG), or pan; empty where unknown."),
        _column("title", TEXT, "The headline, as published."),
        _column("summary", TEXT, "The outlet's own summary; empty where it gave none."),
        _column("body", TEXT, "The text, as published; paragraphs separated by a blank line."),
        _column("authors", WORDS, "Who is named as author."),
        _column("section", TEXT, "The section, as the outlet names it."),
        _column("tags", WORDS, "The outlet's own keywords."),
        _column("image", TEXT, "Address of the lead image."),
        _column("published_at", INSTANT, "When it was published; null where not stated.", nullable=True),
        _offset("published_offset_minutes", "published_at"),
        _column(
            "published_source",
            TEXT,
            "Where `published_at` was read: json-ld, meta, time-element, visible-text, url or feed.",
            nullable=True,
        ),
        _column("modified_at", INSTANT, "When the outlet says it changed the text.", nullable=True),
        _offset("modified_offset_minutes", "modified_at"),
        _column("fetched_at", INSTANT, "When this text was fetched."),
        _column("first_seen_at", INSTANT, "When the article first came into the archive."),
        _column("event_time", INSTANT, "`published_at`, or else `fetched_at`; the folder's day is of this."),
        _column("language", TEXT, "ISO 639 code."),
        _column("agency", TEXT, "The news agency it credits."),
        _column("dateline", TEXT, "The place the report is from, as written at its head."),
        _column("word_count", pa.int32(), "Words in the body."),
        _column("content_hash", TEXT, "Hash of title and body; equal texts have equal hashes."),
        _column("revision", pa.int32(), "1 for the first text stored, one more for every changed text."),
        _column("cluster_id", TEXT, "Articles that tell the same text share it."),
        _column("cluster_size", pa.int32(), "How many articles share it; 0 where not worked out."),
        _column("copy_of", TEXT, "`id` of the article that this one copies; empty for an original."),
        _column("similarity", pa.float64(), "Likeness to the article it copies, 0 to 1.", nullable=True),
        _column("entities", ENTITIES, "Canonical names, the most mentioned first."),
        _column("mentions", MENTIONS, "Names where they stand, counted in title, line break, body."),
        _column("tagger", TEXT, "What found the names; empty where nobody has looked yet."),
        _column("schema_version", pa.int16(), "Version of the record, as in the JSON."),
        _column(
            "version",
            pa.int64(),
            "Orders all changes of the archive: what is greater than your cursor changed since.",
        ),
    ],
    metadata={"newscrawl.layout": str(LAYOUT)},
)


def plain(type_: pa.DataType) -> str:
    """A type as the documentation writes it."""
    if pa.types.is_list(type_):
        return f"list<{plain(type_.value_type)}>"
    if pa.types.is_struct(type_):
        return f"struct<{', '.join(f'{field.name} {plain(field.type)}' for field in type_)}>"
    return {"timestamp[us, tz=UTC]": "timestamp(µs, UTC)", "double": "float64"}.get(str(type_), str(type_))


def table() -> str:
    """The columns as a Markdown table."""
    lines = ["| column | type | null | meaning |", "|---|---|---|---|"]
    for field in SCHEMA:
        null = "yes" if field.nullable else ""
        meaning = field.metadata[b"description"].decode()
        lines.append(f"| `{field.name}` | {plain(field.type)} | {null} | {meaning} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201  # a program's own output
