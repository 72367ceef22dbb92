"""The heartbeat of a run, which process it is, and the lease of an outlet; outlets that a run left to another."""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Runs from before have neither; `heartbeat.why_killed` judges them by host, process number and age.
    op.add_column("runs", sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("runs", sa.Column("birth", sa.Text(), nullable=False, server_default=""))
    op.add_column("run_outlets", sa.Column("left_to", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "leases",
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_leases_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outlet", name=op.f("pk_leases")),
    )


def downgrade() -> None:
    op.drop_table("leases")
    op.drop_column("run_outlets", "left_to")
    op.drop_column("runs", "birth")
    op.drop_column("runs", "heartbeat_at")
