"""Pages kept as they were fetched: the files that hold them, and where in these each of them lies."""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_files",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_page_files_run_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_page_files")),
        sa.UniqueConstraint("name", name=op.f("uq_page_files_name")),
    )
    op.create_table(
        "pages",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=20), nullable=False),
        sa.Column("original", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file"], ["page_files.number"], name=op.f("fk_pages_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pages")),
        sqlite_autoincrement=True,
    )
    for name, columns in (
        ("ix_pages_id", ["id"]),
        ("ix_pages_article_id", ["article_id"]),
        ("ix_pages_digest", ["digest"]),
        ("ix_pages_file_original", ["file", "original"]),
    ):
        op.create_index(op.f(name), "pages", columns)


def downgrade() -> None:
    op.drop_table("pages")
    op.drop_table("page_files")
