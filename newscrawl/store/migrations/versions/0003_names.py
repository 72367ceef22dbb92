"""Names: the canonical names in an article as rows, to be counted and looked up."""

import json

import sqlalchemy as sa
from alembic import op

from newscrawl.store.names import name_rows


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
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
    op.create_index(
        op.f("ix_article_names_key_kind_name_mentions"),
        "article_names",
        ["key", "kind", "name", "mentions"],
        unique=False,
    )
    tagged = sa.text(
        "SELECT number, entities, mentions FROM articles WHERE number > :after AND entities != '{}' "
        "ORDER BY number LIMIT 1000"
    )
    connection, after = op.get_bind(), 0
    while batch := connection.execute(tagged, {"after": after}).all():
        after = batch[-1].number
        rows = [
            row
            for one in batch
            for row in name_rows(one.number, json.loads(one.entities), json.loads(one.mentions))
        ]
        if rows:
            connection.execute(table.insert(), rows)


def downgrade() -> None:
    op.drop_table("article_names")
