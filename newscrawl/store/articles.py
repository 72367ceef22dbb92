"""Writing and reading articles: each write is one transaction over every table it concerns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Article, Outcome
from newscrawl.store.fulltext import text_row
from newscrawl.store.schema import article_text, articles, outbox, revisions

_FIELDS = [f.name for f in dataclasses.fields(Article)]


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: the outcome, the article it concerns, and why."""

    outcome: Outcome
    article_id: str
    reason: str = ""


def save(
    connection: sa.Connection,
    article: Article,
    *,
    run_id: int,
    own_id: str,
    run_started_at: datetime,
    terms: dict[str, str] | None = None,
) -> Saved:
    """Put an article into the archive, unless it is there already.

    Inside the caller's transaction: article, revision, full-text row and outbox row, or nothing.

    Args:
        connection: a connection in a write transaction.
        article: with `content_hash` set. `revision`, `first_seen_at` and `copy_of` are filled in here.
        run_id: the run that brought it.
        own_id: the id of the address it was fetched from. Where that differs from `article.id`, the page
            is a twin (a print page, a redirect) and never overwrites the article's own text.
        run_started_at: when that run began.
        terms: its search terms (`text_row`), where a worker has made them already.

    Returns:
        STORED, UPDATED, UNCHANGED, or DUPLICATE.
    """
    known = connection.execute(
        sa.select(
            articles.c.number,
            articles.c.content_hash,
            articles.c.revision,
            articles.c.first_seen_at,
            articles.c.url,
        ).where(articles.c.id == article.id)
    ).one_or_none()
    if known is None:
        return _save_new(connection, article, run_id, terms)
    if own_id != article.id:
        return Saved(Outcome.DUPLICATE, article.id, f"the same article as {known.url}")
    if known.content_hash == article.content_hash:
        connection.execute(
            sa.update(articles)
            .where(articles.c.number == known.number)
            .values(last_seen_at=article.fetched_at)
        )
        if known.first_seen_at >= run_started_at:
            return Saved(Outcome.DUPLICATE, article.id, "stored in this run under another address")
        return Saved(Outcome.UNCHANGED, article.id)
    article.revision = known.revision + 1
    article.first_seen_at = known.first_seen_at
    _write(connection, article, run_id, known.number, terms)
    return Saved(Outcome.UPDATED, article.id, f"revision {article.revision}")


def _save_new(
    connection: sa.Connection, article: Article, run_id: int, terms: dict[str, str] | None
) -> Saved:
    twin = connection.execute(
        sa.select(articles.c.id, articles.c.url)
        .where(articles.c.content_hash == article.content_hash, articles.c.outlet == article.outlet)
        .limit(1)
    ).one_or_none()
    if twin is not None:
        return Saved(Outcome.DUPLICATE, twin.id, f"the same text as {twin.url}")
    article.revision = 1
    article.first_seen_at = article.fetched_at
    _write(connection, article, run_id, None, terms)
    return Saved(Outcome.STORED, article.id)


def _row(article: Article) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in _FIELDS}
    values["id"] = article.id
    values["event_time"] = article.event_time
    values["mentions"] = [dataclasses.asdict(mention) for mention in article.mentions]
    values["last_seen_at"] = article.fetched_at
    return values


def _write(
    connection: sa.Connection,
    article: Article,
    run_id: int,
    number: int | None,
    terms: dict[str, str] | None,
) -> None:
    if number is None:
        key = connection.execute(articles.insert(), _row(article)).inserted_primary_key
        assert key is not None
        number = int(key[0])
    else:
        connection.execute(sa.update(articles).where(articles.c.number == number).values(_row(article)))
        connection.execute(sa.delete(article_text).where(article_text.c.rowid == number))
    connection.execute(
        revisions.insert(),
        {
            "article_id": article.id,
            "revision": article.revision,
            "run_id": run_id,
            "url": article.url,
            "title": article.title,
            "summary": article.summary,
            "body": article.body,
            "published_at": article.published_at,
            "modified_at": article.modified_at,
            "fetched_at": article.fetched_at,
            "content_hash": article.content_hash,
        },
    )
    terms = terms or text_row(article.title, article.summary, article.body)
    connection.execute(article_text.insert(), {"rowid": number, **terms})
    enqueue(connection, article.id, article.fetched_at)


def enqueue(connection: sa.Connection, article_id: str, fetched_at: datetime) -> None:
    """Queue an article for Elasticsearch; a newer version takes the older one's place.

    The version is the fetch time in milliseconds since 1970 (UTC), for `external_gte` versioning.
    """
    values = {"version": int(fetched_at.timestamp() * 1000), "queued_at": fetched_at}
    statement = insert(outbox).values(article_id=article_id, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[outbox.c.article_id],
            set_={**values, "attempts": 0, "not_before": None, "error": ""},
        )
    )


def from_row(row: sa.Row[Any]) -> Article:
    """The Article in a row of the `articles` table."""
    values = row._mapping
    return Article.from_json({name: values[name] for name in _FIELDS})


def read(connection: sa.Connection, article_id: str) -> Article | None:
    """One article by id, or None."""
    row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).one_or_none()
    return None if row is None else from_row(row)


def read_all(connection: sa.Connection) -> Iterator[Article]:
    """Every article in the order of arrival, streamed."""
    query = sa.select(articles).order_by(articles.c.number).execution_options(yield_per=200)
    for row in connection.execute(query):
        yield from_row(row)


def revisions_of(connection: sa.Connection, article_id: str) -> list[sa.Row[Any]]:
    """All texts an article had, the oldest first."""
    query = sa.select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.revision)
    return list(connection.execute(query))


def count(connection: sa.Connection) -> int:
    """How many articles the archive holds."""
    return connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()
