"""How many articles of a crawl hold another reader's text, at each outlet."""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Runs from before did not count it; none is the nearest to what is known of them.
    op.add_column("run_fields", sa.Column("guarded", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("run_fields", "guarded")
