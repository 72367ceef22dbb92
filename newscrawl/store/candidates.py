"""The accounting of candidates: every URL a run considered ends in one Outcome.

Those that are fetched, and the first of those that are not, have a row each; the others are only counted, for
a site's whole archive may be listed in every run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store.schema import candidates, run_counted, run_counts, runs


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
    rows = _rows(run_id, proposals, now)
    if rows:
        connection.execute(insert(candidates).on_conflict_do_nothing(), rows)


def enter(connection: sa.Connection, run_id: int, ended: Iterable[Proposal], now: datetime) -> None:
    """Enter candidates that have ended.

    Raises:
        RuntimeError: one is in the run already, so it would be counted twice.
    """
    rows = _rows(run_id, ended, now)
    try:
        if rows:
            connection.execute(insert(candidates), rows)
    except sa.exc.IntegrityError as error:
        raise RuntimeError(f"one of {rows[0]['url']} and what follows it is in run {run_id} twice") from error


def _rows(run_id: int, proposals: Iterable[Proposal], now: datetime) -> list[dict[str, Any]]:
    return [
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


def count(connection: sa.Connection, run_id: int, counts: Mapping[str, Mapping[Outcome, int]]) -> None:
    """Count candidates that have no rows: numbers to add, by outlet and outcome."""
    rows = [
        {"run_id": run_id, "outlet": outlet, "outcome": outcome.value, "count": number}
        for outlet, numbers in counts.items()
        for outcome, number in numbers.items()
        if number
    ]
    if rows:
        statement = insert(run_counted)
        total = run_counted.c.count + statement.excluded.count
        keys = [run_counted.c.run_id, run_counted.c.outlet, run_counted.c.outcome]
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"count": total}), rows)


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


def postpone(connection: sa.Connection, run_id: int, rows: Sequence[dict[str, Any]], now: datetime) -> int:
    """End open candidates (`outlet`, `url`, `reason`) as postponed. Returns how many were open."""
    statement = (
        sa.update(candidates)
        .where(
            candidates.c.run_id == run_id,
            candidates.c.key == sa.bindparam("its_key"),
            candidates.c.outcome.is_(None),
        )
        .values(outcome=Outcome.POSTPONED.value, reason=sa.bindparam("why"), ended_at=now)
    )
    keys = [{"its_key": candidate_key(row["outlet"], row["url"]), "why": row["reason"]} for row in rows]
    return connection.execute(statement, keys).rowcount


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
    ended = _ended(run_id, candidates.c.outcome).subquery()
    summed = sa.select(
        sa.literal(run_id), ended.c.outlet, ended.c.outcome, sa.func.sum(ended.c.number)
    ).group_by(ended.c.outlet, ended.c.outcome)
    connection.execute(run_counts.insert().from_select(["run_id", "outlet", "outcome", "count"], summed))


def _ended(run_id: int, outcome: sa.ColumnElement[Any]) -> sa.CompoundSelect[Any]:
    """Numbers by outlet and outcome, of candidates with a row of their own and of those without."""
    rows = (
        sa.select(candidates.c.outlet, outcome.label("outcome"), sa.func.count().label("number"))
        .where(candidates.c.run_id == run_id, outcome.is_not(None))
        .group_by(candidates.c.outlet, outcome)
    )
    table = run_counted.c
    return rows.union_all(sa.select(table.outlet, table.outcome, table.count).where(table.run_id == run_id))


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
    rows: Sequence[Any] = connection.execute(summed).all()
    counts: dict[str, dict[Outcome, int]] = {}
    for outlet, ended, number in rows or connection.execute(_ended(run_id, outcome)).all():
        numbers = counts.setdefault(outlet, {})
        numbers[Outcome(ended)] = numbers.get(Outcome(ended), 0) + number
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


def only_counted(connection: sa.Connection, run_id: int, outcome: str) -> int:
    """How many candidates of a run ended so and have no row; 0 too once `prune` forgot the rows."""
    table = run_counted.c
    query = sa.select(sa.func.sum(table.count)).where(table.run_id == run_id, table.outcome == outcome)
    return connection.execute(query).scalar() or 0


def prune(connection: sa.Connection, now: datetime, keep: timedelta) -> int:
    """Forget single candidates of runs that ended before `now - keep`; their counts stay."""
    old = sa.select(runs.c.id).where(runs.c.ended_at < now - keep)
    connection.execute(sa.delete(run_counted).where(run_counted.c.run_id.in_(old)))
    return connection.execute(sa.delete(candidates).where(candidates.c.run_id.in_(old))).rowcount
