"""keys have a scope and an end

Keys that there are may do what they could before: practise.
"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a013"
down_revision = "a012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_tokens", sa.Column("scope", sa.String(length=24), server_default="practise", nullable=False))
    op.add_column("api_tokens", sa.Column("ends_at", trainer.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("api_tokens", "ends_at")
    op.drop_column("api_tokens", "scope")
