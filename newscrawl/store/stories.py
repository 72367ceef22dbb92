"""Stories written down in the rows of their articles: which originals make one, and their copies with them.

What an article's row says of its story is written here and nowhere else, only where it differs, and an
article whose row changes waits for Elasticsearch and the next export.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from newscrawl.dedupe.reports import Alike
from newscrawl.dedupe.stories import stories
from newscrawl.store import outbox
from newscrawl.store.given import given
from newscrawl.store.links import TELL, first_due, links_of
from newscrawl.store.reports import Unread, move, read_to
from newscrawl.store.schema import articles, reports


class Told(NamedTuple):
    """How many reports were looked at, and of how many articles the row has changed."""

    told: int
    changed: int


_SOME = given("some")


def tell(connection: sa.Connection, limit: int) -> Told:
    """Tell the stories of reports that wait for it, and of all that links hold together with them.

    Args:
        connection: in a write transaction.
        limit: how many of those that wait are begun with.
    """
    waiting = first_due(connection, TELL, limit)
    links = _hang_together(connection, waiting)
    numbers = {*waiting, *(number for link in links for number in link[:2])}
    changed = put(connection, _told(connection, numbers, links))
    ended = sa.update(reports).where(reports.c.number.in_(_SOME), reports.c.due == TELL).values(due="")
    connection.execute(ended, {"some": json.dumps(list(numbers))})
    return Told(len(waiting), changed)


def _hang_together(connection: sa.Connection, numbers: Collection[int]) -> list[Alike]:
    """The links of reports, of those that they lead to, and so on."""
    reached: set[int] = set()
    found: dict[tuple[int, int], Alike] = {}
    near = set(numbers)
    while near:
        links = links_of(connection, near)
        reached |= near
        found.update({(link.one, link.other): link for link in links})
        near = {number for link in links for number in (link.one, link.other)} - reached
    return list(found.values())


def _told(connection: sa.Connection, numbers: Collection[int], links: Collection[Alike]) -> dict[str, str]:
    """Of each original the story that it is in: the id of the earliest."""
    query = sa.select(articles.c.number, articles.c.id, articles.c.event_time)
    rows = connection.execute(
        query.where(articles.c.number.in_(_SOME)), {"some": json.dumps(list(numbers))}
    ).all()
    ids = {row.number: row.id for row in rows}
    order = {row.id: (row.event_time, row.id) for row in rows}
    found = stories({(ids[link.one], ids[link.other]): link.likeness for link in links})
    return dict.fromkeys(order, "") | {id: min(some, key=order.__getitem__) for some in found for id in some}


_NAMES = ("number", "id", "version", "story_id")
_ORIGINALS = sa.select(*(articles.c[name] for name in _NAMES), articles.c.id.label("original")).where(
    articles.c.id.in_(_SOME), articles.c.copy_of == ""
)
_COPIES = sa.select(*(articles.c[name] for name in _NAMES), articles.c.cluster_id.label("original")).where(
    articles.c.cluster_size > 1, articles.c.cluster_id.in_(_SOME), articles.c.copy_of != ""
)


_SEEN = sa.update(reports).where(  # one that changed and was not looked at since, is not seen by this
    reports.c.number == sa.bindparam("its_number"), reports.c.version == sa.bindparam("its_version")
)


def put(connection: sa.Connection, told: Mapping[str, str]) -> int:
    """Write down of originals, and of all their copies, in which story they are; of how many it changed.

    Args:
        connection: in a write transaction.
        told: the story of each original, by its id; empty: it is in none.
    """
    some = {"some": json.dumps(list(told))}
    rows = [row for query in (_ORIGINALS, _COPIES) for row in connection.execute(query, some)]
    changes = [row for row in rows if row.story_id != told[row.original]]
    if not changes:
        return 0
    newest = connection.execute(sa.select(sa.func.max(articles.c.version))).scalar_one()
    versions = {row.number: outbox.next_version(connection) for row in changes}
    values: list[dict[str, Any]] = [
        {"its_number": row.number, "version": versions[row.number], "story_id": told[row.original]}
        for row in changes
    ]
    connection.execute(sa.update(articles).where(articles.c.number == sa.bindparam("its_number")), values)
    outbox.enqueue_some(connection, {row.id: versions[row.number] for row in changes})
    seen = [
        {"its_number": row.number, "its_version": row.version, "version": versions[row.number]}
        for row in changes
    ]
    connection.execute(_SEEN, seen)
    if read_to(connection) == newest:  # what is written here needs no look
        move(connection, newest, max(versions.values()))
    return len(changes)


def follow(connection: sa.Connection, some: Collection[Unread]) -> int:
    """Have copies, and originals without a date, follow: a copy is in its original's story, these in none."""
    originals = {one.original for one in some if not one.told}
    query = sa.select(articles.c.id, articles.c.story_id, articles.c.published_at).where(
        articles.c.id.in_(_SOME)
    )
    rows = connection.execute(query, {"some": json.dumps(list(originals))})
    return put(connection, {row.id: row.story_id if row.published_at else "" for row in rows})
