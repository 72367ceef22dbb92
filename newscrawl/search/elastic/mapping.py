"""What Elasticsearch knows of an article: index names, mapping and document, made from newscrawl/fields.py.

`dynamic: false`: a field that is not listed stays in `_source` and is not searchable, so that no page can
make fields. Text is analysed twice: without proclitics, and exactly (`.exact`), for quoted phrases.
Names of people, organisations and places are flat keyword arrays: Kibana cannot aggregate nested objects.

`python -m newscrawl.search.elastic.mapping` prints the table in docs/elasticsearch.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newscrawl.article import Article, json_names
from newscrawl.fields import FIELDS, Field, Search, Type

READ_ALIAS = "news-articles"
"""What people and programs search."""
WRITE_ALIAS = "news-articles-write"
"""What the delivery writes to."""
INDEX_PATTERN = "news-articles-v*"
"""Every concrete index, one for each version of the mapping."""
TEMPLATE = "news-articles"
"""The component template and the index template."""

CATCH_ALL = "text"
"""`index.query.default_field`, where Kibana and any client look for words without a field: those of title,
summary and body, each as often as its weight says, so that plain BM25 on this one field ranks as
`newscrawl search` does. It holds no stop word's match: its search analyzer drops them."""

MAPPING_VERSION = 4
"""Raised with every change of mapping, analysis or packing; `newscrawl index --migrate` makes it."""

Json = dict[str, Any]

_ANALYSED: Json = {"type": "text", "analyzer": "ar_text", "search_analyzer": "ar_search"}
_EXACT: Json = {"type": "text", "analyzer": "ar_exact"}
_MULTI_FIELDS: dict[str, Json] = {
    "exact": {**_EXACT, "index_options": "offsets"},
    "text": _EXACT,
    "raw": {"type": "keyword", "ignore_above": 512},
    "norm": {"type": "keyword", "ignore_above": 256, "normalizer": "ar_keyword"},
}
_TYPES = {
    Type.TIME: "date",
    Type.STATED_TIME: "date",
    Type.SHORT: "short",
    Type.INTEGER: "integer",
    Type.LONG: "long",
    Type.REAL: "half_float",
}


def index_name(version: int) -> str:
    """The concrete index of a mapping version.

    >>> index_name(1)
    'news-articles-v1-000001'
    """
    return f"news-articles-v{version}-000001"


def properties(fields: Sequence[Field] = FIELDS) -> Json:
    """Field → its mapping, and the catch-all field's."""
    return _properties(fields) | {CATCH_ALL: {**_ANALYSED, "index_options": "positions"}}


def _properties(fields: Sequence[Field]) -> Json:
    return {field.name: _mapping(field, field.search) for field in fields if field.search}


def _mapping(field: Field, search: Search) -> Json:
    if field.type in (Type.OBJECT, Type.OBJECTS):
        return (
            {"properties": _properties(field.parts)}
            if search.indexed
            else {"type": "object", "enabled": False}
        )
    if field.type in _TYPES:
        return {"type": _TYPES[field.type]}
    if not search.indexed:
        return {"type": "keyword", "index": False, "doc_values": False}
    mapping: Json = {"type": "keyword", "ignore_above": search.longest}
    if search.analysed:
        mapping = {**_ANALYSED, "index_options": "offsets"}
    gathered = [search.copy_to] * bool(search.copy_to) + [CATCH_ALL] * search.weight
    if gathered:
        mapping["copy_to"] = gathered
    if search.also:
        mapping["fields"] = {name: _MULTI_FIELDS[name] for name in search.also}
    return mapping


PROPERTIES = properties()
"""The mapping of every field of the table."""


def mappings(version: int = MAPPING_VERSION) -> Json:
    """The whole mapping of a version."""
    return {"dynamic": False, "_meta": {"schema_version": version}, "properties": PROPERTIES}


def document_names(fields: Sequence[Field] = FIELDS) -> list[str]:
    """The keys of a document: the record's JSON, and what is searched besides."""
    return [*json_names(fields), *(field.name for field in fields if field.search and not field.shown)]


_DOCUMENT = document_names()


def document(article: Article) -> Json:
    """An article as the document that Elasticsearch gets: without what is empty.

    An empty string would be a term of its own in every table of agencies or sections.
    """
    values = article.to_json(_DOCUMENT)
    values["entities"] = {kind: names for kind, names in article.entities.items() if names}
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


_CATCH_ALL_ROW = (
    f"| `{CATCH_ALL}` | text (`ar_text`) |  | Title (four times), summary (twice) and body: where words "
    "without a field are looked for; made by the index, not in `_source`. |"
)


def field_table(fields: Sequence[Field] = FIELDS) -> str:
    """The table of fields in Markdown, without a line break at its end."""
    lines = ["| field | type | also as | meaning |", "|---|---|---|---|", _CATCH_ALL_ROW]
    lines += [
        f"| `{name}` | {_type(mapping)} | {_also(mapping)} | {_meaning(field)} |"
        for name, field, mapping in _leaves(fields)
    ]
    return "\n".join(lines)


def _leaves(fields: Sequence[Field], prefix: str = "") -> Iterator[tuple[str, Field, Json]]:
    """Fields by their full names; an object's are its own fields, unless nothing in it is indexed."""
    for field in fields:
        if not field.search:
            continue
        if field.type is Type.OBJECT:
            yield from _leaves(field.parts, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", field, _mapping(field, field.search)


def _meaning(field: Field) -> str:
    if not field.parts:
        return field.described("absent")
    parts = ", ".join(f"`{part.name}`" for part in field.parts)
    return f"{field.meaning.removesuffix('.')}; each has {parts}."


def _type(mapping: Json) -> str:
    if not mapping.get("enabled", True) or mapping.get("index") is False:
        return f"{mapping['type']}, in `_source` only"
    rule = mapping.get("analyzer") or mapping.get("normalizer")
    return f"{mapping['type']} (`{rule}`)" if rule else str(mapping["type"])


def _also(mapping: Json) -> str:
    return ", ".join(f"`.{name}`: {_type(field)}" for name, field in mapping.get("fields", {}).items())


if __name__ == "__main__":
    print(field_table())  # noqa: T201
