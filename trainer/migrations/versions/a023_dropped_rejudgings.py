"""who dropped a rejudging, and when"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a023"
down_revision = "a022"
branch_labels = None
depends_on = None
works_with = "a022"

INDEX = "ix_rejudgings_dropped_by_id"


def upgrade() -> None:
    with op.batch_alter_table("rejudgings") as batch:
        batch.add_column(sa.Column("dropped_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("dropped_at", trainer.db.UtcDateTime(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_rejudgings_dropped_by_id_users"), "users", ["dropped_by_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(INDEX, "rejudgings", ["dropped_by_id"])


def downgrade() -> None:
    op.execute("DELETE FROM rejudgings WHERE dropped_at IS NOT NULL")
    op.drop_index(INDEX, "rejudgings")
    with op.batch_alter_table("rejudgings") as batch:
        batch.drop_constraint(op.f("fk_rejudgings_dropped_by_id_users"), type_="foreignkey")
        batch.drop_column("dropped_at")
        batch.drop_column("dropped_by_id")
