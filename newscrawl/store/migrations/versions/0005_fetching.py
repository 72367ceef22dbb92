"""What politeness and refetching remember: robots.txt, full reads of listings, changes in a row of a page."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "robots",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_robots")),
    )
    # Unknown for old rows, which are therefore read in full once.
    op.add_column("listings", sa.Column("full_read_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("listings", sa.Column("unchanged", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("visits", sa.Column("changes", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("visits", "changes")
    op.drop_column("listings", "unchanged")
    op.drop_column("listings", "full_read_at")
    op.drop_table("robots")
