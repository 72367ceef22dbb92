"""Filters as SQL: the one place that says which rows of `articles` they mean."""

from __future__ import annotations

import sqlalchemy as sa

from newscrawl.filters import Filters
from newscrawl.store.schema import article_names, articles


def conditions(
    filters: Filters, number: sa.ColumnElement[int] = articles.c.number
) -> list[sa.ColumnElement[bool]]:
    """Filters as conditions on `articles`; none where they leave everything open.

    Args:
        filters: which articles.
        number: the column that names are looked up by, where the query has the articles' numbers in another
            table too and should begin there.
    """
    found: list[sa.ColumnElement[bool]] = [
        articles.c[field].in_(values) for field, values in filters.values()
    ]
    if filters.since:
        found.append(articles.c.event_time >= filters.since)
    if filters.until:
        found.append(articles.c.event_time <= filters.until)
    return [*found, *(number.in_(_mentioning(kind, key)) for kind, key in filters.names())]


def _mentioning(kind: str, key: str) -> sa.Select[tuple[int]]:
    """The numbers of the articles that mention a name."""
    return sa.select(article_names.c.number).where(article_names.c.key == key, article_names.c.kind == kind)
