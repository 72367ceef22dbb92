"""Originals as stories see them: what each says, in numbers, and which wait for what.

What came in or changed is read in the order of the archive's changes, and up to which change that was done is
kept (`reports_read`): so whoever stores an article has no queue to fill. An original with a date becomes a
report, which is compared with those of the days around (links.py); then its story is told (stories.py). Each
step is one transaction with the note that it is done: killed anywhere, the next run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.stories import CHARACTERS
from newscrawl.store import links
from newscrawl.store.given import given
from newscrawl.store.links import COMPARE
from newscrawl.store.packed import PackedText
from newscrawl.store.schema import articles, report_links, reports, reports_read


class Unread(NamedTuple):
    """An article that came in or changed since the archive was last looked at for stories."""

    number: int
    version: int
    id: str
    original: str
    """Id of the article that it copies, by way of others or not; its own if it is no copy."""
    outlet: str
    at: int | None
    """In seconds since 1970; None: nobody knows when it was published."""
    title: str
    lead: str
    seen: int | None
    """The version at which it was looked at before."""

    @property
    def told(self) -> bool:
        """Whether it is a report: an original with a date."""
        return self.original == self.id and self.at is not None


_UNREAD = (
    sa.select(
        *(articles.c[name] for name in ("number", "version", "id", "outlet", "title", "published_at")),
        sa.case((articles.c.copy_of == "", articles.c.id), else_=articles.c.cluster_id).label("original"),
        sa.type_coerce(articles.c.body, PackedText(CHARACTERS)).label("lead"),
        reports.c.version.label("seen"),
    )
    .join(reports, reports.c.number == articles.c.number, isouter=True)
    .order_by(articles.c.version)
)


def read_to(connection: sa.Connection) -> int:
    """The version of the last change that was looked at."""
    return connection.execute(sa.select(reports_read.c.version)).scalar() or 0


def move(connection: sa.Connection, before: int, now: int) -> bool:
    """Note up to which version changes were looked at; False: someone else has gone on from `before`."""
    if read_to(connection) != before:
        return False
    connection.execute(sa.delete(reports_read))
    connection.execute(reports_read.insert(), {"version": now})
    return True


def count_unread(connection: sa.Connection) -> int:
    """How many articles came in or changed since."""
    query = sa.select(sa.func.count()).where(articles.c.version > read_to(connection))
    return connection.execute(query).scalar_one()


def unread(connection: sa.Connection, after: int, limit: int) -> list[Unread]:
    """The next articles behind a version, in the order of their changes."""
    rows = connection.execute(_UNREAD.where(articles.c.version > after).limit(limit))
    return [
        Unread(
            row.number,
            row.version,
            row.id,
            row.original,
            row.outlet,
            row.published_at and int(row.published_at.timestamp()),
            row.title,
            row.lead,
            row.seen,
        )
        for row in rows
    ]


_SOME = given("some")
_KNOWN = sa.select(reports).where(reports.c.number.in_(_SOME))
_GONE = sa.delete(reports).where(reports.c.number.in_(_SOME))
_SEEN = sa.update(reports).where(reports.c.number == sa.bindparam("its_number"))
_PUT = insert(reports)
_PUT = _PUT.on_conflict_do_update(
    index_elements=[reports.c.number],
    set_={name: _PUT.excluded[name] for name in ("version", "at", "outlet", "terms", "due")},
)


def take(connection: sa.Connection, some: Sequence[Unread], terms: Mapping[int, bytes]) -> None:
    """Note what articles say; those that say something else than before are to be compared.

    Args:
        connection: in a write transaction.
        some: articles that changed.
        terms: of those that are reports, by number; of others, what was noted before is taken away.
    """
    before = {row.number: row for row in connection.execute(_KNOWN, _given(one.number for one in some))}
    said = [one for one in some if one.number in terms]
    same = [one for one in said if _same(one, terms[one.number], before.get(one.number))]
    unchanged = {one.number for one in same}
    links.cut(connection, before.keys() - unchanged)
    connection.execute(_GONE, _given(before.keys() - terms.keys()))
    if fresh := [one for one in said if one.number not in unchanged]:
        connection.execute(_PUT, [_row(one, terms[one.number]) for one in fresh])
    if same:
        connection.execute(_SEEN, [{"its_number": one.number, "version": one.version} for one in same])
        links.tell(connection, [one.number for one in same])  # its id, or its copies, may be others


def _given(numbers: Iterable[int]) -> dict[str, str]:
    return {"some": json.dumps(list(numbers))}


def _row(one: Unread, terms: bytes) -> dict[str, Any]:
    names = ("number", "version", "at", "outlet")
    return {name: getattr(one, name) for name in names} | {"terms": terms, "due": COMPARE}


def _same(one: Unread, terms: bytes, known: sa.Row[Any] | None) -> bool:
    return known is not None and (one.at, one.outlet, terms) == (known.at, known.outlet, known.terms)


def forget_all(connection: sa.Connection) -> None:
    """Have all articles looked at anew, as if none ever was."""
    for table in (report_links, reports, reports_read):
        connection.execute(sa.delete(table))
