"""Pages as they were fetched: in which file each of them lies, and what became of it.

The bytes are in WARC files (`newscrawl.warc`), written and synced before the row that names their place is
committed, in the transaction that ends the candidate. So a row's bytes are there, whatever was killed when.
A page whose body the archive has already is kept without it, and names the page that has it: its original.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawl.store.heartbeat import RUNNING
from newscrawl.store.save import Saved
from newscrawl.store.schema import page_files, pages, runs
from newscrawl.store.times import UtcTime
from newscrawl.store.transactions import write


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that has been written into a file, on its way into the store with its candidate's end."""

    file: int
    """The file's number (`Pages.open_file`)."""
    offset: int
    length: int
    end: int
    """Bytes of the file up to the end of all that was written of the page."""
    url: str
    fetched_at: datetime
    digest: bytes = field(repr=False)
    original: int | None = None
    listed_at: datetime | None = None
    """The publication time that its listing stated."""
    rules: int = 0
    """The version of the rules that read it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record of a page lies."""

    number: int
    """The page's own."""
    url: str
    fetched_at: datetime
    name: str
    """The file's."""
    place: str
    """The file's folder, a path or a URL, when it was written there."""
    offset: int
    length: int
    digest: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of the archive, and what became of it."""

    at: Place
    id: str
    article_id: str | None
    revision: int | None
    outlet: str
    outcome: str
    original: int | None
    """The number of the page that has this one's body; None: it has its own."""
    listed_at: datetime | None
    """The publication time that its listing stated."""
    body_at: Place | None
    """Where the body is; None: the file that had it is gone."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of pages."""

    number: int
    name: str
    place: str
    opened_at: datetime
    bytes: int
    first_at: datetime | None
    last_at: datetime | None
    pages: int
    revisits: int
    """Pages without a body of their own."""
    in_use: bool
    """Whether the run that writes it is under way."""


_PLACE = (
    pages.c.number,
    pages.c.url,
    pages.c.fetched_at,
    page_files.c.name,
    page_files.c.place,
    pages.c.offset,
    pages.c.length,
    pages.c.digest,
)
_OWN = ("id", "article_id", "revision", "outlet", "outcome", "original", "listed_at")
_PLACED: sa.Select[Any] = sa.select(*_PLACE).join_from(pages, page_files)


# What is asked for every page of a crawl is made once: to make it takes longer than to do it.
_ORIGINAL = (
    _PLACED.where(
        pages.c.digest == sa.bindparam("body"),
        pages.c.original.is_(None),
        page_files.c.opened_at >= sa.bindparam("since"),
    )
    .order_by(pages.c.number.desc())
    .limit(1)
)
_PUT = pages.insert()
_END = sa.bindparam("end", type_=sa.BigInteger)
_MOMENT = sa.bindparam("moment", type_=UtcTime())
_GROW = (
    sa.update(page_files)
    .where(page_files.c.number == sa.bindparam("its_number"))
    .values(
        bytes=sa.case((page_files.c.bytes < _END, _END), else_=page_files.c.bytes),
        first_at=sa.case((page_files.c.first_at < _MOMENT, page_files.c.first_at), else_=_MOMENT),
        last_at=sa.case((page_files.c.last_at > _MOMENT, page_files.c.last_at), else_=_MOMENT),
    )
)


