"""settings of the editor"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a010"
down_revision = "a009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editor_settings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("font_px", sa.Integer(), nullable=False),
        sa.Column("tab_width", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Enum("standard", "vim", "emacs", native_enum=False, length=24), nullable=False),
        sa.Column("wrap", sa.Boolean(), nullable=False),
        sa.Column("completion", sa.Boolean(), nullable=False),
        sa.Column("saved_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_editor_settings_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_editor_settings")),
    )


def downgrade() -> None:
    op.drop_table("editor_settings")
