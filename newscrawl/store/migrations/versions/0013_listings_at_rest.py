"""Listings that were under way when runs were killed: how often, and until when one rests."""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("listings", sa.Column("strikes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("listings", sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "under_way", sa.Column("listing", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("under_way", "listing")
    op.drop_column("listings", "rests_until")
    op.drop_column("listings", "strikes")