class Pages:
    """The archive's pages. Every method is one short transaction. Made by `Archive.pages`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open_file(self, run_id: int, name: str, place: str, now: datetime) -> int:
        """Note a file before its first byte is written. Returns its number."""
        values = {"name": name, "place": place, "run_id": run_id, "opened_at": now}
        with write(self._engine) as connection:
            key = connection.execute(page_files.insert(), values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def original(self, digest: bytes, since: datetime) -> Place | None:
        """The newest page with this body, of its own, in a file begun since then; None: there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(_ORIGINAL, {"body": digest, "since": since}).one_or_none()
        return None if row is None else Place(*row)

    def find(self, id: str, revision: int | None = None) -> StoredPage | None:
        """The newest page of an address or article, or the first that gave a revision; None: none is kept.

        Args:
            id: of the address that was asked for, or of the article (`article_id`).
            revision: the article's.
        """
        own = sa.case((pages.c.id == id, 0), else_=1)
        query = sa.select(pages.c.number).where(sa.or_(pages.c.id == id, pages.c.article_id == id))
        if revision is None:
            query = query.order_by(own, pages.c.number.desc())
        else:
            query = query.where(pages.c.revision == revision).order_by(pages.c.number)
        with self._engine.connect() as connection:
            number = connection.execute(query.limit(1)).scalar()
            return None if number is None else _read(connection, [number])[0]

    def numbered(self, numbers: Sequence[int]) -> list[StoredPage]:
        """The pages of these numbers, in their order."""
        with self._engine.connect() as connection:
            return _read(connection, numbers)

    def files(self) -> list[PageFile]:
        """All files, the oldest first."""
        table = page_files.c
        counted = (
            sa.func.count(pages.c.number).label("pages"),
            sa.func.count(pages.c.original).label("revisits"),
        )
        running = sa.func.coalesce(runs.c.status == RUNNING, sa.false()).label("in_use")
        columns = table.number, table.name, table.place, table.opened_at, table.bytes
        query = (
            sa.select(*columns, table.first_at, table.last_at, *counted, running)
            .join_from(page_files, pages, isouter=True)
            .join(runs, runs.c.id == table.run_id, isouter=True)
            .group_by(table.number, runs.c.status)
            .order_by(table.opened_at, table.number)
        )
        with self._engine.connect() as connection:
            return [PageFile(**row._mapping) for row in connection.execute(query)]

    def moved(self, number: int, place: str, size: int) -> None:
        """Note that a file, which is whole, lies in another folder now."""
        with write(self._engine) as connection:
            changed = sa.update(page_files).where(page_files.c.number == number)
            connection.execute(changed.values(place=place, bytes=size))

    def forget(self, number: int) -> int:
        """Forget a file that was deleted, and its pages. Returns how many these were."""
        with write(self._engine) as connection:
            gone = connection.execute(sa.delete(pages).where(pages.c.file == number)).rowcount
            connection.execute(sa.delete(page_files).where(page_files.c.number == number))
        return gone


def _read(connection: sa.Connection, numbers: Sequence[int]) -> list[StoredPage]:
    query = _PLACED.add_columns(*(pages.c[name] for name in _OWN)).where(pages.c.number.in_(numbers))
    rows = {row.number: row for row in connection.execute(query)}
    wanted = {row.original for row in rows.values()} - {None}
    found = connection.execute(_PLACED.where(pages.c.number.in_(wanted)))
    bodies = {row.number: Place(*row) for row in found}
    return [_stored(rows[number], bodies) for number in numbers if number in rows]


def _stored(row: sa.Row[Any], bodies: dict[int, Place]) -> StoredPage:
    at = Place(*row[: len(_PLACE)])
    body = at if row.original is None else bodies.get(row.original)
    own = {name: row._mapping[name] for name in _OWN}
    return StoredPage(at, **own, body_at=body)


def put(connection: sa.Connection, page: KeptPage, id: str, outlet: str, saved: Saved) -> None:
    """Note a page with the end of its candidate, in the transaction of that end."""
    row = {
        "id": id,
        "article_id": saved.article_id,
        "revision": saved.revision,
        "url": page.url,
        "outlet": outlet,
        "outcome": saved.outcome.value,
        "fetched_at": page.fetched_at,
        "file": page.file,
        "offset": page.offset,
        "length": page.length,
        "digest": page.digest,
        "original": page.original,
        "listed_at": page.listed_at,
        "rules": page.rules,
    }
    connection.execute(_PUT, row)
    connection.execute(_GROW, {"its_number": page.file, "end": page.end, "moment": page.fetched_at})


def to_prune(files: Sequence[PageFile], now: datetime, days: float, size: float) -> list[PageFile]:
    """The files that may go, the oldest first: those older than that, then until the others are small enough.

    Args:
        files: as `Pages.files` gives them; those in use stay.
        now: aware.
        days: how old a file may become; 0: as old as it likes.
        size: bytes of all files together; 0: as many as they like.
    """
    total, gone = sum(file.bytes for file in files), []
    for file in files:
        old = bool(days) and file.opened_at < now - timedelta(days=days)
        if not file.in_use and (old or (size and total > size)):
            gone.append(file)
            total -= file.bytes
    return gone
