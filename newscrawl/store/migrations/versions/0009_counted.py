"""Candidates that are only counted, without a row each."""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Runs from before have a row for every candidate, so nothing of theirs is counted here.
    op.create_table(
        "run_counted",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_run_counted_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "outlet", "outcome", name=op.f("pk_run_counted")),
    )


def downgrade() -> None:
    op.drop_table("run_counted")
