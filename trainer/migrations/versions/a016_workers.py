"""workers tell of themselves

What was judged in the last hour is found by an index.
"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a016"
down_revision = "a015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("sorts", sa.JSON(), nullable=False),
        sa.Column("judges", sa.Integer(), nullable=False),
        sa.Column("max_boxes", sa.Integer(), nullable=False),
        sa.Column("max_memory_mib", sa.Integer(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("why_single", sa.Text(), nullable=False),
        sa.Column("warm", sa.Integer(), nullable=False),
        sa.Column("started_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("seen_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("stopped_at", trainer.db.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_index("judged", "submissions", ["judged_at"])


def downgrade() -> None:
    op.drop_index("judged", table_name="submissions")
    op.drop_table("workers")
