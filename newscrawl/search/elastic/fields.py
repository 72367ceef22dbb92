"""What each field of a document means: the table of docs/elasticsearch.md, made from the mapping itself.

`python -m newscrawl.search.elastic.fields` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newscrawl.search.elastic.mapping import PROPERTIES

MEANINGS = {
    "id": "The article's identity, also the `_id`: sha256 of `canonical_url`, first 32 hex digits.",
    "url": "Where it was read.",
    "canonical_url": "The one address it is known by.",
    "outlet": "The outlet's id, as `newscrawl outlets` lists it.",
    "outlet_name": "The outlet's own name.",
    "domain": "The site's registered domain.",
    "country": "The outlet's country, ISO 3166-1 (EG), or `pan`.",
    "title": "The headline, as published.",
    "summary": "The outlet's own summary.",
    "body": "The text, as published; paragraphs separated by a blank line.",
    "authors": "Who is named as author.",
    "section": "The section, as the outlet names it.",
    "tags": "The outlet's own keywords.",
    "image": "Address of the lead image.",
    "published_at": "When it was published, with the offset it was stated in.",
    "published_source": "Where that was read: json-ld, meta, time-element, visible-text, url or feed.",
    "modified_at": "When the outlet says it changed the text.",
    "fetched_at": "When this text was fetched.",
    "event_time": "`published_at`, or else `fetched_at`: the field to sort and filter by.",
    "first_seen_at": "When the article first came into the archive.",
    "lag_seconds": "From publication to `first_seen_at`; negative where an outlet's clock runs ahead.",
    "language": "ISO 639 code.",
    "agency": "The news agency it credits.",
    "dateline": "The place the report is from, as written at its head.",
    "word_count": "Words in the body.",
    "content_hash": "Hash of title and body; equal texts have equal hashes.",
    "revision": "1 for the first text stored, one more for every changed text.",
    "cluster_id": "Articles that tell the same text share it.",
    "cluster_size": "How many articles share it; 0 where not worked out.",
    "copy_of": "`id` of the article that this one copies; absent from an original.",
    "similarity": "Likeness to the article it copies, 0 to 1.",
    "entities.person": "People named, by their canonical names, the most mentioned first.",
    "entities.organization": "Organisations named.",
    "entities.location": "Places named.",
    "entities.misc": "Other names: events, works, products.",
    "entities.all": "Any of the four; made by the index, not in `_source`.",
    "mentions": "Names where they stand (in title, line break, body): `text`, `label`, `start`, `end`, "
    "`name`.",
    "tagger": "What found the names; absent where nobody has looked yet.",
    "schema_version": "Version of the Article record.",
}
"""Field → its meaning, in the order of the mapping."""


def field_table() -> str:
    """The table of fields in Markdown, without a line break at its end."""
    lines = ["| field | type | also as | meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | {_type(mapping)} | {_multi_fields(mapping)} | {MEANINGS[name]} |"
        for name, mapping in leaves(PROPERTIES)
    ]
    return "\n".join(lines)


def leaves(properties: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Fields by their full names; an object's are its own fields, unless nothing in it is indexed."""
    for name, mapping in properties.items():
        if "properties" in mapping:
            yield from leaves(mapping["properties"], f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", mapping


def _type(mapping: dict[str, Any]) -> str:
    if not mapping.get("enabled", True) or mapping.get("index") is False:
        return f"{mapping['type']}, in `_source` only"
    rule = mapping.get("analyzer") or mapping.get("normalizer")
    return f"{mapping['type']} (`{rule}`)" if rule else str(mapping["type"])


def _multi_fields(mapping: dict[str, Any]) -> str:
    return ", ".join(f"`.{name}`: {_type(field)}" for name, field in mapping.get("fields", {}).items())


if __name__ == "__main__":
    print(field_table())  # noqa: T201
