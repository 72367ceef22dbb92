"""Who copied whom: what articles are compared by, which were found alike, and which wait to be compared."""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _number(name: str = "number", **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, **more)


def upgrade() -> None:
    op.create_table(
        "fingerprints",
        _number(autoincrement=False),
        sa.Column("sample", sa.LargeBinary(), nullable=False),
        sa.Column("cluster", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["articles.number"], name=op.f("fk_fingerprints_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_fingerprints")),
    )
    op.create_index(op.f("ix_fingerprints_cluster"), "fingerprints", ["cluster"])
    op.create_table(
        "shingles",
        _number("shingle"),
        _number(),
        sa.PrimaryKeyConstraint("shingle", "number", name=op.f("pk_shingles")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likenesses",
        _number("one"),
        _number("other"),
        sa.Column("jaccard", sa.Float(), nullable=False),
        sa.Column("contained", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one"], ["articles.number"], name=op.f("fk_likenesses_one"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["articles.number"], name=op.f("fk_likenesses_other"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_likenesses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_likenesses_other"), "likenesses", ["other"])
    op.create_table(
        "unclustered",
        _number(autoincrement=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sample", sa.LargeBinary(), nullable=True),
        sa.Column("compared", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(
            ["number"], ["articles.number"], name=op.f("fk_unclustered_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_unclustered")),
    )
    op.create_index(
        op.f("ix_articles_cluster_id_event_time"),
        "articles",
        ["cluster_id", "event_time"],
        sqlite_where=sa.text("cluster_size > 1"),
        postgresql_where=sa.text("cluster_size > 1"),
    )
    # The next run compares them, or `newscrawl clusters --rebuild`.
    op.execute("INSERT INTO unclustered (number, version) SELECT number, version FROM articles")


def downgrade() -> None:
    op.drop_index(op.f("ix_articles_cluster_id_event_time"), "articles")
    for table in ("unclustered", "likenesses", "shingles", "fingerprints"):
        op.drop_table(table)
