"""Whether an archive can be read from end to end: what `newscrawl doctor` looks at."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from newscrawl.store import runs
from newscrawl.store.faults import code
from newscrawl.store.heartbeat import RUNNING
from newscrawl.store.packed import DamagedError, unpack
from newscrawl.store.schema import articles, revisions
from newscrawl.store.transactions import write
from newscrawl.tables import progress

_PACKED = {articles: ("summary", "body", "entities", "mentions"), revisions: ("summary", "body")}
_CHECK_INDEX = "INSERT INTO article_text(article_text) VALUES ('integrity-check')"
BATCH = 500


def damage(engine: sa.Engine) -> str:
    """The first damage that is found, in words; "" for none.

    SQLite looks at the structure of every page. What a page holds it does not know; packed texts carry a
    checksum, and are all unpacked. The search index is left out while a run is under way: nobody else can
    write while FTS5 looks into it.
    """
    try:
        with engine.connect() as connection:
            found: str = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            damaged = "" if found == "ok" else " ".join(found.split())
            damaged = damaged or _damaged_text(connection)
            not_closed = [] if damaged else runs.not_closed(connection, datetime.now(UTC))
        if not damaged and all(run.status != RUNNING for run in not_closed):
            with write(engine) as connection:
                connection.exec_driver_sql(_CHECK_INDEX)
    except sa.exc.DatabaseError as error:
        # Read-only, or busy after all: then the index is not looked into.
        return str(error.orig) if code(error) not in ("READONLY", "BUSY", "LOCKED") else ""
    return damaged


def _damaged_text(connection: sa.Connection) -> str:
    number = connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()
    with progress("Checking the archive", number) as show:
        for table, names in _PACKED.items():
            key = next(iter(table.primary_key))
            packed = [sa.type_coerce(table.c[name], sa.LargeBinary) for name in names]
            query = sa.select(key, *packed).execution_options(yield_per=BATCH)
            for done, row in enumerate(connection.execute(query)):
                if table is articles and not done % BATCH:
                    show(done)
                for name, value in zip(names, row[1:], strict=True):
                    try:
                        unpack(value)
                    except DamagedError as error:
                        return f"{name} of {table.name} {row[0]}: {error}"
    return ""
