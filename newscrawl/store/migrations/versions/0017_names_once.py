"""Each name of the archive is kept once, and an article's names by their numbers: a kilobyte an article less."""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names")),
    )
    op.execute(
        "INSERT INTO names (kind, key, name) SELECT DISTINCT kind, key, name FROM article_names "
        "ORDER BY key, kind, name"
    )
    op.create_index(op.f("ix_names_key"), "names", ["key"])
    op.rename_table("article_names", "article_names_before")
    op.create_table(
        "article_names",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["articles.number"], name=op.f("fk_article_names_number"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["name_id"], ["names.id"], name=op.f("fk_article_names_name_id")),
        sa.PrimaryKeyConstraint("number", "name_id", name=op.f("pk_article_names")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO article_names (number, name_id, mentions) SELECT number, names.id, mentions "
        "FROM article_names_before JOIN names USING (key, kind, name) ORDER BY number, names.id"
    )
    op.drop_table("article_names_before")
    op.create_index(op.f("ix_article_names_name_id_mentions"), "article_names", ["name_id", "mentions"])


def downgrade() -> None:
    op.rename_table("article_names", "article_names_before")
    op.create_table(
        "article_names",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["articles.number"], name=op.f("fk_article_names_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "kind", "key", name=op.f("pk_article_names")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO article_names (number, kind, key, name, mentions) "
        "SELECT number, kind, key, name, mentions FROM article_names_before JOIN names ON names.id = name_id"
    )
    op.drop_table("article_names_before")
    op.drop_table("names")
    op.create_index(
        op.f("ix_article_names_key_kind_name_mentions"), "article_names", ["key", "kind", "name", "mentions"]
    )
