"""URLs that runs have asked for and that have not ended yet, and how often each was so when a run was killed."""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visits", sa.Column("strikes", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "under_way",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_under_way_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "id", name=op.f("pk_under_way")),
    )


def downgrade() -> None:
    op.drop_table("under_way")
    op.drop_column("visits", "strikes")
