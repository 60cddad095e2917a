"""fingerprints of settings that all servers have to share"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a021"
down_revision = "a020"
branch_labels = None
depends_on = None
works_with = "a020"


def upgrade() -> None:
    op.create_table(
        "shared_settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("seen_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("differs_at", trainer.db.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shared_settings")),
    )


def downgrade() -> None:
    op.drop_table("shared_settings")
