"""The store's database: opening it, and its schema brought up to date."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from newscrawl.config import load_config, shown, variable
from newscrawl.store.faults import code_at, sentence
from newscrawl.store.fulltext import renew
from newscrawl.store.packed import json_text
from newscrawl.store.transactions import begin
from newscrawl.store.transactions import write as write  # noqa: PLC0414

HEAD = "0020"
"""The newest migration; a test compares it with migrations/versions/."""

BUSY_TIMEOUT_S = 30
PAGE_SIZE = 8192
_log = logging.getLogger(__name__)


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
    if path is not None and _is_read_only(path):
        return _reader(path)
    engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S}, json_serializer=json_text)
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", begin)
    try:
        _bring_up_to_date(engine)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        if path is not None and path.is_file() and code_at(error, str(path)) == "FULL":
            return _reader(path, sentence(error, str(path)))  # so that it can be searched, and exported
        raise StoreError(sentence(error, str(path or text))) from error
    return engine


def _reader(path: Path, instead: str = "") -> sa.Engine:
    """An engine for reading only.

    Args:
        path: the database's file.
        instead: why the archive cannot be opened for writing, where that is known.

    Raises:
        StoreError: it cannot be read either, or is of another release.
    """
    engine = sa.create_engine("sqlite://", creator=lambda: _read_only(path), poolclass=sa.pool.QueuePool)
    sa.event.listen(engine, "begin", begin)
    try:
        _check_version(engine, str(path), instead)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise StoreError(instead or sentence(error, str(path))) from error
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
    # The driver must not begin transactions by itself: it would begin them too late (see transactions.py).
    connection.isolation_level = None
    cursor = connection.cursor()
    # Of a new file only. A row that fills most of a page leaves the rest of it empty: on pages of 4 kB an
    # article's row takes 4 kB, on these 3.4.
    cursor.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL loses nothing when the process is killed; a power cut may take the last
    # transactions with it, whole, and the next crawl fetches those articles again.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.close()


def _check_version(engine: sa.Engine, place: str, instead: str) -> None:
    version = _version(engine)
    if version != HEAD:
        engine.dispose()
        why = (
            f"{place}: its schema is {version}, not {HEAD}, and it cannot be written (read-only), so that it "
            "cannot be brought up to date; make it writable, or copy it to where it is"
        )
        raise StoreError(instead or why)


def _bring_up_to_date(engine: sa.Engine) -> None:
    before = _version(engine)
    if before != HEAD:
        _migrate(engine)
    renew(engine)
    if before not in (None, HEAD):
        _give_back(engine)


def _give_back(engine: sa.Engine) -> None:
    """Make the file as small as what it holds, if much of it is free and its disk has room to write it anew.

    What stands in the way (another process, a full disk) leaves the file as it is: new articles fill it up.
    """
    path = engine.url.database
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        pages, free, size = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if path and free > pages / 4 and shutil.disk_usage(Path(path).parent).free > 2 * pages * size:
            cursor.execute("VACUUM")
    except (sqlite3.Error, OSError) as error:
        _log.info("%s keeps its free pages: %s", path, error)
    finally:
        connection.close()


def _migrate(engine: sa.Engine) -> None:
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
