"""What is known of addresses read before: how each ended and when to look again, and listings' validators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store.schema import listings, visits

FAILURES = frozenset(
    {
        Outcome.HTTP_ERROR,
        Outcome.TIMEOUT,
        Outcome.NETWORK_ERROR,
        Outcome.REDIRECT_LOOP,
        Outcome.TOO_LARGE,
        Outcome.EXTRACT_ERROR,
        Outcome.ROBOTS,
    }
)
"""Outcomes that another try may change."""

REFRESH_WINDOW = timedelta(hours=48)
"""How long after its publication an article is looked at again for corrections."""

FIRST_INTERVAL = timedelta(hours=1)
PROMPT_RETRIES = 3
MAX_RETRIES = 8


def next_visit(
    outcome: Outcome,
    *,
    event_time: datetime | None,
    visited_at: datetime,
    streak: int,
    window: timedelta = REFRESH_WINDOW,
) -> datetime | None:
    """When a URL is due for another visit; None: only when its listing says that it changed.

    A failure is tried again in each of the next three runs, then after 1, 2, 4 … hours, eight times in
    all. Any other page is looked at again after 1, 2, 4 … hours while it is younger than `window`.

    Args:
        outcome: how the visit ended.
        event_time: when the article was published, or first fetched; None if nothing was read.
        visited_at: the time of this visit.
        streak: how many visits in a row, this one included, ended the same way without a change (≥ 1).
        window: the refresh window; zero switches refreshing off.
    """
    if outcome in FAILURES:
        if streak >= MAX_RETRIES:
            return None
        return visited_at + (
            FIRST_INTERVAL * 2 ** (streak - PROMPT_RETRIES - 1) if streak > PROMPT_RETRIES else timedelta()
        )
    due = visited_at + FIRST_INTERVAL * 2 ** min(streak - 1, 20)
    born = event_time or visited_at
    return due if due - born <= window else None


def is_due(
    next_visit_at: datetime | None,
    *,
    seen_listed_at: datetime | None,
    listed_at: datetime | None,
    visited_at: datetime,
    now: datetime,
) -> bool:
    """Whether a URL visited before is to be fetched now.

    Args:
        next_visit_at: what `next_visit` said after the last visit.
        seen_listed_at: the time its listing gave (modified, else published) at the last visit.
        listed_at: the time its listing gives now.
        visited_at: the last visit.
        now: the present.
    """
    if next_visit_at is not None and next_visit_at <= now:
        return True
    # Compared with the listing's own earlier word: its clock may not be ours.
    return listed_at is not None and listed_at > (seen_listed_at or visited_at)


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
