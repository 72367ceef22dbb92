"""What is known of addresses read before: how each ended and when to look again, and listings' validators."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store.given import given
from newscrawl.store.refresh import FAILURES, REFRESH_WINDOW, Visit, next_visit
from newscrawl.store.schema import candidates, listings, visits

__all__ = ["FAILURES", "REFRESH_WINDOW", "Visit"]

CHUNK = 500
"""Keys per query: well under every database's limit on bound parameters."""


_COLUMNS = [
    visits.c[name]
    for name in (
        "id",
        "url",
        "outlet",
        "outcome",
        "reason",
        "listed_at",
        "first_visited_at",
        "last_visited_at",
        "next_visit_at",
        "streak",
        "changes",
        "strikes",
    )
]


# Made once: to make a statement takes longer than to execute it.
_BEFORE = sa.select(visits).where(visits.c.id.in_(given("ids")))
_INSERT = insert(visits)
_REMEMBER = _INSERT.on_conflict_do_update(
    index_elements=[visits.c.id], set_={one.name: _INSERT.excluded[one.name] for one in visits.c}
)


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


def led_elsewhere(connection: sa.Connection, since: datetime) -> Counter[tuple[str, str]]:
    """How many pages led to another site: by outlet and the other site's registered domain.

    Args:
        connection: to the store, all of whose visits are looked through.
        since: older visits count for nothing.
    """
    query = sa.select(*_COLUMNS).where(
        visits.c.outcome == Outcome.OFF_SITE.value, visits.c.last_visited_at >= since
    )
    found = map(_visit, connection.execute(query))
    return Counter((visit.outlet, visit.led_to) for visit in found if visit.led_to)


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
    if outcome is Outcome.POSTPONED:
        row = {"id": id, "url": url, "outlet": outlet, "reason": reason, "listed_at": listed_at}
        postpone(connection, [row], now)
        return
    visit = {
        "id": id,
        "url": url,
        "outlet": outlet,
        "outcome": outcome,
        "reason": reason,
        "now": now,
        "listed_at": listed_at,
        "article_id": article_id,
        "event_time": event_time,
    }
    remember_all(connection, [visit], window)


def remember_all(connection: sa.Connection, some: Sequence[dict[str, Any]], window: timedelta) -> None:
    """Note visits, in their order; of each what `remember` takes by name, and none is POSTPONED."""
    if not some:
        return
    ids = json.dumps([one["id"] for one in some])
    before = {row.id: _before(row._mapping) for row in connection.execute(_BEFORE, {"ids": ids})}
    rows = []
    for one in some:
        row = _after(before.get(one["id"]), one, window)
        before[one["id"]] = _before(row)
        rows.append(row)
    connection.execute(_REMEMBER, rows)


class _Before(NamedTuple):
    """What an earlier visit leaves to the next one."""

    outcome: str
    listed_at: datetime | None
    first_visited_at: datetime
    streak: int
    changes: int


def _before(row: Mapping[Any, Any]) -> _Before:
    return _Before(**{name: row[name] for name in _Before._fields})


def _after(before: _Before | None, visit: dict[str, Any], window: timedelta) -> dict[str, Any]:
    """The row of an address after a visit, as `remember` takes it."""
    outcome, now = visit["outcome"], visit["now"]
    streak = 1
    if before is not None and _same_state(Outcome(before.outcome), outcome):
        streak = before.streak + 1
    changes = _changes(before.changes if before else 0, outcome)
    due = next_visit(
        outcome, event_time=visit["event_time"], visited_at=now, streak=streak, changes=changes, window=window
    )
    return {
        **{name: visit[name] for name in ("id", "url", "outlet", "reason", "article_id", "event_time")},
        "outcome": outcome.value,
        "listed_at": visit["listed_at"] or (before.listed_at if before else None),
        "first_visited_at": before.first_visited_at if before else now,
        "last_visited_at": now,
        "next_visit_at": due,
        "streak": streak,
        "changes": changes,
        "strikes": 0,
    }


def remember_past(connection: sa.Connection, seen: Iterable[dict[str, Any]], window: timedelta) -> None:
    """Note pages that others visited in the past, of addresses of which nothing is known.

    Args:
        connection: in a write transaction.
        seen: of each what `remember` takes by name; `now` is when it was seen.
        window: see `remember`.
    """
    rows = []
    for one in seen:
        visit = {**one, "outcome": one["outcome"].value}
        then = visit.pop("now")
        due = next_visit(
            one["outcome"], event_time=one["event_time"], visited_at=then, streak=1, window=window
        )
        known = {"first_visited_at": then, "last_visited_at": then, "next_visit_at": due}
        rows.append({**visit, **known, "streak": 1, "changes": 0, "strikes": 0})
    if rows:
        connection.execute(insert(visits).on_conflict_do_nothing(), rows)


def postpone(connection: sa.Connection, rows: Sequence[dict[str, Any]], now: datetime) -> None:
    """Have URLs visited in the next run; all else that is known of them stays, for they were not asked for.

    Args:
        connection: in a write transaction.
        rows: their `id`, `url`, `outlet`, `reason` and `listed_at`.
        now: aware.
    """
    more = {
        "outcome": Outcome.POSTPONED.value,
        "first_visited_at": now,
        "last_visited_at": now,
        "next_visit_at": now,
        "streak": 0,
        "changes": 0,
        "strikes": 0,
    }
    statement = insert(visits).on_conflict_do_update(
        index_elements=[visits.c.id], set_={"next_visit_at": now}
    )
    connection.execute(statement, [row | more for row in rows])


