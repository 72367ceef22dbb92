"""The outbox: articles that Elasticsearch has not acknowledged yet, and the dead letters it refused.

A row is put in by the transaction that changes the article, and goes only when the answer for that very
version has come back. Whoever delivers may be killed at any line: at worst a document is sent twice, to the
same id, with the same version.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Article
from newscrawl.store.articles import from_row
from newscrawl.store.schema import articles, dead_letters, outbox


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the outbox with its article as it is now; None: Elasticsearch is to have none of this id."""

    article_id: str
    article: Article | None
    version: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Sent:
    """One version of an article that was sent."""

    article_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Retry(Sent):
    """A version that Elasticsearch did not take this time; it is sent again, not before a time."""

    not_before: datetime
    error: str


@dataclass(frozen=True, slots=True)
class DeadLetter(Sent):
    """A version that Elasticsearch refused for its content: sent again as it is, it is refused again."""

    error_type: str
    reason: str
    document: str
    """The document as it was sent, JSON."""
    died_at: datetime

    def sent(self) -> dict[str, Any]:
        """The document as it was sent."""
        values: dict[str, Any] = json.loads(self.document)
        return values


# Made once: to make a statement takes longer than to execute it, and every article needs these.
_NEWEST = sa.select(sa.func.max(articles.c.version))
_INSERT = insert(outbox)
_ENQUEUE = _INSERT.on_conflict_do_update(
    index_elements=[outbox.c.article_id],
    set_={
        name: _INSERT.excluded[name] for name in ("version", "queued_at", "attempts", "not_before", "error")
    },
)


_GIVEN: WeakKeyDictionary[sa.Transaction, int] = WeakKeyDictionary()
"""The newest version that each transaction under way has given out; some may not be written yet."""


def next_version(connection: sa.Connection) -> int:
    """The version of the change under way: greater than every other, about milliseconds since 1970 (UTC).

    Versions order all changes of the archive, whoever made them: the caller holds the write lock. They are
    Elasticsearch's external versions and the cursors of incremental exports; a clock set back cannot make a
    newer change look older. A transaction asks once for the newest one, and counts on from there.
    """
    transaction = connection.get_transaction()
    assert transaction is not None, "versions are given out under the write lock"
    newest = _GIVEN.get(transaction)
    if newest is None:
        newest = connection.execute(_NEWEST).scalar() or 0
    _GIVEN[transaction] = version = max(time.time_ns() // 1_000_000, newest + 1)
    return version


def enqueue(connection: sa.Connection, article_id: str, version: int) -> None:
    """Queue an article; a newer version replaces the older one, with no attempts and no error yet.

    An id that no article has is queued in the same way, to be removed from Elasticsearch (`due`).
    """
    enqueue_some(connection, {article_id: version})


def enqueue_some(connection: sa.Connection, versions: Mapping[str, int]) -> None:
    """Queue articles at these versions, by their ids; see `enqueue`."""
    fresh = {"queued_at": datetime.now(UTC), "attempts": 0, "not_before": None, "error": ""}
    rows = [{"article_id": id, "version": version, **fresh} for id, version in versions.items()]
    if rows:
        connection.execute(_ENQUEUE, rows)


def enqueue_all(connection: sa.Connection, now: datetime) -> int:
    """Queue every article at its present version; what must be removed stays. Returns how many wait."""
    rows = sa.select(articles.c.id, articles.c.version, sa.literal(now, outbox.c.queued_at.type))
    connection.execute(sa.delete(outbox).where(outbox.c.article_id.in_(sa.select(articles.c.id))))
    connection.execute(outbox.insert().from_select(["article_id", "version", "queued_at"], rows))
    return count(connection)


def due(
    connection: sa.Connection, now: datetime, after: int, limit: int, *, drop_copies: bool
) -> list[Waiting]:
    """Rows that may be sent now, in the order of their versions, from the first greater than `after`.

    Elasticsearch is to have no article of an id that the archive has none of, and where copies are dropped,
    none that is a copy.
    """
    query = (
        sa.select(articles, outbox.c.article_id, outbox.c.version.label("queued_version"), outbox.c.attempts)
        .join_from(outbox, articles, outbox.c.article_id == articles.c.id, isouter=True)
        .where(
            outbox.c.version > after,
            sa.or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now),
        )
        .order_by(outbox.c.version)
        .limit(limit)
    )
    return [
        Waiting(
            row.article_id,
            from_row(row) if row.id and not (drop_copies and row.copy_of) else None,
            row.queued_version,
            row.attempts,
        )
        for row in connection.execute(query)
    ]


def next_due(connection: sa.Connection) -> datetime | None:
    """When the first of the postponed rows may be sent again; None if no row is postponed."""
    return connection.execute(sa.select(sa.func.min(outbox.c.not_before))).scalar()


def count(connection: sa.Connection) -> int:
    """How many articles wait."""
    return connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar_one()


def acknowledge(connection: sa.Connection, sent: Sequence[Sent]) -> None:
    """Remove what Elasticsearch has, and older dead letters of it. A row with a newer version stays."""
    if not sent:
        return
    values = [{"id": one.article_id, "sent_version": one.version} for one in sent]
    connection.execute(
        sa.delete(outbox).where(
            outbox.c.article_id == sa.bindparam("id"), outbox.c.version == sa.bindparam("sent_version")
        ),
        values,
    )
    connection.execute(
        sa.delete(dead_letters).where(
            dead_letters.c.article_id == sa.bindparam("id"),
            dead_letters.c.version <= sa.bindparam("sent_version"),
        ),
        values,
    )


def postpone(connection: sa.Connection, retries: Iterable[Retry]) -> None:
    """Note for rows that they were not taken, why, and when to send them again."""
    for one in retries:
        connection.execute(
            sa.update(outbox)
            .where(outbox.c.article_id == one.article_id, outbox.c.version == one.version)
            .values(attempts=outbox.c.attempts + 1, not_before=one.not_before, error=one.error)
        )


def keep_dead_letters(connection: sa.Connection, letters: Iterable[DeadLetter]) -> None:
    """Take rows out of the outbox and keep them as dead letters."""
    for letter in letters:
        acknowledge(connection, [letter])
        values = {field.name: getattr(letter, field.name) for field in fields(letter)}
        connection.execute(insert(dead_letters).on_conflict_do_nothing(), values)


def read_dead_letters(connection: sa.Connection, ids: Sequence[str] = ()) -> list[DeadLetter]:
    """The dead letters, all or of these articles, the newest first."""
    query = sa.select(dead_letters).order_by(dead_letters.c.died_at.desc(), dead_letters.c.article_id)
    if ids:
        query = query.where(dead_letters.c.article_id.in_(ids))
    return [DeadLetter(*row) for row in connection.execute(query)]


def count_dead_letters(connection: sa.Connection) -> int:
    """How many dead letters there are."""
    return connection.execute(sa.select(sa.func.count()).select_from(dead_letters)).scalar_one()


def replay(connection: sa.Connection, ids: Sequence[str] = ()) -> int:
    """Queue dead letters again, as their articles are now: all, or of these. Returns how many."""
    chosen = [letter.article_id for letter in read_dead_letters(connection, ids)]
    for article_id in chosen:
        version = connection.execute(
            sa.select(articles.c.version).where(articles.c.id == article_id)
        ).scalar_one()
        enqueue(connection, article_id, version)
        connection.execute(sa.delete(dead_letters).where(dead_letters.c.article_id == article_id))
    return len(chosen)
