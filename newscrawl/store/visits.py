"""The `visits` table: what is known of URLs fetched before, and which are due again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store.revisit import FAILURES, is_due, next_visit
from newscrawl.store.schema import visits

CHUNK = 500
"""Keys per query: well under every database's limit on bound parameters."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to one canonical URL."""

    id: str
    url: str
    outlet: str
    outcome: Outcome
    reason: str
    listed_at: datetime | None
    last_visited_at: datetime
    next_visit_at: datetime | None
    streak: int

    def due(self, listed_at: datetime | None, now: datetime) -> bool:
        """Whether to fetch it now, given the time that its listing states today."""
        return is_due(
            self.next_visit_at,
            seen_listed_at=self.listed_at,
            listed_at=listed_at,
            visited_at=self.last_visited_at,
            now=now,
        )


_COLUMNS = [
    visits.c[name]
    for name in (
        "id",
        "url",
        "outlet",
        "outcome",
        "reason",
        "listed_at",
        "last_visited_at",
        "next_visit_at",
        "streak",
    )
]


def _visit(row: sa.Row[tuple[object, ...]]) -> Visit:
    values = dict(row._mapping)
    return Visit(**{**values, "outcome": Outcome(values["outcome"])})


def look_up(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Visit]:
    """The visits among `ids` (article ids of canonical URLs), by id."""
    found: dict[str, Visit] = {}
    for start in range(0, len(ids), CHUNK):
        query = sa.select(*_COLUMNS).where(visits.c.id.in_(ids[start : start + CHUNK]))
        found.update((row.id, _visit(row)) for row in connection.execute(query))
    return found


def due(connection: sa.Connection, outlet: str, now: datetime, limit: int) -> list[Visit]:
    """An outlet's URLs whose next visit has come, the most overdue first."""
    query = (
        sa.select(*_COLUMNS)
        .where(visits.c.outlet == outlet, visits.c.next_visit_at <= now)
        .order_by(visits.c.next_visit_at)
        .limit(limit)
    )
    return [_visit(row) for row in connection.execute(query)]


def remember(
    connection: sa.Connection,
    *,
    id: str,
    url: str,
    outlet: str,
    outcome: Outcome,
    reason: str,
    now: datetime,
    window: timedelta,
    listed_at: datetime | None = None,
    article_id: str | None = None,
    event_time: datetime | None = None,
) -> None:
    """Note a visit and when the next one is due. One row per canonical URL."""
    before = connection.execute(
        sa.select(visits.c.outcome, visits.c.streak, visits.c.first_visited_at, visits.c.listed_at).where(
            visits.c.id == id
        )
    ).one_or_none()
    streak = 1
    if before is not None and _same_state(Outcome(before.outcome), outcome):
        streak = before.streak + 1
    values = {
        "id": id,
        "url": url,
        "outlet": outlet,
        "outcome": outcome.value,
        "reason": reason,
        "article_id": article_id,
        "event_time": event_time,
        "listed_at": listed_at or (before.listed_at if before else None),
        "first_visited_at": before.first_visited_at if before else now,
        "last_visited_at": now,
        "next_visit_at": next_visit(
            outcome, event_time=event_time, visited_at=now, streak=streak, window=window
        ),
        "streak": streak,
    }
    statement = insert(visits).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=[visits.c.id], set_=values))


def _same_state(before: Outcome, now: Outcome) -> bool:
    """Whether this visit found nothing new: a failure again, or the same page again."""
    if now in FAILURES:
        return before in FAILURES
    if now in (Outcome.STORED, Outcome.UPDATED):
        return False
    return before not in FAILURES
