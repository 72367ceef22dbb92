"""When each text of an article gave way to the next, and how much that one changed."""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# When the outlet's text was fetched, or when the run began in which our rules made another of it.
_MADE = (
    "CASE WHEN later.cause = 'rules' THEN coalesce((SELECT runs.started_at FROM runs "
    "WHERE runs.id = later.run_id), later.fetched_at) ELSE later.fetched_at END"
)


def upgrade() -> None:
    op.add_column("revisions", sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("revisions", sa.Column("headline_changed", sa.Boolean(), nullable=True))
    op.add_column("revisions", sa.Column("words_added", sa.Integer(), nullable=True))
    op.add_column("revisions", sa.Column("words_cut", sa.Integer(), nullable=True))
    # The words are counted when somebody asks: a migration lays no texts beside each other.
    for table, id in (("articles", "id"), ("revisions", "article_id")):
        op.execute(
            f"UPDATE revisions SET replaced_at = (SELECT {_MADE} FROM {table} AS later "  # noqa: S608
            f"WHERE later.{id} = revisions.article_id AND later.revision = revisions.revision + 1) "
            "WHERE replaced_at IS NULL"
        )
    op.create_index(op.f("ix_revisions_replaced_at"), "revisions", ["replaced_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_revisions_replaced_at"), "revisions")
    for column in ("words_cut", "words_added", "headline_changed", "replaced_at"):
        op.drop_column("revisions", column)
