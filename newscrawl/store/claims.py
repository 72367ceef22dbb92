"""Canonical links, held against texts: an address that different articles claim is believed of none.

A page that states another address as its own (its canonical link, `og:url`) claims it. Print pages, AMP and
mobile pages do so rightly; a content system that states the section's address, or the last article's, on
every page does so wrongly, and whoever believes it drops different articles as copies, or writes one over the
other. So the texts are compared. Where they differ, each article goes by the address where it was read, and
the claimed one is remembered as contested: it belongs to no page but the one that stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from newscrawl.article import Article, article_id
from newscrawl.dedupe.alike import one_article
from newscrawl.store import outbox, unclustered
from newscrawl.store.schema import articles, candidates, claims, dead_letters, pages, revisions, visits


@dataclass(frozen=True, slots=True)
class Holder:
    """The article that goes by an address, and how it came to it."""

    id: str
    title: str
    body: str
    read_at: str
    """Where it was read, if that is another address (canonical form); "" if it stands at this one."""


class Settled(NamedTuple):
    """What was decided of an article's address."""

    twin: bool = False
    """The archive has the article from another page, under the address it now goes by."""
    moved: str = ""
    """The id that another article was given, which had to make room; "" where none had to."""
    own: bool = False
    """The archive has the article from another page, and this is its own."""


def settle(connection: sa.Connection, article: Article, read_at: str, run_id: int) -> Settled:
    """Decide which address an article goes by, before it is saved.

    `article.canonical_url` is set to `read_at` where the address that it states cannot be believed; an
    article that held that address without standing there is moved to its own.

    Args:
        connection: in a write transaction.
        article: as read; its texts are not changed.
        read_at: the canonical form of the address where it was read.
        run_id: the run that brought it.
    """
    claimed = article.id
    holder = _holder(connection, claimed)
    if article.canonical_url == read_at:
        return _take_own(connection, article, holder, run_id)
    if holder is None:
        if _is_contested(connection, claimed) or _is_stored(connection, article_id(read_at)):
            article.canonical_url = read_at
        else:
            _note(connection, article.canonical_url, read_at)
        return Settled()
    if read_at == holder.read_at:
        return Settled()
    if _alike(article, holder):
        return Settled(twin=True)
    moved = _contest(connection, article.canonical_url, holder, run_id)
    article.canonical_url = read_at
    return Settled(moved=moved)


def _take_own(connection: sa.Connection, article: Article, holder: Holder | None, run_id: int) -> Settled:
    """Give a page the address where it stands; another page's article that claimed it makes room."""
    if holder is None or not holder.read_at:
        return Settled()
    if _alike(article, holder):
        connection.execute(sa.delete(claims).where(claims.c.id == holder.id))
        return Settled(own=True)
    return Settled(moved=_contest(connection, article.canonical_url, holder, run_id))


def _contest(connection: sa.Connection, address: str, holder: Holder, run_id: int) -> str:
    """Believe an address of no page but its own; whoever holds it by a claim moves to where it was read.

    Returns:
        The id that the mover has now; "" where none moved.
    """
    _note(connection, address, None)
    if holder.read_at and not _is_stored(connection, article_id(holder.read_at)):
        return _move(connection, holder, run_id)
    return ""


def _move(connection: sa.Connection, holder: Holder, run_id: int) -> str:
    """Give an article the id of the address where it was read; Elasticsearch is told of both. Returns it."""
    new = article_id(holder.read_at)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # its revisions follow at once
    removal = outbox.next_version(connection)
    version = outbox.next_version(connection)
    values = {"id": new, "canonical_url": holder.read_at, "version": version}
    connection.execute(sa.update(articles).where(articles.c.id == holder.id).values(values))
    connection.execute(sa.delete(dead_letters).where(dead_letters.c.article_id == holder.id))
    known = candidates.c.run_id == run_id, candidates.c.article_id == holder.id
    connection.execute(sa.update(candidates).where(*known).values(article_id=new))
    for table in (revisions, visits, pages):
        connection.execute(sa.update(table).where(table.c.article_id == holder.id).values(article_id=new))
    outbox.enqueue_some(connection, {holder.id: removal, new: version})
    number = sa.select(articles.c.number).where(articles.c.id == new)
    unclustered.queue(
        connection, {connection.execute(number).scalar_one(): (version, None)}
    )  # its cluster's id
    return new


def _alike(article: Article, holder: Holder) -> bool:
    return one_article(article.title, article.body, holder.title, holder.body)


_HOLDER = (  # made once, as every article needs it
    sa.select(articles.c.id, articles.c.title, articles.c.body, claims.c.read_at)
    .join_from(articles, claims, claims.c.id == articles.c.id, isouter=True)
    .where(articles.c.id == sa.bindparam("its_id"))
)


def _holder(connection: sa.Connection, id: str) -> Holder | None:
    row = connection.execute(_HOLDER, {"its_id": id}).one_or_none()
    return None if row is None else Holder(row.id, row.title, row.body, row.read_at or "")


def _is_stored(connection: sa.Connection, id: str) -> bool:
    return connection.execute(sa.select(articles.c.number).where(articles.c.id == id)).first() is not None


def _is_contested(connection: sa.Connection, id: str) -> bool:
    query = sa.select(claims.c.id).where(claims.c.id == id, claims.c.read_at.is_(None))
    return connection.execute(query).first() is not None


def _note(connection: sa.Connection, address: str, read_at: str | None) -> None:
    """Note who holds an address by a claim; None: it is contested."""
    id = article_id(address)
    connection.execute(sa.delete(claims).where(claims.c.id == id))
    connection.execute(claims.insert(), {"id": id, "address": address, "read_at": read_at})
