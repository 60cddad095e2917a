"""own cases"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a011"
down_revision = "a010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("input", sa.JSON(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("saved_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_own_cases_user_id_users", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name="fk_own_cases_problem_id_problems", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_cases"),
    )
    op.create_index("ix_own_cases_problem_id", "own_cases", ["problem_id"])
    op.create_index("of_user_and_problem", "own_cases", ["user_id", "problem_id", "id"])


def downgrade() -> None:
    op.drop_table("own_cases")
