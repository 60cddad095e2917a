"""an index that tells what a student has done without reading what was sent"""

from alembic import op

revision = "a017"
down_revision = "a016"
branch_labels = None
depends_on = None

KEY = ["user_id", "problem_id", "id"]


def upgrade() -> None:
    op.drop_index("of_user", "submissions")
    op.create_index("of_user", "submissions", [*KEY, "purpose", "verdict", "task_id", "created_at"])


def downgrade() -> None:
    op.drop_index("of_user", "submissions")
    op.create_index("of_user", "submissions", KEY)
