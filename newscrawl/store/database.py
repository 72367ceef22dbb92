"""The store's database: opening it, its schema brought up to date, and times as its columns keep them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from newscrawl.config import load_config, shown, variable
from newscrawl.store.faults import sentence
from newscrawl.store.packed import json_text

HEAD = "0012"
"""The newest migration; a test compares it with migrations/versions/."""

BUSY_TIMEOUT_S = 30


class StoreError(Exception):
    """The store cannot be opened; the message says what and how to mend it."""


class RunLostError(StoreError):
    """A run that stopped for a while may store nothing any more, for others took it for killed."""

    def __init__(self, run_id: int, why: str) -> None:
        super().__init__(
            f"run {run_id} ends: {why}. It stood still for minutes (was the machine asleep, or the archive "
            "locked?), so it may store nothing any more; what it left open waits for the next run"
        )


def store_url() -> str:
    """The configured URL, or that of the embedded default (newscrawl/places.py)."""
    return load_config().store_url


def open_engine(url: str | None = None, *, create: bool = True) -> sa.Engine:
    """An engine on a store whose schema is up to date.

    Args:
        url: an SQLAlchemy URL; None: `store_url()`.
        create: make the database if there is none. False: raise instead.

    Raises:
        StoreError: bad URL, no database though `create` is False, a file that is no database, a folder
            that cannot be written, or a schema newer than this program.
    """
    text = url or store_url()
    try:
        parsed = sa.make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError(
            f"{variable('store_url')}={shown('store_url', text)}: not a database URL; "
            "write e.g. sqlite:///data/newscrawl.db"
        ) from error
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(
            f"{variable('store_url')}: {parsed.get_backend_name()} is not supported yet, only SQLite; "
            "write e.g. sqlite:///data/newscrawl.db"
        )
    path = Path(parsed.database) if parsed.database and parsed.database != ":memory:" else None
    if path is not None:
        if not create and not path.exists():
            raise StoreError(f"{path}: there is no archive yet; crawl or ingest something first")
        _make_folder(path)
    read_only = path is not None and _is_read_only(path)
    if path is not None and read_only:
        engine = sa.create_engine("sqlite://", creator=lambda: _read_only(path), poolclass=sa.pool.QueuePool)
    else:
        engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S}, json_serializer=json_text)
        sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)
    try:
        if read_only:
            _check_version(engine, str(path))
        else:
            _migrate(engine)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise StoreError(sentence(error, str(path or text))) from error
    return engine


def _is_read_only(path: Path) -> bool:
    """Whether there is a file that can be read only; SQLite needs to write beside a file to write into it."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _read_only(path: Path) -> sqlite3.Connection:
    """A connection for a reader on a read-only disk: such a file is taken as it lies there.

    In WAL mode SQLite writes even for readers, unless it is told that nothing will change the file.
    """
    address = path.resolve().as_uri()
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        connection = sqlite3.connect(
            f"{address}?{mode}", timeout=BUSY_TIMEOUT_S, uri=True, check_same_thread=False
        )
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError:
            connection.close()
            if "immutable" in mode:
                raise
        else:
            break
    connection.isolation_level = None
    return connection


def check_writable(engine: sa.Engine, place: str) -> None:
    """Begin and end a write transaction, before a run fetches anything.

    Raises:
        StoreError: nothing can be stored.
    """
    try:
        with write(engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
    except sa.exc.DatabaseError as error:
        raise StoreError(sentence(error, place)) from error


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: cannot be made ({error.strerror}); "
            f"point {variable('store_url')} to a folder you may write to"
        ) from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would begin them too late (see _begin).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL loses nothing when the process is killed; a power cut may take the last
    # transactions with it, whole, and the next crawl fetches those articles again.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A writer that begins as a reader fails at once ("database is locked") when another process wrote
    # in between, whatever the busy timeout; beginning IMMEDIATE waits its turn.
    immediate = connection.get_execution_options().get("newscrawl_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def write(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One write transaction: committed at the end, rolled back on an exception."""
    with engine.connect().execution_options(newscrawl_write=True) as connection, connection.begin():
        yield connection


def _check_version(engine: sa.Engine, place: str) -> None:
    version = _version(engine)
    if version != HEAD:
        raise StoreError(
            f"{place}: its schema is {version}, not {HEAD}, and it cannot be written (read-only), so that it "
            "cannot be brought up to date; make it writable, or copy it to where it is"
        )


def _migrate(engine: sa.Engine) -> None:
    if _version(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("newscrawl.store") / "migrations"))
    with write(engine) as connection:  # the lock makes a second process wait, then find nothing to do
        version = _read_version(connection)
        if version is not None and version > HEAD:
            raise StoreError(
                f"the store's schema is {version}, newer than this newscrawl ({HEAD}): update newscrawl"
            )
        if version != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        return _read_version(connection)


def _read_version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


class UtcTime(sa.TypeDecorator[datetime]):
    """An instant: stored in UTC, sortable, always aware when read.

    Raises:
        ValueError: on writing a datetime without an offset.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite's DateTime keeps no offset, so it gets none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no offset: give an aware datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """An aware datetime in UTC."""
        if value is None:
            return None
        moment: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment


class OffsetTime(sa.TypeDecorator[datetime]):
    """A time as an outlet published it: ISO 8601 with the offset it was stated in.

    Raises:
        ValueError: on writing a datetime without an offset.
    """

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """ISO 8601 with offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no offset: give an aware datetime")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The same time with the same offset."""
        return None if value is None else datetime.fromisoformat(value)
