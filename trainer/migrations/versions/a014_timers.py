"""timers of attempts"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a014"
down_revision = "a013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("timer_minutes", sa.Integer(), nullable=True))
    op.add_column("attempts", sa.Column("timer_started_at", trainer.db.UtcDateTime(), nullable=True))
    op.add_column("attempts", sa.Column("timer_ended_at", trainer.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("attempts", "timer_ended_at")
    op.drop_column("attempts", "timer_started_at")
    op.drop_column("attempts", "timer_minutes")
