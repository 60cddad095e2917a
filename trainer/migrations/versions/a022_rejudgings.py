"""rejudgings, and submissions of a version in their order

The queue gets a kind of work that older versions of the trainer cannot read: they have to be updated.
"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a022"
down_revision = "a021"
branch_labels = None
depends_on = None

STATUS = sa.Enum("waiting", "done", "failed", name="rejudgedstatus", native_enum=False, length=24)


def foreign_key(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "rejudgings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("old_version_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("at_version_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("is_queued", sa.Boolean(), nullable=False),
        sa.Column("applied_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", trainer.db.UtcDateTime(), nullable=True),
        foreign_key("rejudgings", "problem_id", "problems", "CASCADE"),
        foreign_key("rejudgings", "version_id", "problem_versions"),
        foreign_key("rejudgings", "old_version_id", "problem_versions"),
        foreign_key("rejudgings", "asked_by_id", "users", "SET NULL"),
        foreign_key("rejudgings", "applied_by_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudgings")),
    )
    for column in ("problem_id", "asked_by_id", "applied_by_id"):
        op.create_index(op.f(f"ix_rejudgings_{column}"), "rejudgings", [column])
    op.create_index("rejudgings_to_queue", "rejudgings", ["is_queued"])
    op.create_table(
        "rejudged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rejudging_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("old_version_id", sa.Integer(), nullable=False),
        sa.Column("old_verdict", sa.String(length=24), nullable=False),
        sa.Column("old_score", sa.Double(), nullable=False),
        sa.Column("old_record", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("record", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("judged_at", trainer.db.UtcDateTime(), nullable=True),
        sa.Column("applied_at", trainer.db.UtcDateTime(), nullable=True),
        foreign_key("rejudged", "rejudging_id", "rejudgings", "CASCADE"),
        foreign_key("rejudged", "submission_id", "submissions", "CASCADE"),
        foreign_key("rejudged", "old_version_id", "problem_versions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudged")),
        sa.UniqueConstraint("rejudging_id", "submission_id", name=op.f("uq_rejudged_rejudging_id_submission_id")),
    )
    op.create_index("of_rejudging", "rejudged", ["rejudging_id", "status", "id"])
    op.create_index("of_submission", "rejudged", ["submission_id"])
    op.drop_index("of_version", "submissions")
    op.create_index("of_version", "submissions", ["version_id", "id"])


def downgrade() -> None:
    op.execute("DELETE FROM work WHERE kind = 'rejudge'")
    op.drop_index("of_version", "submissions")
    op.create_index("of_version", "submissions", ["version_id"])
    op.drop_table("rejudged")
    op.drop_table("rejudgings")
