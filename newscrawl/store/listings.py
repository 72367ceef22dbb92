"""The `listings` table: validators of feeds, sitemaps and section pages, and how they last answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.store.schema import listings


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise this version of a document by (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


def validators(connection: sa.Connection, url: str) -> Validators:
    """The validators to send for a listing; empty when it was never read to the end."""
    row = connection.execute(
        sa.select(listings.c.etag, listings.c.last_modified).where(listings.c.url == url)
    ).one_or_none()
    return Validators(*row) if row else Validators()


def note_answer(
    connection: sa.Connection, *, url: str, outlet: str, status: str, ok: bool, now: datetime
) -> None:
    """Note how a listing answered. Validators stay as they are: see `keep_validators`."""
    statement = insert(listings).values(
        url=url, outlet=outlet, status=status, visited_at=now, failures=0 if ok else 1
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[listings.c.url],
            set_={
                "outlet": outlet,
                "status": status,
                "visited_at": now,
                "failures": 0 if ok else listings.c.failures + 1,
            },
        )
    )


def keep_validators(connection: sa.Connection, known: dict[str, Validators]) -> None:
    """Keep validators by listing URL, once every candidate of those listings has ended.

    Kept earlier, a run killed in between would make the next one see "not modified" and never
    come back to the candidates it lost.
    """
    for url, values in known.items():
        connection.execute(
            sa.update(listings)
            .where(listings.c.url == url)
            .values(etag=values.etag, last_modified=values.last_modified)
        )
