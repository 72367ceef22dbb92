"""The mapping: what Elasticsearch knows of an article. The fields are Article's, under the same names.

`dynamic: false`: a field that is not listed stays in `_source` and is not searchable, so that no page can
make fields. Text is analysed twice: without proclitics, and exactly (`.exact`), for quoted phrases.
Names of people, organisations and places are flat keyword arrays: Kibana cannot aggregate nested objects.
"""

from __future__ import annotations

from typing import Any

MAPPING_VERSION = 1
"""Raised with every change of mapping or analysis; `newscrawl index --migrate` then makes the new index."""


def _keyword(length: int = 256, **more: Any) -> dict[str, Any]:
    return {"type": "keyword", "ignore_above": length, **more}


def _text(**fields: dict[str, Any]) -> dict[str, Any]:
    exact = {"type": "text", "analyzer": "ar_exact", "index_options": "offsets"}
    return {
        "type": "text",
        "analyzer": "ar_text",
        "search_analyzer": "ar_search",
        "index_options": "offsets",
        "fields": {"exact": exact, **fields},
    }


def _names() -> dict[str, Any]:
    norm = _keyword(normalizer="ar_keyword")
    return _keyword(copy_to="entities.all", fields={"norm": norm})


_DATE: dict[str, Any] = {"type": "date"}
_INTEGER: dict[str, Any] = {"type": "integer"}

PROPERTIES: dict[str, Any] = {
    "id": _keyword(32),
    "url": _keyword(2048),
    "canonical_url": _keyword(2048),
    "outlet": _keyword(64),
    "outlet_name": _keyword(),
    "domain": _keyword(),
    "country": _keyword(8),
    "title": _text(raw=_keyword(512)),
    "summary": _text(),
    "body": _text(),
    "authors": _keyword(fields={"text": {"type": "text", "analyzer": "ar_exact"}}),
    "section": _keyword(),
    "tags": _keyword(fields={"norm": _keyword(normalizer="ar_keyword")}),
    "image": {"type": "keyword", "index": False, "doc_values": False},
    "published_at": _DATE,
    "published_source": _keyword(32),
    "modified_at": _DATE,
    "fetched_at": _DATE,
    "event_time": _DATE,
    "first_seen_at": _DATE,
    "lag_seconds": _INTEGER,
    "language": _keyword(16),
    "agency": _keyword(),
    "dateline": _keyword(),
    "word_count": _INTEGER,
    "content_hash": _keyword(64),
    "revision": _INTEGER,
    "cluster_id": _keyword(64),
    "cluster_size": _INTEGER,
    "copy_of": _keyword(64),
    "similarity": {"type": "half_float"},
    "entities": {
        "properties": {
            "person": _names(),
            "organization": _names(),
            "location": _names(),
            "misc": _names(),
            "all": _keyword(),
        }
    },
    "mentions": {"type": "object", "enabled": False},
    "tagger": _keyword(64),
    "schema_version": {"type": "short"},
}
"""Field → its mapping."""

DEFAULT_FIELDS = [
    "title^3",
    "title.exact^4",
    "summary",
    "body",
    "body.exact^1.5",
    "authors.text",
]
"""Where a bare word is looked for that someone types into Kibana."""


def mappings(version: int = MAPPING_VERSION) -> dict[str, Any]:
    """The whole mapping of a version."""
    return {"dynamic": False, "_meta": {"schema_version": version}, "properties": PROPERTIES}
