"""New archives of this process, made quickly: the migrations run once, and their result is written again.

Hundreds of tests make an archive, and the migrations take longer than most of them. Other processes run the
migrations as they are, and so do archives of older releases.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from newscrawl.store import database

MIGRATE: Callable[[sa.Engine], None] = database._migrate
"""As the program has it."""
_TABLES = (
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' "
    "AND name NOT GLOB 'article_text_*' ORDER BY rowid"  # FTS5 and SQLite make these by themselves
)


@cache
def _made() -> tuple[str, ...]:
    """The statements that make what the migrations make."""
    with TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{Path(folder) / 'new.db'}")
        MIGRATE(engine)
        with engine.connect() as connection:
            statements = tuple(connection.exec_driver_sql(_TABLES).scalars())
        engine.dispose()
    return *statements, f"INSERT INTO alembic_version VALUES ('{database.HEAD}')"


def migrate(engine: sa.Engine) -> None:
    """Bring an archive up to date, in the place of the program's function."""
    if database._version(engine) is None:
        statements = _made()
        with database.write(engine) as connection:
            if not sa.inspect(connection).get_table_names():
                for statement in statements:
                    connection.exec_driver_sql(statement)
                return
    MIGRATE(engine)
