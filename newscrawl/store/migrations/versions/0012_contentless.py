"""The embedded search index without its own copy of the terms; it is filled when the archive is opened."""

from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = "title, summary, body, title_exact, summary_exact, body_exact"
_TOKENS = "tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\""


def upgrade() -> None:
    op.execute("DROP TABLE article_text")
    op.execute(f"CREATE VIRTUAL TABLE article_text USING fts5({_COLUMNS}, content = '', {_TOKENS})")
    op.execute("PRAGMA user_version = 0")


def downgrade() -> None:
    # An older release finds an article again when its text changes, or after it was ingested anew.
    op.execute("DROP TABLE article_text")
    op.execute(f"CREATE VIRTUAL TABLE article_text USING fts5({_COLUMNS}, {_TOKENS})")
    op.execute("PRAGMA user_version = 0")
