"""interviews"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a002"
down_revision = "a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("format_id", sa.String(length=40), nullable=False),
        sa.Column("format", sa.JSON(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("started_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("bell_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", trainer.db.UtcDateTime(), nullable=True),
        sa.Column("abandoned", sa.Boolean(), nullable=False),
        sa.Column("closed_at", trainer.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_interviews_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.create_index("interviews_of_user", ["user_id", "id"], unique=False)
        batch_op.create_index(
            "one_open_a_user",
            ["user_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "interview_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("until", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_events_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_events")),
        sa.UniqueConstraint("interview_id", "key", name=op.f("uq_interview_events_interview_id")),
    )
    op.create_table(
        "interview_pastes",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_pastes_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "digest", name=op.f("pk_interview_pastes")),
    )
    op.create_table(
        "interview_readers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", trainer.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_readers_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_interview_readers_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_readers")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_interview_readers_interview_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_interview_readers_token_hash")),
    )
    op.create_table(
        "interview_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_tasks_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["problem_versions.id"], name=op.f("fk_interview_tasks_version_id_problem_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_tasks")),
        sa.UniqueConstraint("interview_id", "number", name=op.f("uq_interview_tasks_interview_id")),
    )
    with op.batch_alter_table("interview_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_tasks_version_id"), ["version_id"], unique=False)

    op.create_table(
        "interview_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("saved_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("late_text", sa.Text(), nullable=True),
        sa.Column("late_at", trainer.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_texts_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_texts")),
        sa.UniqueConstraint("interview_id", "number", "name", name=op.f("uq_interview_texts_interview_id")),
    )
    op.create_table(
        "rubric_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("saved_at", trainer.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_rubric_entries_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_rubric_entries_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_entries")),
        sa.UniqueConstraint("interview_id", "user_id", "criterion", name=op.f("uq_rubric_entries_interview_id")),
    )
    # By hand: SQLite would copy the whole table for a foreign key, and empty what refers to it on the way.
    op.execute(
        "ALTER TABLE submissions ADD COLUMN task_id INTEGER"
        " CONSTRAINT fk_submissions_task_id_interview_tasks REFERENCES interview_tasks (id)"
    )
    op.add_column("submissions", sa.Column("at_bell", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index("one_unjudged_a_user", "submissions")
    for name, columns, only in (
        ("one_unjudged_a_user", ["user_id", "purpose"], " AND task_id IS NULL"),
        ("one_unjudged_a_task", ["task_id", "purpose", "at_bell"], ""),
    ):
        unjudged = sa.text(f"status != 'judged'{only}")
        op.create_index(name, "submissions", columns, unique=True, sqlite_where=unjudged, postgresql_where=unjudged)
    op.create_index("of_task", "submissions", ["task_id", "id"])
    op.add_column("users", sa.Column("time_factor", sa.Double(), server_default="1.0", nullable=False))


def downgrade() -> None:
    op.drop_column("users", "time_factor")
    for name in ("of_task", "one_unjudged_a_task", "one_unjudged_a_user"):
        op.drop_index(name, "submissions")
    op.execute("DELETE FROM submissions WHERE task_id IS NOT NULL")
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_constraint("fk_submissions_task_id_interview_tasks", type_="foreignkey")
        batch_op.drop_column("at_bell")
        batch_op.drop_column("task_id")
    unjudged = sa.text("status != 'judged'")
    op.create_index(
        "one_unjudged_a_user",
        "submissions",
        ["user_id", "purpose"],
        unique=True,
        sqlite_where=unjudged,
        postgresql_where=unjudged,
    )
    for name in ("rubric_entries", "interview_texts", "interview_readers", "interview_pastes", "interview_events"):
        op.drop_table(name)
    op.drop_table("interview_tasks")
    op.drop_table("interviews")
