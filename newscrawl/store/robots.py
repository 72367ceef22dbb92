"""The last good robots.txt of each host, for when it cannot be read: it counts for a day (RFC 9309, 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.store.schema import robots

GOOD_FOR = timedelta(days=1)


def read(connection: sa.Connection, site: str, now: datetime) -> bytes | None:
    """The copy of a host (`https://www.spa.gov.sa`); None where there is none of the last day."""
    row = connection.execute(sa.select(robots).where(robots.c.site == site)).one_or_none()
    return bytes(row.body) if row is not None and now - row.read_at < GOOD_FOR else None


def keep(connection: sa.Connection, site: str, body: bytes, now: datetime) -> None:
    """Keep a copy in place of the host's last one."""
    values = {"site": site, "body": body, "read_at": now}
    connection.execute(
        insert(robots).values(values).on_conflict_do_update(index_elements=[robots.c.site], set_=values)
    )
