"""What a crawl read at each outlet, by which a redesigned site is noticed."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Runs from before have no numbers: the archive cannot tell which of an article's fields a run read.
    op.create_table(
        "run_fields",
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("tags", sa.Integer(), nullable=False),
        sa.Column("image", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_run_fields_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outlet", "run_id", name=op.f("pk_run_fields")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_run_fields_run_id"), "run_fields", ["run_id"], unique=False)


def downgrade() -> None:
    op.drop_table("run_fields")
