"""An Article as a row of the `articles` table, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from newscrawl.article import Article, Mention

_FIELDS = [f.name for f in dataclasses.fields(Article)]


def to_row(article: Article) -> dict[str, Any]:
    """Values for all columns that an Article decides."""
    values = {name: getattr(article, name) for name in _FIELDS}
    values["id"] = article.id
    values["event_time"] = article.event_time
    values["mentions"] = mention_values(article.mentions)
    values["last_seen_at"] = article.fetched_at
    return values


def mention_values(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Mentions in their JSON form."""
    return [dataclasses.asdict(mention) for mention in mentions]


def from_row(row: sa.Row[Any]) -> Article:
    """The Article in a row of the `articles` table."""
    values = row._mapping
    return Article.from_json({name: values[name] for name in _FIELDS})
