"""the oldest version that works with the tables"""

import sqlalchemy as sa
from alembic import op

revision = "a020"
down_revision = "a019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oldest_version",
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_oldest_version")),
    )


def downgrade() -> None:
    op.drop_table("oldest_version")
