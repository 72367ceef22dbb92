"""An Article as a row of the `articles` table, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from newscrawl.article import RECORD, Article, Mention
from newscrawl.fields import FIELDS

_DECIDED = [field.name for field in FIELDS if field.stored and field.origin != "store"]
"""Columns that an Article decides."""


def to_row(article: Article) -> dict[str, Any]:
    """Values for all columns but `version`, which the change under way decides."""
    values = {name: getattr(article, name) for name in _DECIDED}
    values["mentions"] = mention_values(article.mentions)
    values["last_seen_at"] = article.fetched_at
    return values


def mention_values(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Mentions in their JSON form."""
    return [dataclasses.asdict(mention) for mention in mentions]


def from_row(row: sa.Row[Any]) -> Article:
    """The Article in a row of the `articles` table."""
    values = row._mapping
    return Article.from_json({name: values[name] for name in RECORD})
