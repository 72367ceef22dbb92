"""The lease of an outlet: while a run holds it, no other run reads that outlet.

A run takes it before it asks for anything, and its heartbeat renews it. It is free again when the run ends,
when another run finds that run killed, and at the latest when it has run out. Its number grows each time it
is taken (a fencing number): a run that stood still for a while sees by it that its lease is another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.store.schema import leases, runs


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that holds an outlet's lease."""

    outlet: str
    run_id: int
    name: str
    """The run's: its spider."""
    host: str
    pid: int
    taken_at: datetime

    def __str__(self) -> str:
        since = f"{self.taken_at:%Y-%m-%d %H:%M:%S} UTC"
        process = f"host {self.host}, process {self.pid}"
        return f"run {self.run_id} ({self.name}; {process}) has been reading {self.outlet} since {since}"


def take(
    connection: sa.Connection, outlets: Sequence[str], run_id: int, *, now: datetime, until: datetime
) -> dict[str, int] | Holder:
    """Take the leases of some outlets for a run: all of them, or none.

    Args:
        connection: in a write transaction; killed runs are closed.
        outlets: their ids.
        run_id: who takes them.
        now: aware.
        until: when they run out, unless they are renewed.

    Returns:
        The number of each lease; or who holds one of them.
    """
    found = {row.outlet: row for row in _held(connection, outlets)}
    for row in found.values():
        if row.run_id != run_id and row.expires_at is not None and row.expires_at > now:
            return _holder(row)
    numbers = {outlet: found[outlet].number + 1 if outlet in found else 1 for outlet in outlets}
    for outlet, number in numbers.items():
        values = {"run_id": run_id, "number": number, "taken_at": now, "expires_at": until}
        connection.execute(
            insert(leases)
            .values(outlet=outlet, **values)
            .on_conflict_do_update(index_elements=[leases.c.outlet], set_=values)
        )
    return numbers


def renew(connection: sa.Connection, run_id: int, until: datetime) -> None:
    """Let a run's leases last longer, those that it has not given back."""
    mine = sa.update(leases).where(leases.c.run_id == run_id, leases.c.expires_at.is_not(None))
    connection.execute(mine.values(expires_at=until))


def release(connection: sa.Connection, run_id: int) -> None:
    """Give back what leases a run holds."""
    connection.execute(sa.update(leases).where(leases.c.run_id == run_id).values(expires_at=None))


def taken_away(connection: sa.Connection, numbers: Mapping[str, int]) -> Holder | None:
    """Who has taken one of these leases, each given with the number it had; None where nobody has."""
    rows = _held(connection, list(numbers)) if numbers else []
    return next((_holder(row) for row in rows if row.number != numbers[row.outlet]), None)


def _held(connection: sa.Connection, outlets: Sequence[str]) -> Sequence[sa.Row[Any]]:
    """Their leases with what is said of the runs that took them."""
    held = sa.select(leases, runs.c.name, runs.c.host, runs.c.pid).join(runs)
    return connection.execute(held.where(leases.c.outlet.in_(outlets))).all()


def _holder(row: sa.Row[Any]) -> Holder:
    return Holder(row.outlet, row.run_id, row.name, row.host, row.pid, row.taken_at)
