"""consoles belong to workers"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a019"
down_revision = "a018"
branch_labels = None
depends_on = None

STATUS = sa.Enum("waiting", "starting", "open", name="consolestatus", native_enum=False, length=24)
DEED = sa.Enum("open", "send", "look", name="consoledeed", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "consoles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("refused_by", sa.JSON(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("opened_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_consoles_user_id_users"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["problem_versions.id"],
            name=op.f("fk_consoles_version_id_problem_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consoles")),
        sa.UniqueConstraint("user_id", name=op.f("uq_consoles_user_id")),
    )
    op.create_index(op.f("ix_consoles_worker_id"), "consoles", ["worker_id"])
    op.create_table(
        "console_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("console_id", sa.String(length=32), nullable=False),
        sa.Column("deed", DEED, nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["console_id"], ["consoles.id"], name=op.f("fk_console_calls_console_id_consoles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_calls")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_console_calls_console_id"), "console_calls", ["console_id"])


def downgrade() -> None:
    op.drop_table("console_calls")
    op.drop_table("consoles")
