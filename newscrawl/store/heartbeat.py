"""The heartbeat of a run, by which others know that it is alive, and by which its leases last.

It is written with the clock of the run's machine and read with that of another process's. On one machine that
is one clock; machines that share an archive must agree to within a minute and a half. Where they do not, or a
machine slept, a living run may be taken for a killed one: it is refused whatever it wants to store after that
(`OpenRun`), and ends.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawl.store import leases
from newscrawl.store.processes import Process, this_process
from newscrawl.store.schema import runs

RUNNING = "running"
SILENCE = timedelta(minutes=2)
"""A run whose newest heartbeat is this far from now, in either direction, is taken for killed."""
OLD = timedelta(days=1)
"""So old is a run of a newscrawl that knew no heartbeat when it is taken for killed, if its process cannot be
looked up, or if another has its number by now."""


def beat(connection: sa.Connection, run_id: int, now: datetime) -> bool:
    """Say that a run is alive, and renew its leases. False: another run has closed it."""
    mine = sa.update(runs).where(runs.c.id == run_id, runs.c.status == RUNNING)
    alive = connection.execute(mine.values(heartbeat_at=now)).rowcount == 1
    if alive:
        leases.renew(connection, run_id, now + SILENCE)
    return alive


def why_killed(run: sa.Row[Any], now: datetime) -> str:
    """Why a run that nobody has closed counts as killed; "" while it may be alive.

    Args:
        run: a row of `runs`.
        now: aware.
    """
    process = Process(run.host, run.pid, run.birth)
    if process.gone:
        return "its process is gone"
    if run.heartbeat_at is None:
        return _why_old_one_killed(run, process, now)
    if abs(now - run.heartbeat_at) > SILENCE:
        return f"no heartbeat since {run.heartbeat_at:%Y-%m-%d %H:%M:%S} UTC"
    return ""


def _why_old_one_killed(run: sa.Row[Any], process: Process, now: datetime) -> str:
    if process.here and run.pid == this_process().pid:  # every run that this process begins has a heartbeat
        return "its process is gone"
    return "it never had a heartbeat, and is over a day old" if now - run.started_at > OLD else ""
