"""who may make an account, invites, disabled accounts"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a008"
down_revision = "a007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("seen_at", trainer.db.UtcDateTime(), nullable=True))
    op.add_column("users", sa.Column("disabled_at", trainer.db.UtcDateTime(), nullable=True))
    op.add_column("users", sa.Column("invite_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE users SET seen_at = (SELECT max(seen_at) FROM login_sessions WHERE login_sessions.user_id = users.id)"
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "sign_up",
            sa.Enum("open", "domains", "closed", name="signup", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("ended_at", trainer.db.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("token", name=op.f("uq_invites_token")),
    )


def downgrade() -> None:
    op.drop_table("invites")
    op.drop_table("site")
    op.drop_column("users", "invite_id")
    op.drop_column("users", "disabled_at")
    op.drop_column("users", "seen_at")
