"""The accounting of candidates: every URL a run considered, and the one Outcome it ended in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store.schema import candidates, run_counts, runs


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate as it enters a run: decided at once (`outcome`), or to be fetched (None)."""

    url: str
    outlet: str
    found_in: str
    outcome: Outcome | None = None
    reason: str = ""
    article_id: str | None = None


def candidate_key(outlet: str, url: str) -> str:
    """A candidate's key within a run: one row per outlet and distinct URL as listed."""
    return hashlib.sha256(f"{outlet} {url}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def propose(connection: sa.Connection, run_id: int, proposals: Iterable[Proposal], now: datetime) -> None:
    """Enter candidates into a run. A URL already entered stays as it is."""
    rows = [
        {
            "run_id": run_id,
            "key": candidate_key(p.outlet, p.url),
            "outlet": p.outlet,
            "url": p.url,
            "found_in": p.found_in,
            "outcome": p.outcome.value if p.outcome else None,
            "reason": p.reason,
            "article_id": p.article_id,
            "ended_at": now if p.outcome else None,
        }
        for p in proposals
    ]
    if rows:
        connection.execute(insert(candidates).on_conflict_do_nothing(), rows)


def settle(
    connection: sa.Connection,
    run_id: int,
    outlet: str,
    url: str,
    outcome: Outcome,
    *,
    reason: str,
    article_id: str | None,
    now: datetime,
) -> bool:
    """End a candidate. Returns False, changing nothing, when it had ended before."""
    result = connection.execute(
        sa.update(candidates)
        .where(
            candidates.c.run_id == run_id,
            candidates.c.key == candidate_key(outlet, url),
            candidates.c.outcome.is_(None),
        )
        .values(outcome=outcome.value, reason=reason, article_id=article_id, ended_at=now)
    )
    return result.rowcount == 1


def interrupt_pending(connection: sa.Connection, run_id: int, reason: str, now: datetime) -> int:
    """End every candidate still open as `interrupted`. Returns how many there were."""
    return connection.execute(
        sa.update(candidates)
        .where(candidates.c.run_id == run_id, candidates.c.outcome.is_(None))
        .values(outcome=Outcome.INTERRUPTED.value, reason=reason, ended_at=now)
    ).rowcount


def sum_up(connection: sa.Connection, run_id: int) -> None:
    """Store how many candidates ended in which outcome at each outlet; these counts outlive `prune`."""
    connection.execute(sa.delete(run_counts).where(run_counts.c.run_id == run_id))
    summed = (
        sa.select(candidates.c.run_id, candidates.c.outlet, candidates.c.outcome, sa.func.count())
        .where(candidates.c.run_id == run_id)
        .group_by(candidates.c.run_id, candidates.c.outlet, candidates.c.outcome)
    )
    connection.execute(run_counts.insert().from_select(["run_id", "outlet", "outcome", "count"], summed))


def count_outcomes(
    connection: sa.Connection, run_id: int, *, open_as: Outcome | None = None
) -> dict[str, dict[Outcome, int]]:
    """Outcome counts per outlet of one run: summed ones when it ended, live ones while it runs.

    Candidates still open are not counted, or as `open_as`.
    """
    summed = sa.select(run_counts.c.outlet, run_counts.c.outcome, run_counts.c.count).where(
        run_counts.c.run_id == run_id
    )
    outcome = sa.func.coalesce(candidates.c.outcome, open_as.value if open_as else None)
    live = (
        sa.select(candidates.c.outlet, outcome, sa.func.count())
        .where(candidates.c.run_id == run_id, outcome.is_not(None))
        .group_by(candidates.c.outlet, outcome)
    )
    rows: Sequence[Any] = connection.execute(summed).all() or connection.execute(live).all()
    counts: dict[str, dict[Outcome, int]] = {}
    for outlet, ended, number in rows:
        counts.setdefault(outlet, {})[Outcome(ended)] = number
    return counts


def of_run(connection: sa.Connection, run_id: int, outcome: str | None = None) -> list[sa.Row[Any]]:
    """The single candidates of a run, by outlet and URL; gone once `prune` forgot them."""
    table = candidates.c
    query = sa.select(
        table.outlet, table.url, table.found_in, table.outcome, table.reason, table.article_id
    ).where(table.run_id == run_id)
    if outcome:
        query = query.where(table.outcome == outcome)
    return list(connection.execute(query.order_by(table.outlet, table.url)))


def prune(connection: sa.Connection, now: datetime, keep: timedelta) -> int:
    """Forget single candidates of runs that ended before `now - keep`; their counts stay."""
    old = sa.select(runs.c.id).where(runs.c.ended_at < now - keep)
    return connection.execute(sa.delete(candidates).where(candidates.c.run_id.in_(old))).rowcount
