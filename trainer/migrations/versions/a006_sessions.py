"""sessions are rows"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a006"
down_revision = "a005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("created_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("seen_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_login_sessions_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_login_sessions_key_hash")),
    )
    op.create_index(op.f("ix_login_sessions_user_id"), "login_sessions", ["user_id"])
    op.create_index(op.f("ix_login_sessions_seen_at"), "login_sessions", ["seen_at"])
    op.drop_column("users", "session_key")


def downgrade() -> None:
    op.add_column("users", sa.Column("session_key", sa.String(length=32), server_default="", nullable=False))
    op.drop_table("login_sessions")
