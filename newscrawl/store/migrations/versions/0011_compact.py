"""An article's room on disk: its newest text is kept once, its body and names are packed.

`revisions` keeps the texts that an article had before; its newest one is the article's own row, which gets
`run_id`, the run that brought it.
"""

import json
import sqlite3
import zlib

from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = "url, title, summary, body, published_at, modified_at, fetched_at, content_hash"


def upgrade() -> None:
    _teach()
    op.execute(
        "ALTER TABLE articles ADD COLUMN run_id INTEGER "
        "CONSTRAINT fk_articles_run_id REFERENCES runs (id)"
    )
    op.execute(
        "UPDATE articles SET summary = packed(summary), body = packed(body), entities = packed_json(entities), "
        "mentions = packed_json(mentions), run_id = (SELECT run_id FROM revisions "
        "WHERE revisions.article_id = articles.id AND revisions.revision = articles.revision)"
    )
    # Where a letter differs, the revision is not what the article says now, and stays.
    op.execute(
        "DELETE FROM revisions WHERE EXISTS (SELECT 1 FROM articles WHERE articles.id = revisions.article_id "
        "AND articles.revision = revisions.revision AND articles.title = revisions.title "
        "AND articles.summary = packed(revisions.summary) AND articles.body = packed(revisions.body))"
    )
    op.execute("UPDATE revisions SET summary = packed(summary), body = packed(body)")


def downgrade() -> None:
    _teach()
    op.execute(
        "UPDATE articles SET summary = unpacked(summary), body = unpacked(body), entities = unpacked(entities), "
        "mentions = unpacked(mentions)"
    )
    op.execute("UPDATE revisions SET summary = unpacked(summary), body = unpacked(body)")
    op.execute(
        f"INSERT OR IGNORE INTO revisions (article_id, revision, run_id, {_COLUMNS}) "  # noqa: S608
        f"SELECT id, revision, run_id, {_COLUMNS} FROM articles"
    )
    op.execute("ALTER TABLE articles DROP COLUMN run_id")


def _teach() -> None:
    """Give SQLite what `newscrawl.store.packed` does, as it was when this was written."""
    connection: sqlite3.Connection | None = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.create_function("packed", 1, _packed, deterministic=True)
    connection.create_function("packed_json", 1, _packed_json, deterministic=True)
    connection.create_function("unpacked", 1, _unpacked, deterministic=True)


def _packed(text: str) -> str | bytes:
    plain = text.encode()
    packed = zlib.compress(plain)
    return packed if len(plain) >= 200 and len(packed) < len(plain) else text


def _packed_json(text: str) -> str | bytes:
    return _packed(json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")))


def _unpacked(value: str | bytes) -> str:
    return value if isinstance(value, str) else zlib.decompress(value).decode()
