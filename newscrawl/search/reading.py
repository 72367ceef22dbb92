"""Articles of the embedded index read as hits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from newscrawl.search.query import Query
from newscrawl.search.rank import Found
from newscrawl.search.results import Hit
from newscrawl.search.snippets import LONGEST, highlight, snippet
from newscrawl.store.packed import PackedText
from newscrawl.store.schema import article_names, articles
from newscrawl.store.schema import names as name_table

_SHOWN = [
    *(articles.c[name] for name in ("number", "id", "url", "outlet", "outlet_name", "title")),
    *(articles.c[name] for name in ("published_at", "event_time", "cluster_id", "cluster_size")),
    *(sa.type_coerce(articles.c[name], PackedText(LONGEST)).label(name) for name in ("summary", "body")),
]
"""What a hit needs of its article. Of a long text only the beginning is unpacked."""


def read(connection: sa.Connection, numbers: Sequence[int], query: Query, *, collapsed: bool) -> list[Found]:
    """The articles of these numbers, in this order.

    Args:
        connection: to the archive.
        numbers: which ones.
        query: what they were found by.
        collapsed: all articles of a cluster are one hit.
    """
    chosen = sa.select(*_SHOWN).where(articles.c.number.in_(numbers))
    rows = {row.number: row for row in connection.execute(chosen)}
    wanted = {name for term in query.terms for name in term.names}
    names = _names(connection, numbers, wanted)
    found = []
    for row in map(rows.__getitem__, numbers):
        key = row.cluster_id if collapsed and row.cluster_size > 1 else row.id
        named = frozenset(names.get(row.number, ()))
        found.append(Found(row.title, row.summary, row.body, row.event_time, row, key=key, names=named))
    return found


def _names(
    connection: sa.Connection, numbers: Sequence[int], wanted: Collection[str]
) -> Mapping[int, set[str]]:
    """By article, those of the names that it mentions."""
    found: dict[int, set[str]] = defaultdict(set)
    if wanted:
        of_these = article_names.c.number.in_(numbers), name_table.c.key.in_(wanted)
        rows = sa.select(article_names.c.number, name_table.c.key).join_from(article_names, name_table)
        for number, name in connection.execute(rows.where(*of_these)):
            found[number].add(name)
    return found


def to_hit(row: sa.Row[Any], score: float, query: Query) -> Hit:
    """A hit as it is shown."""
    return Hit(
        id=row.id,
        url=row.url,
        outlet=row.outlet,
        outlet_name=row.outlet_name,
        published_at=row.published_at,
        event_time=row.event_time,
        score=score,
        title=highlight(row.title, query),
        snippet=snippet(row.body, query, fallback=row.summary),
        copies=row.cluster_size - 1,
    )
