"""rows of the queue name the sorts of boxes that they take

Of checks of packages nothing in the database says of which kind they are: they wait for a worker that can do all. So do
rows that servers of the release before add while they still run.

One submission of an account may wait in each language, no matter what waits in another one.
"""

import sqlalchemy as sa
from alembic import op

revision = "a018"
down_revision = "a017"
branch_labels = None
depends_on = None

EVERYTHING = "data python service"
OF_KINDS = {"function": "python", "sql": "data", "service": "service", "debug": "service", "quiz": ""}
KIND = """
    SELECT v.kind FROM problem_versions v WHERE v.id = CASE WHEN work.kind = 'data' THEN work.subject_id
      ELSE (SELECT s.version_id FROM submissions s WHERE s.id = work.subject_id) END
"""
CASES = " ".join(f"WHEN '{kind}' THEN '{sorts}'" for kind, sorts in OF_KINDS.items())

UNJUDGED = "status != 'judged' AND task_id IS NULL"
LATER = """(
    SELECT s.id FROM submissions s JOIN submissions e ON e.user_id = s.user_id AND e.purpose = s.purpose AND e.id < s.id
    WHERE s.status != 'judged' AND s.task_id IS NULL AND e.status != 'judged' AND e.task_id IS NULL
)"""
RECORD = {
    "format": 1, "verdict": "judge error", "score": 0.0, "compile_output": "", "time_limit_s": 2.0,
    "memory_mib": 256, "output_kib": 64, "cases": [],
    "message": "The trainer went back to an earlier release while this waited. Send it again.",
}  # fmt: skip


def one_unjudged(*columns: str) -> None:
    op.drop_index("one_unjudged_a_user", "submissions")
    where = sa.text(UNJUDGED)
    op.create_index(
        "one_unjudged_a_user", "submissions", list(columns), unique=True, sqlite_where=where, postgresql_where=where
    )


def upgrade() -> None:
    op.add_column("work", sa.Column("sorts", sa.String(length=80), server_default=EVERYTHING, nullable=False))
    op.add_column("workers", sa.Column("troubles", sa.JSON(), server_default="{}", nullable=False))
    op.execute(
        f"UPDATE work SET sorts = CASE ({KIND}) {CASES} ELSE '{EVERYTHING}' END WHERE kind IN ('run', 'submit', 'data')"
    )
    op.create_index("work_by_sorts", "work", ["sorts", "status", "priority", "turn", "id"])
    op.create_index("work_by_age", "work", ["sorts", "status", "id"])
    one_unjudged("user_id", "purpose", "language")


def downgrade() -> None:
    """Where several submissions of an account wait, all but the first end as judge errors, which cost no try."""
    op.execute("DELETE FROM work WHERE kind IN ('run', 'submit') AND subject_id IN " + LATER)
    ended = sa.text(
        "UPDATE submissions SET status = 'judged', verdict = 'judge error', score = 0.0, judged_at = created_at,"
        f" record = :record WHERE id IN {LATER}"
    )
    op.get_bind().execute(ended.bindparams(sa.bindparam("record", RECORD, type_=sa.JSON())))
    one_unjudged("user_id", "purpose")
    op.drop_index("work_by_age", "work")
    op.drop_index("work_by_sorts", "work")
    op.drop_column("workers", "troubles")
    op.drop_column("work", "sorts")
