"""answers to reports"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a009"
down_revision = "a008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("answer", sa.Text(), server_default="", nullable=False))
    op.add_column("reports", sa.Column("answered_by", sa.String(length=80), server_default="", nullable=False))
    op.add_column("reports", sa.Column("answer_read_at", trainer.db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("reports", "answer_read_at")
    op.drop_column("reports", "answered_by")
    op.drop_column("reports", "answer")