def _same_state(before: Outcome, now: Outcome) -> bool:
    """Whether this visit found nothing new: a failure again, or the same page again."""
    if now in FAILURES:
        return before in FAILURES
    if now in (Outcome.STORED, Outcome.UPDATED):
        return False
    return before not in FAILURES and before is not Outcome.POSTPONED


def _changes(before: int, outcome: Outcome) -> int:
    """Visits in a row that found another text; one that did not takes one off, a failure none."""
    if outcome is Outcome.UPDATED:
        return before + 1
    return before if outcome in FAILURES else max(before - 1, 0)


def _outage(table: sa.Table) -> sa.ColumnElement[bool]:
    """Of candidates or visits, those that failed as they do while a server, or our own line, is down."""
    outcome, reason = table.c.outcome, table.c.reason
    return sa.or_(
        outcome.in_([Outcome.TIMEOUT.value, Outcome.NETWORK_ERROR.value]),
        sa.and_(
            outcome == Outcome.HTTP_ERROR.value,
            sa.or_(reason.like("HTTP 5%"), reason.in_(["HTTP 403", "HTTP 429"])),
        ),
        sa.and_(outcome == Outcome.ROBOTS.value, reason.like("robots.txt cannot be read%")),
    )


_UNASKED = [
    outcome.value
    for outcome in (
        Outcome.KNOWN,
        Outcome.OUT_OF_RANGE,
        Outcome.OVER_LIMIT,
        Outcome.OFF_SITE,
        Outcome.ROBOTS,
        Outcome.FORBIDDEN_ADDRESS,
        Outcome.INTERRUPTED,
        Outcome.QUARANTINED,
        Outcome.POSTPONED,
    )
]
"""Outcomes that need no answer of a server."""


def forgive_outages(
    connection: sa.Connection, run_id: int, *, since: datetime, listed: set[str], now: datetime
) -> None:
    """Take back the tries of URLs at outlets that were down as a whole; they are due in the next run.

    An outlet was down when not one of its pages was answered in this run, and none of its listings was
    either or three pages failed: a single page that fails while the rest of its outlet is known is not that.

    Args:
        connection: in a write transaction.
        run_id: the run that ends.
        since: when it began.
        listed: the outlets of which a listing was read.
        now: aware.
    """
    failures = (
        sa.select(candidates.c.outlet, sa.func.count())
        .where(candidates.c.run_id == run_id, _outage(candidates))
        .group_by(candidates.c.outlet)
    )
    for outlet, failed in connection.execute(failures).all():
        visited = sa.and_(visits.c.outlet == outlet, visits.c.last_visited_at >= since)
        # Of the visits: a candidate that its listing refused has an outcome too, and no answer.
        answer = sa.and_(visited, sa.not_(_outage(visits)), visits.c.outcome.not_in(_UNASKED))
        answered = connection.execute(sa.select(sa.exists().where(answer))).scalar()
        if answered or failed < (3 if outlet in listed else 1):
            continue
        connection.execute(
            sa.update(visits)
            .where(visited, visits.c.outcome.in_([outcome.value for outcome in FAILURES]))
            .values(streak=sa.func.max(visits.c.streak - 1, 0), next_visit_at=now)
        )


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise this version of a document by (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""


FULL_READ_EVERY = timedelta(days=1)
MAX_UNCHANGED = 24
"""Answers "not modified" in a row after which a listing is asked for without conditions."""


def validators(connection: sa.Connection, url: str, now: datetime) -> Validators:
    """The validators to send for a listing; empty when it was never read to the end.

    Empty too when a day, or 24 answers in a row, said "not modified": a server or a cache between us that
    says so for ever would freeze the outlet.
    """
    row = connection.execute(sa.select(listings).where(listings.c.url == url)).one_or_none()
    if row is None or row.unchanged >= MAX_UNCHANGED:
        return Validators()
    if row.full_read_at is None or now - row.full_read_at >= FULL_READ_EVERY:
        return Validators()
    return Validators(row.etag, row.last_modified)


def note_answer(
    connection: sa.Connection,
    *,
    url: str,
    outlet: str,
    status: str,
    ok: bool,
    now: datetime,
    unchanged: bool = False,
) -> None:
    """Note how a listing answered. Validators stay as they are: see `keep_validators`.

    Args:
        connection: in a write transaction.
        url: the listing's.
        outlet: its outlet's id.
        status: how it answered, in words.
        ok: whether it could be read.
        now: aware.
        unchanged: it answered "not modified".
    """
    read = {"unchanged": 0, "full_read_at": now} if ok and not unchanged else {}
    statement = insert(listings).values(
        url=url,
        outlet=outlet,
        status=status,
        visited_at=now,
        failures=0 if ok else 1,
        **{"unchanged": int(unchanged), **read},
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[listings.c.url],
            set_={
                "outlet": outlet,
                "status": status,
                "visited_at": now,
                "failures": 0 if ok else listings.c.failures + 1,
                "unchanged": listings.c.unchanged + int(unchanged),
                **read,
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
