"""The version of the rules that read each text and page, and why each revision is there."""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("cause", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("revisions", sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("revisions", sa.Column("cause", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("pages", sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("pages", sa.Column("listed_at", sa.String(length=40), nullable=True))
    # Until now no text was read a second time from the page that it stands on.
    for table in ("articles", "revisions"):
        op.execute(f"UPDATE {table} SET cause = 'outlet' WHERE revision > 1")


def downgrade() -> None:
    op.drop_column("pages", "listed_at")
    op.drop_column("pages", "rules")
    for table in ("revisions", "articles"):
        op.drop_column(table, "cause")
        op.drop_column(table, "rules")
