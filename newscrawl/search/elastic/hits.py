"""What Elasticsearch sends of an article, as a hit."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from newscrawl.arabic.normalise import normalise
from newscrawl.filters import KINDS
from newscrawl.search.query import Query
from newscrawl.search.rank import Found
from newscrawl.search.results import Hit
from newscrawl.search.snippets import highlight, snippet

SOURCE = [
    "id", "url", "outlet", "outlet_name", "published_at", "event_time", "title", "summary", "body",
    "cluster_id", "cluster_size",
]  # fmt: skip
"""What a hit is made of; the rest of a document stays on the server."""
NAMES = [f"entities.{kind}" for kind in KINDS.values()]


def to_found(hit: Mapping[str, Any], query: Query, *, collapsed: bool = False) -> Found:
    """A hit before it is ranked.

    Args:
        hit: as the server sends it.
        query: what it was found by.
        collapsed: all articles of its cluster are this hit.
    """
    values = hit["_source"]
    shared = collapsed and values.get("cluster_size", 1) > 1
    return Found(
        values.get("title", ""),
        values.get("summary", ""),
        values.get("body", ""),
        datetime.fromisoformat(values["event_time"]),
        {**values, "id": hit["_id"]},
        key=values["cluster_id"] if shared else hit["_id"],
        names=_mentioned(values, {name for term in query.terms for name in term.names}),
    )


def _mentioned(values: Mapping[str, Any], wanted: AbstractSet[str]) -> frozenset[str]:
    """Those of the names that an article mentions."""
    if not wanted:
        return frozenset()
    names = (name for names in values.get("entities", {}).values() for name in names)
    return frozenset(wanted & set(map(normalise, names)))


def to_hit(found: Found, score: float, query: Query) -> Hit:
    """A hit as it is shown."""
    values = found.origin
    published = values.get("published_at")
    return Hit(
        id=values["id"],
        url=values["url"],
        outlet=values["outlet"],
        outlet_name=values.get("outlet_name", ""),
        published_at=datetime.fromisoformat(published) if published else None,
        event_time=found.event_time,
        score=score,
        title=highlight(found.title, query),
        snippet=snippet(found.body, query, fallback=found.summary),
        copies=max(0, values.get("cluster_size", 1) - 1),
    )
