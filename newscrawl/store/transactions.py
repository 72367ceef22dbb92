"""Transactions: a reader's sees the archive at one moment, a writer's waits until it is alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


def begin(connection: sa.Connection) -> None:
    """Begin a transaction of an engine's connection, as its kind demands."""
    # A writer that begins as a reader fails at once ("database is locked") when another process wrote
    # in between, whatever the busy timeout; beginning IMMEDIATE waits its turn.
    immediate = connection.get_execution_options().get("newscrawl_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def write(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One write transaction: committed at the end, rolled back on an exception."""
    with engine.connect().execution_options(newscrawl_write=True) as connection, connection.begin():
        yield connection
