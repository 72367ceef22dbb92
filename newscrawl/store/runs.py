"""The accounting of runs: when each began and how it ended, and what it did at each outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store import candidates, health, leases, marks, quarantine
from newscrawl.store.health import Drift
from newscrawl.store.heartbeat import RUNNING, why_killed
from newscrawl.store.processes import this_process
from newscrawl.store.schema import run_outlets, runs

FINISHED, STOPPED, KILLED = "finished", "stopped", "killed"


@dataclass(slots=True)
class OutletTally:
    """What a run did at one outlet."""

    outlet: str
    counts: dict[Outcome, int] = field(default_factory=dict)
    listings_read: int = 0
    listings_unchanged: int = 0
    listings_failed: int = 0
    problems: list[str] = field(default_factory=list)
    guarded: int = 0
    """Articles whose text is trafilatura's reading, or has it added (`Numbers.guarded`)."""
    left_to: str = ""
    """The run that reads the outlet at the same time, in words, where this one left it alone."""

    @property
    def candidates(self) -> int:
        """How many candidate URLs ended."""
        return sum(self.counts.values())

    @property
    def empty(self) -> bool:
        """Whether the outlet was read and yielded nothing: no listing unchanged, no outcome of `YIELDS`."""
        if self.listings_unchanged or self.left_to:
            return False
        return not any(self.counts.get(outcome) for outcome in YIELDS)


YIELDS = (
    Outcome.STORED,
    Outcome.UPDATED,
    Outcome.UNCHANGED,
    Outcome.KNOWN,
    Outcome.DUPLICATE,
    Outcome.OUT_OF_RANGE,
    Outcome.OVER_LIMIT,
    Outcome.INTERRUPTED,
)
"""Outcomes that show an outlet can be read."""


@dataclass(slots=True)
class Run:
    """One row of `newscrawl runs`."""

    id: int
    kind: str
    name: str
    arguments: dict[str, Any]
    started_at: datetime
    ended_at: datetime | None
    status: str
    reason: str
    tallies: list[OutletTally] = field(default_factory=list)
    drift: list[Drift] = field(default_factory=list)
    """What has dropped at the outlets whose newest run this is."""
    heartbeat_at: datetime | None = None
    """Its newest sign of life."""


def begin(connection: sa.Connection, kind: str, name: str, arguments: dict[str, Any], now: datetime) -> int:
    """Begin a run, after closing those that were killed. Returns its id."""
    close_killed(connection, now)
    process = this_process()
    result = connection.execute(
        runs.insert().values(
            kind=kind,
            name=name,
            arguments=arguments,
            started_at=now,
            status=RUNNING,
            host=process.host,
            pid=process.pid,
            birth=process.birth,
            heartbeat_at=now,
        )
    )
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def close_killed(connection: sa.Connection, now: datetime, but: int | None = None) -> None:
    """Close the runs that were killed: what they left open is interrupted, their leases are free.

    What was under way in them gets a strike (`quarantine`), but not in a run that ended in order and could
    not write so (`marks`).

    Args:
        connection: in a write transaction.
        now: aware.
        but: the run that asks, and so is alive.
    """
    for row in connection.execute(sa.select(runs).where(runs.c.status == RUNNING)).all():
        if row.id == but:
            continue
        reason = why_killed(row, now)
        if reason:
            status, why = KILLED, "the run was killed"
            if marks.ended_in_order(connection.engine, row.id):
                status, reason = STOPPED, "it ended in order, and could not write so"
                why = f"the run ended: {reason}"
                quarantine.acquit(connection, row.id)
            else:
                quarantine.accuse(connection, row.id, f"run {row.id} was killed", now)
            candidates.interrupt_pending(connection, row.id, why, now)
            ended = min(row.heartbeat_at or now, now)
            _close(connection, row.id, status=status, reason=reason, now=ended)
            marks.unmark(connection.engine, row.id)


def finish(
    connection: sa.Connection,
    run_id: int,
    *,
    status: str,
    reason: str,
    outlets: Sequence[OutletTally],
    now: datetime,
) -> None:
    """End a run: open candidates are interrupted, counts are summed per outlet."""
    quarantine.acquit(connection, run_id)
    candidates.interrupt_pending(connection, run_id, f"the run ended: {reason}", now)
    for tally in outlets:
        values = {
            "run_id": run_id,
            "outlet": tally.outlet,
            "listings_read": tally.listings_read,
            "listings_unchanged": tally.listings_unchanged,
            "listings_failed": tally.listings_failed,
            "problems": tally.problems,
            "left_to": tally.left_to,
        }
        connection.execute(
            insert(run_outlets)
            .values(values)
            .on_conflict_do_update(index_elements=[run_outlets.c.run_id, run_outlets.c.outlet], set_=values)
        )
    _close(connection, run_id, status=status, reason=reason, now=now)


def _close(connection: sa.Connection, run_id: int, *, status: str, reason: str, now: datetime) -> None:
    candidates.sum_up(connection, run_id)
    leases.release(connection, run_id)
    connection.execute(
        sa.update(runs).where(runs.c.id == run_id).values(status=status, reason=reason, ended_at=now)
    )


def read(connection: sa.Connection, run_id: int, now: datetime) -> Run | None:
    """One run with its tallies, or None.

    One that was killed and that no later run has closed yet is shown as it will be then.
    """
    row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
    if row is None:
        return None
    killed = why_killed(row, now) if row.status == RUNNING else ""
    return Run(
        row.id,
        row.kind,
        row.name,
        row.arguments,
        row.started_at,
        row.ended_at,
        KILLED if killed else row.status,
        killed or row.reason,
        _tallies(connection, run_id, killed=bool(killed)),
        [drift for one in health.of_run(connection, run_id) for drift in one.drifts],
        row.heartbeat_at,
    )


def _tallies(connection: sa.Connection, run_id: int, *, killed: bool) -> list[OutletTally]:
    """What a run did at each outlet, in the order of their ids."""
    counts = candidates.count_outcomes(connection, run_id, open_as=Outcome.INTERRUPTED if killed else None)
    listed = connection.execute(sa.select(run_outlets).where(run_outlets.c.run_id == run_id)).all()
    tallies = {
        item.outlet: OutletTally(
            item.outlet,
            counts.pop(item.outlet, {}),
            item.listings_read,
            item.listings_unchanged,
            item.listings_failed,
            list(item.problems),
            left_to=item.left_to,
        )
        for item in listed
    }
    tallies.update((outlet, OutletTally(outlet, numbers)) for outlet, numbers in counts.items())
    for outlet, number in health.guarded_in(connection, run_id).items():
        tallies.setdefault(outlet, OutletTally(outlet)).guarded = number
    return [tallies[outlet] for outlet in sorted(tallies)]


def newest(connection: sa.Connection, limit: int, now: datetime) -> list[Run]:
    """The newest runs first."""
    ids = connection.execute(sa.select(runs.c.id).order_by(runs.c.id.desc()).limit(limit)).scalars().all()
    return [run for run in (read(connection, run_id, now) for run_id in ids) if run is not None]


def not_closed(connection: sa.Connection, now: datetime) -> list[Run]:
    """The runs under way, and those killed that no later run has closed yet."""
    ids = connection.execute(sa.select(runs.c.id).where(runs.c.status == RUNNING)).scalars().all()
    return [run for run in (read(connection, run_id, now) for run_id in ids) if run is not None]
