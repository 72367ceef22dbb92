"""URLs under way, by which a run that was killed is told what may have killed it.

A URL that was under way gets a strike. One with a strike is asked for while nothing else is under way
(`newscrawl.spiders.alone`), so that a second kill accuses the URL that did it and no other. At two strikes it
is quarantined: it rests, until its time has come or somebody asks for it by name. Any end of its own, in
whatever outcome, clears its strikes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store import candidates
from newscrawl.store.refresh import QUARANTINE
from newscrawl.store.schema import under_way, visits

STRIKES = 2
"""Kills of a run during which a URL may be under way before it is quarantined."""


def begin(connection: sa.Connection, run_id: int, requests: Iterable[dict[str, Any]], now: datetime) -> None:
    """Note URLs that will be asked for: each with the id of its visit, its outlet, and itself as listed."""
    rows = [{"run_id": run_id, "sent_at": now, **request} for request in requests]
    if rows:
        connection.execute(insert(under_way).on_conflict_do_nothing(), rows)


def end(connection: sa.Connection, run_id: int, *ids: str) -> None:
    """Note that URLs, by the ids of their visits, have ended."""
    ended = sa.delete(under_way).where(under_way.c.run_id == run_id, under_way.c.id == sa.bindparam("ended"))
    connection.execute(ended, [{"ended": id} for id in ids])


def acquit(connection: sa.Connection, run_id: int) -> None:
    """Forget what was under way in a run that ended in order."""
    connection.execute(sa.delete(under_way).where(under_way.c.run_id == run_id))


def accuse(connection: sa.Connection, run_id: int, why: str, now: datetime, *, alive: bool = False) -> None:
    """Give a strike to all that was under way in a run that was killed; at two, quarantine it.

    Args:
        connection: in a write transaction.
        run_id: the run, whose candidates are still open.
        why: how the run ended, in words ("run 12 was killed").
        now: aware.
        alive: the run itself says so, for it must end; it ends its candidates by itself.
    """
    suspects = connection.execute(sa.select(under_way).where(under_way.c.run_id == run_id)).all()
    for suspect in suspects:
        before = connection.execute(sa.select(visits).where(visits.c.id == suspect.id)).one_or_none()
        strikes = (before.strikes if before else 0) + 1
        _strike(connection, suspect, before, strikes, why, now)
        if strikes >= STRIKES and not alive:
            candidates.settle(
                connection,
                run_id,
                suspect.outlet,
                suspect.url,
                Outcome.QUARANTINED,
                reason=_reason(strikes, why, now),
                article_id=None,
                now=now,
            )
    acquit(connection, run_id)


def _strike(
    connection: sa.Connection,
    suspect: sa.Row[Any],
    before: sa.Row[Any] | None,
    strikes: int,
    why: str,
    now: datetime,
) -> None:
    values: dict[str, Any] = {"strikes": strikes, "next_visit_at": now}
    if strikes >= STRIKES:
        values |= {
            "outcome": Outcome.QUARANTINED.value,
            "reason": _reason(strikes, why, now),
            "last_visited_at": now,
            "next_visit_at": now + QUARANTINE,
        }
    if before is not None:
        connection.execute(sa.update(visits).where(visits.c.id == suspect.id).values(values))
        return
    first = {
        "id": suspect.id,
        "url": suspect.url,
        "outlet": suspect.outlet,
        "outcome": Outcome.INTERRUPTED.value,
        "reason": f"it was under way when {why}",
        "first_visited_at": now,
        "last_visited_at": now,
        "streak": 0,
    }
    connection.execute(insert(visits).values(first | values))


def _reason(strikes: int, why: str, now: datetime) -> str:
    return f"it was under way when {why}, {strikes} times in all; it rests until {now + QUARANTINE:%Y-%m-%d}"


def resting(connection: sa.Connection) -> list[tuple[str, str, str]]:
    """The quarantined URLs: outlet, URL, reason."""
    query = (
        sa.select(visits.c.outlet, visits.c.url, visits.c.reason)
        .where(visits.c.outcome == Outcome.QUARANTINED.value)
        .order_by(visits.c.outlet, visits.c.url)
    )
    return [(row.outlet, row.url, row.reason) for row in connection.execute(query)]
