"""work"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a005"
down_revision = "a004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preparations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", trainer.db.UtcDateTime(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_preparations")),
    )
    # Added in place: SQLite would copy and drop the tables otherwise, and delete what refers to them.
    for table, column in (("uploads", "lapses"), ("interviews", "close_failures")):
        op.add_column(table, sa.Column(column, sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("interviews", sa.Column("pace", sa.JSON(), nullable=True))
    op.add_column("interview_tasks", sa.Column("points", sa.Double(), nullable=True))


def downgrade() -> None:
    for table, column in (
        ("interview_tasks", "points"),
        ("interviews", "pace"),
        ("interviews", "close_failures"),
        ("uploads", "lapses"),
    ):
        op.drop_column(table, column)
    op.drop_table("preparations")
