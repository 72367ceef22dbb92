"""The fields of an Elasticsearch mapping, as Kibana sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NUMBERS = frozenset("byte short integer long unsigned_long half_float float double scaled_float".split())
DATES = frozenset({"date", "date_nanos"})
_KEYWORDS = frozenset("keyword constant_keyword wildcard boolean ip version flattened".split())


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its mapping type, and what can be asked of it."""

    type: str
    aggregatable: bool = False
    searchable: bool = True
    nested: bool = False


def fields_of(properties: Mapping[str, Any]) -> dict[str, Field]:
    """All fields by their full names, multi-fields included; what is inside a disabled object is left out.

    >>> found = fields_of({"title": {"type": "text", "fields": {"raw": {"type": "keyword"}}}})
    >>> found["title"].aggregatable, found["title.raw"].aggregatable
    (False, True)
    """
    return dict(_walk(properties, "", nested=False))


def _walk(properties: Mapping[str, Any], prefix: str, *, nested: bool) -> Iterator[tuple[str, Field]]:
    for name, mapping in properties.items():
        full, kind = prefix + name, mapping.get("type", "object")
        inside = nested or kind == "nested"
        if kind == "nested":
            yield full, Field("nested", searchable=False, nested=True)
        elif kind != "object":
            yield full, Field(kind, _aggregatable(mapping), _searchable(mapping), nested)
        if mapping.get("enabled", True):
            yield from _walk(mapping.get("properties", {}), f"{full}.", nested=inside)
            yield from _walk(mapping.get("fields", {}), f"{full}.", nested=nested)


def _aggregatable(mapping: Mapping[str, Any]) -> bool:
    if mapping["type"] == "text":
        return bool(mapping.get("fielddata", False))
    known = mapping["type"] in NUMBERS | DATES | _KEYWORDS
    return known and bool(mapping.get("doc_values", True))


def _searchable(mapping: Mapping[str, Any]) -> bool:
    # Without an index Elasticsearch still searches doc values, only slower.
    return bool(mapping.get("index", True)) or _aggregatable(mapping)
