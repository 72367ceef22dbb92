"""The accounting of runs: when each began and how it ended, and what it did at each outlet."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store import candidates, health
from newscrawl.store.health import Drift
from newscrawl.store.schema import run_outlets, runs

RUNNING, FINISHED, STOPPED, KILLED = "running", "finished", "stopped", "killed"


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

    @property
    def candidates(self) -> int:
        """How many candidate URLs ended."""
        return sum(self.counts.values())

    @property
    def empty(self) -> bool:
        """Whether the outlet yielded nothing: no listing unchanged, no outcome of `YIELDS`."""
        if self.listings_unchanged:
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


def begin(connection: sa.Connection, kind: str, name: str, arguments: dict[str, Any], now: datetime) -> int:
    """Begin a run, after closing those whose process is gone. Returns its id."""
    _close_killed(connection, now)
    result = connection.execute(
        runs.insert().values(
            kind=kind,
            name=name,
            arguments=arguments,
            started_at=now,
            status=RUNNING,
            host=socket.gethostname(),
            pid=os.getpid(),
        )
    )
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


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
    candidates.interrupt_pending(connection, run_id, f"the run ended: {reason}", now)
    for tally in outlets:
        values = {
            "run_id": run_id,
            "outlet": tally.outlet,
            "listings_read": tally.listings_read,
            "listings_unchanged": tally.listings_unchanged,
            "listings_failed": tally.listings_failed,
            "problems": tally.problems,
        }
        connection.execute(
            insert(run_outlets)
            .values(values)
            .on_conflict_do_update(index_elements=[run_outlets.c.run_id, run_outlets.c.outlet], set_=values)
        )
    _close(connection, run_id, status=status, reason=reason, now=now)


def _close(connection: sa.Connection, run_id: int, *, status: str, reason: str, now: datetime) -> None:
    candidates.sum_up(connection, run_id)
    connection.execute(
        sa.update(runs).where(runs.c.id == run_id).values(status=status, reason=reason, ended_at=now)
    )


def _close_killed(connection: sa.Connection, now: datetime) -> None:
    running = sa.select(runs.c.id, runs.c.host, runs.c.pid).where(runs.c.status == RUNNING)
    for row in connection.execute(running).all():
        if row.host == socket.gethostname() and not _alive(row.pid):
            candidates.interrupt_pending(connection, row.id, "the run was killed", now)
            _close(connection, row.id, status=KILLED, reason="its process is gone", now=now)


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read(connection: sa.Connection, run_id: int) -> Run | None:
    """One run with its tallies, or None."""
    row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
    if row is None:
        return None
    counts = candidates.count_outcomes(connection, run_id)
    listed = connection.execute(sa.select(run_outlets).where(run_outlets.c.run_id == run_id)).all()
    tallies = {
        item.outlet: OutletTally(
            item.outlet,
            counts.pop(item.outlet, {}),
            item.listings_read,
            item.listings_unchanged,
            item.listings_failed,
            list(item.problems),
        )
        for item in listed
    }
    tallies.update((outlet, OutletTally(outlet, numbers)) for outlet, numbers in counts.items())
    for outlet, number in health.guarded_in(connection, run_id).items():
        tallies.setdefault(outlet, OutletTally(outlet)).guarded = number
    return Run(
        row.id,
        row.kind,
        row.name,
        row.arguments,
        row.started_at,
        row.ended_at,
        row.status,
        row.reason,
        [tallies[outlet] for outlet in sorted(tallies)],
        [drift for one in health.of_run(connection, run_id) for drift in one.drifts],
    )


def newest(connection: sa.Connection, limit: int) -> list[Run]:
    """The newest runs first."""
    ids = connection.execute(sa.select(runs.c.id).order_by(runs.c.id.desc()).limit(limit)).scalars().all()
    return [run for run in (read(connection, run_id) for run_id in ids) if run is not None]
