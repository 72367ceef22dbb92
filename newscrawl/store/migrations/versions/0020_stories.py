"""Which articles report one event: what they are compared by, which are alike, and how far they are read."""

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The next run looks at all articles, or `newscrawl clusters --rebuild`.
    op.add_column("articles", sa.Column("story_id", sa.String(length=32), nullable=False, server_default=""))
    op.create_index(
        op.f("ix_articles_story_id_event_time"),
        "articles",
        ["story_id", "event_time"],
        sqlite_where=sa.text("story_id != ''"),
        postgresql_where=sa.text("story_id != ''"),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.String(length=8), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["number"], ["articles.number"], name=op.f("fk_reports_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_at_number"), "reports", ["at", "number"])
    op.create_index(
        op.f("ix_reports_due_at_number"),
        "reports",
        ["due", "at", "number"],
        sqlite_where=sa.text("due != ''"),
        postgresql_where=sa.text("due != ''"),
    )
    op.create_table(
        "report_links",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one"], ["reports.number"], name=op.f("fk_report_links_one"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["reports.number"], name=op.f("fk_report_links_other"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_report_links")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_links_other"), "report_links", ["other"])
    op.create_table(
        "reports_read",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_reports_read")),
    )


def downgrade() -> None:
    for table in ("reports_read", "report_links", "reports"):
        op.drop_table(table)
    op.drop_index(op.f("ix_articles_story_id_event_time"), "articles")
    op.drop_column("articles", "story_id")
