"""The names in articles: one row for each, so that they can be counted and looked up by any spelling.

They follow `Article.entities` and `mentions`, in the same transaction. `key` is the normalised name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.normalise import normalise
from newscrawl.article import Article
from newscrawl.entities.articles import KINDS, Names, canonical_names
from newscrawl.filters import Filters
from newscrawl.store import outbox
from newscrawl.store.filters import conditions
from newscrawl.store.rows import from_row, mention_values
from newscrawl.store.schema import article_names, articles

CHUNK = 500
"""Ids in one query."""


def name_rows(
    number: int, entities: Mapping[str, Sequence[str]], mentions: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Values for `article_names`: spellings of one name share a row, under the most mentioned.

    Args:
        number: the article's.
        entities: as `Article.entities`.
        mentions: as `Article.mentions`, in their JSON form.
    """
    times = Counter((KINDS[mention["label"]], normalise(mention["name"])) for mention in mentions)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, names in entities.items():
        for name in names:
            key = normalise(name)
            if key:
                row = {"number": number, "kind": kind, "key": key, "name": name}
                rows.setdefault((kind, key), {**row, "mentions": times[kind, key] or 1})
    return list(rows.values())


def write_rows(connection: sa.Connection, number: int, article: Article) -> None:
    """Put an article's names in the place of those it had."""
    connection.execute(sa.delete(article_names).where(article_names.c.number == number))
    rows = name_rows(number, article.entities, mention_values(article.mentions))
    if rows:
        connection.execute(article_names.insert(), rows)


def put(connection: sa.Connection, article: Article, names: Names) -> bool:
    """Give an article of the archive its names: a change of the article, but no revision of its text.

    Nothing is written where it has these very names, or where its text is not, letter by letter, that of
    `article`: equal hashes are not enough, for the mentions' offsets must fit.

    Returns:
        Whether it was written.
    """
    row = connection.execute(
        sa.select(
            articles.c.number,
            articles.c.title,
            articles.c.body,
            articles.c.tagger,
            articles.c.entities,
            articles.c.mentions,
        ).where(articles.c.id == article.id)
    ).one_or_none()
    if row is None or (row.title, row.body) != (article.title, article.body):
        return False
    values = {
        "tagger": names.tagger,
        "entities": canonical_names(names.mentions),
        "mentions": mention_values(names.mentions),
    }
    if all(row._mapping[name] == value for name, value in values.items()):
        return False
    names.put_into(article)
    version = outbox.next_version(connection)
    connection.execute(
        sa.update(articles).where(articles.c.number == row.number).values(**values, version=version)
    )
    write_rows(connection, row.number, article)
    outbox.enqueue(connection, article.id, version)
    return True


def already_tagged(connection: sa.Connection, some: Sequence[Article], tagger: str) -> set[str]:
    """The ids of those articles whose very text the archive has, with the names that this tagger found."""
    hashes = {article.id: article.content_hash for article in some}
    ids = list(hashes)
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        query = sa.select(articles.c.id, articles.c.content_hash).where(
            articles.c.id.in_(ids[start : start + CHUNK]), articles.c.tagger == tagger
        )
        found |= {row.id for row in connection.execute(query) if row.content_hash == hashes[row.id]}
    return found


def to_tag(connection: sa.Connection, filters: Filters, but: str | None) -> list[int]:
    """The numbers of the articles whose names are not those of the tagger `but`, in the order of arrival.

    Args:
        connection: to the store.
        filters: which articles.
        but: a tagger's identity; None: all articles.
    """
    query = sa.select(articles.c.number).where(*conditions(filters))
    if but is not None:
        query = query.where(articles.c.tagger != but)
    return list(connection.execute(query.order_by(articles.c.number)).scalars())


def numbered(connection: sa.Connection, numbers: Sequence[int]) -> list[Article]:
    """The articles of these numbers, in the order of arrival."""
    query = sa.select(articles).where(articles.c.number.in_(numbers)).order_by(articles.c.number)
    return [from_row(row) for row in connection.execute(query)]
