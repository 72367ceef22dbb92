"""Addresses that pages claim; and the outbox may hold ids that no article has, to be removed."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS = "article_id, queued_at, attempts, not_before, error, version"


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    _remake_outbox()


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE article_id NOT IN (SELECT id FROM articles)")
    _remake_outbox(
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_outbox_article_id"), ondelete="CASCADE"
        )
    )
    op.drop_table("claims")


def _remake_outbox(*constraints: sa.ForeignKeyConstraint) -> None:
    """SQLite cannot drop or add a foreign key: make the table anew and move the rows."""
    op.rename_table("outbox", "outbox_before")
    op.drop_index(op.f("ix_outbox_not_before"), "outbox_before")
    op.drop_index(op.f("ix_outbox_version"), "outbox_before")
    op.create_table(
        "outbox",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_outbox")),
        *constraints,
    )
    op.execute(f"INSERT INTO outbox ({_COLUMNS}) SELECT {_COLUMNS} FROM outbox_before")  # noqa: S608
    op.drop_table("outbox_before")
    op.create_index(op.f("ix_outbox_not_before"), "outbox", ["not_before"], unique=False)
    op.create_index(op.f("ix_outbox_version"), "outbox", ["version"], unique=False)
