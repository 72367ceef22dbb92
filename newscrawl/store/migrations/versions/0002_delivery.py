"""Delivery: a version for every change of an article, and dead letters."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("version", sa.BigInteger(), server_default="0", nullable=False))
    # Articles from before keep their order of arrival; every later version is greater.
    op.execute("UPDATE articles SET version = number")
    op.execute(
        "UPDATE outbox SET version = (SELECT version FROM articles WHERE articles.id = outbox.article_id)"
    )
    op.create_index(op.f("ix_articles_version"), "articles", ["version"], unique=True)
    op.create_index(op.f("ix_outbox_version"), "outbox", ["version"], unique=False)
    op.create_table(
        "dead_letters",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("error_type", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("died_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_dead_letters_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_dead_letters")),
    )


def downgrade() -> None:
    op.drop_table("dead_letters")
    op.drop_index(op.f("ix_outbox_version"), "outbox")
    op.drop_index(op.f("ix_articles_version"), "articles")
    # Not in Alembic's batch mode: that makes the table anew, and dropping the old one empties by its
    # foreign keys the revisions and the outbox.
    op.execute("ALTER TABLE articles DROP COLUMN version")
