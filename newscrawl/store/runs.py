"""The accounting: runs, the candidates each considered, and the one Outcome every candidate ended in."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome
from newscrawl.store import health
from newscrawl.store.health import Drift
from newscrawl.store.schema import candidates, run_counts, run_outlets, runs

RUNNING, FINISHED, STOPPED, KILLED = "running", "finished", "stopped", "killed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate as it enters a run: decided at once (`outcome`), or to be fetched (None)."""

    url: str
    outlet: str
    found_in: str
    outcome: Outcome | None = None
    reason: str = ""
    article_id: str | None = None


@dataclass(slots=True)
class OutletTally:
    """What a run did at one outlet."""

    outlet: str
    counts: dict[Outcome, int] = field(default_factory=dict)
    listings_read: int = 0
    listings_unchanged: int = 0
    listings_failed: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def candidates(self) -> int:
        """How many candidate URLs ended."""
        return sum(self.counts.values())

    @property
    def empty(self) -> bool:
        """Whether the outlet yielded nothing: no listing unchanged, and no candidate that was worth it."""
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


def candidate_key(outlet: str, url: str) -> str:
    """A candidate's key within a run: one row per outlet and distinct URL as listed."""
    return hashlib.sha256(f"{outlet} {url}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


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
    interrupt_pending(connection, run_id, f"the run ended: {reason}", now)
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
    connection.execute(sa.delete(run_counts).where(run_counts.c.run_id == run_id))
    summed = (
        sa.select(candidates.c.run_id, candidates.c.outlet, candidates.c.outcome, sa.func.count())
        .where(candidates.c.run_id == run_id)
        .group_by(candidates.c.run_id, candidates.c.outlet, candidates.c.outcome)
    )
    connection.execute(run_counts.insert().from_select(["run_id", "outlet", "outcome", "count"], summed))
    connection.execute(
        sa.update(runs).where(runs.c.id == run_id).values(status=status, reason=reason, ended_at=now)
    )


def _close_killed(connection: sa.Connection, now: datetime) -> None:
    running = sa.select(runs.c.id, runs.c.host, runs.c.pid).where(runs.c.status == RUNNING)
    for row in connection.execute(running).all():
        if row.host == socket.gethostname() and not _alive(row.pid):
            interrupt_pending(connection, row.id, "the run was killed", now)
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


def prune_candidates(connection: sa.Connection, now: datetime, keep: timedelta) -> int:
    """Forget single candidates of runs that ended before `now - keep`; their counts stay."""
    old = sa.select(runs.c.id).where(runs.c.ended_at < now - keep)
    return connection.execute(sa.delete(candidates).where(candidates.c.run_id.in_(old))).rowcount


def count_outcomes(connection: sa.Connection, run_id: int) -> dict[str, dict[Outcome, int]]:
    """Outcome counts per outlet of one run: summed ones when it ended, live ones while it runs."""
    summed = sa.select(run_counts.c.outlet, run_counts.c.outcome, run_counts.c.count).where(
        run_counts.c.run_id == run_id
    )
    ended = candidates.c.run_id == run_id, candidates.c.outcome.is_not(None)
    live = (
        sa.select(candidates.c.outlet, candidates.c.outcome, sa.func.count())
        .where(*ended)
        .group_by(candidates.c.outlet, candidates.c.outcome)
    )
    rows: Sequence[Any] = connection.execute(summed).all() or connection.execute(live).all()
    counts: dict[str, dict[Outcome, int]] = {}
    for outlet, outcome, number in rows:
        counts.setdefault(outlet, {})[Outcome(outcome)] = number
    return counts


def read(connection: sa.Connection, run_id: int) -> Run | None:
    """One run with its tallies, or None."""
    row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).one_or_none()
    if row is None:
        return None
    counts = count_outcomes(connection, run_id)
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


def candidates_of(connection: sa.Connection, run_id: int, outcome: str | None = None) -> list[sa.Row[Any]]:
    """The single candidates of a run, by outlet and URL; gone once `prune_candidates` forgot them."""
    table = candidates.c
    query = sa.select(
        table.outlet, table.url, table.found_in, table.outcome, table.reason, table.article_id
    ).where(table.run_id == run_id)
    if outcome:
        query = query.where(table.outcome == outcome)
    return list(connection.execute(query.order_by(table.outlet, table.url)))
