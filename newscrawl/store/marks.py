"""A small file beside an SQLite store for each run under way, by which killed runs are told from ended ones.

It is made when a run begins and taken away when its process ends in order. That needs no room: a run that the
full disk ended may not be able to note so in the store, and must not look like a killed one, which accuses
pages. Until then it holds the room that such a note takes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

_ROOM = 64 * 1024
"""Bytes that are kept free for a run's last note: a row of `runs`, and the pages of SQLite's log for it."""


def mark(engine: sa.Engine, run_id: int) -> None:
    """Note that a run has begun."""
    path = _path(engine, run_id)
    if path is not None:
        with suppress(OSError):
            path.touch()
            path.write_bytes(bytes(_ROOM))


def make_room(engine: sa.Engine, run_id: int) -> None:
    """Give the room back that was kept for a run's last note."""
    path = _path(engine, run_id)
    if path is not None and path.exists():
        with suppress(OSError):
            os.truncate(path, 0)


def unmark(engine: sa.Engine, run_id: int) -> None:
    """Note that a run has ended, or was closed."""
    path = _path(engine, run_id)
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def ended_in_order(engine: sa.Engine, run_id: int) -> bool:
    """Whether the process of a run that the store takes for killed ended by itself, as far as known."""
    path = _path(engine, run_id)
    return path is not None and not path.exists()


def _path(engine: sa.Engine, run_id: int) -> Path | None:
    """Where a run's file lies; None for a store that is no file."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return None
    return Path(f"{database}.run-{run_id}")
