from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import newscrawl.store
from newscrawl.store import database
from newscrawl.store.schema import metadata
from tests import new_archives

VERSIONS = Path(newscrawl.store.__file__).parent / "migrations" / "versions"


def test_head_is_the_newest_migration():
    newest = max(path.name for path in VERSIONS.glob("[0-9]*.py"))
    assert newest.split("_")[0] == database.HEAD


def test_a_new_store_is_at_head(archive):
    with archive.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == (
            database.HEAD
        )


def test_the_migrations_build_what_the_schema_says(archive):
    with archive.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not name.startswith("article_text"),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_the_comparison_would_notice_a_missing_table(archive):
    with database.write(archive.engine) as connection:
        connection.execute(sa.text("DROP TABLE run_counts"))
    with archive.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert any(change[0] == "add_table" for change in compare_metadata(context, metadata))


def test_foreign_keys_and_wal_are_on(archive):
    with archive.engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"


def test_columns_and_defaults_are_those_of_the_schema(archive):
    # Alembic cannot compare text defaults on SQLite: compare with a database made from the schema itself.
    fresh = sa.create_engine("sqlite://")
    metadata.create_all(fresh)
    with archive.engine.connect() as migrated, fresh.connect() as made:
        for table in metadata.tables:
            pragma = sa.text(
                f"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')"
            )
            columns = [set(map(tuple, connection.execute(pragma))) for connection in (migrated, made)]
            assert columns[0] == columns[1], table
            assert columns[0]


def test_what_tests_take_for_new_is_what_the_migrations_make(tmp_path):
    made = []
    for way in (new_archives.migrate, new_archives.MIGRATE):
        engine = sa.create_engine(f"sqlite:///{tmp_path / way.__name__}.db")
        way(engine)
        with closing(engine.raw_connection()) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()
            made.append((version, list(connection.driver_connection.iterdump())))
    assert made[0] == made[1]
