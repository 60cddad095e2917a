"""one queue of work"""

import sqlalchemy as sa
from alembic import op

import trainer.db

revision = "a015"
down_revision = "a014"
branch_labels = None
depends_on = None

LENGTHY = "'service', 'debug'"
GIVEN_UP = 5
COLUMNS = (
    "kind, subject_id, priority, account, turn, brief, data_digest, queued_at, status, fence, lapses, holder, error"
)
SUBMISSIONS = f"""
    INSERT INTO work ({COLUMNS})
    SELECT s.purpose, s.id, s.priority, s.account, row_number() OVER (PARTITION BY s.priority, s.account ORDER BY s.id),
      v.kind NOT IN ({LENGTHY}), v.data_digest, s.created_at, 'waiting', 0, s.lapses, '', ''
    FROM (
      SELECT id, purpose, version_id, created_at, lapses,
        CASE WHEN purpose = 'run' THEN 1 WHEN at_bell THEN 3 ELSE 2 END AS priority,
        CASE WHEN user_id IS NULL THEN 'guests' ELSE 'user ' || user_id END AS account
      FROM submissions WHERE status != 'judged'
    ) s JOIN problem_versions v ON v.id = s.version_id
    ORDER BY s.id
"""
UPLOADS = f"""
    INSERT INTO work ({COLUMNS})
    SELECT 'check', id, 4, 'user ' || user_id, row_number() OVER (PARTITION BY user_id ORDER BY id), false, NULL,
      created_at, 'waiting', 0, lapses, '', ''
    FROM uploads WHERE status IN ('queued', 'checking')
    ORDER BY id
"""
DATA = f"""
    INSERT INTO work ({COLUMNS})
    SELECT 'data', v.id, CASE WHEN v.warm_up THEN 5 ELSE 6 END, NULL, 0, false, v.data_digest, v.created_at,
      CASE WHEN p.lapses >= {GIVEN_UP} THEN 'set aside' ELSE 'waiting' END, 0, coalesce(p.lapses, 0), '',
      coalesce(p.error, '')
    FROM problem_versions v
    LEFT JOIN test_data ON test_data.digest = v.data_digest
    LEFT JOIN known_mistakes ON known_mistakes.version_id = v.id
    LEFT JOIN preparations p ON p.digest = v.data_digest
    WHERE v.id IN (SELECT current_id FROM problems)
      AND (test_data.digest IS NULL OR known_mistakes.version_id IS NULL)
    ORDER BY v.id
"""
HELD = (("submissions", "judging"), ("uploads", "checking"))


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=True),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("brief", sa.Boolean(), nullable=False),
        sa.Column("data_digest", sa.String(length=64), nullable=True),
        sa.Column("queued_at", trainer.db.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("lease_until", trainer.db.UtcDateTime(), nullable=True),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_work_kind_subject_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("work_by_turn", "work", ["status", "priority", "turn", "id"])
    op.create_index("work_of_account", "work", ["account", "priority", "turn"])
    op.create_index("work_by_data", "work", ["data_digest"])
    for moved in (SUBMISSIONS, UPLOADS, DATA):
        op.execute(moved)
    for table, held in HELD:
        op.execute(f"UPDATE {table} SET status = 'queued' WHERE status = '{held}' AND status != 'judged'")
    op.drop_table("preparations")
    op.drop_index("unjudged", "submissions")
    failed = sa.text("close_failures > 0")
    op.create_index("failed_interviews", "interviews", ["close_failures"], sqlite_where=failed, postgresql_where=failed)
    for table, _ in HELD:
        for column in ("fence", "lease_until", "lapses"):
            op.drop_column(table, column)


def downgrade() -> None:
    """What is held is put back: the release before finds it among what waits."""
    for table, _ in HELD:
        for column in ("fence", "lapses"):
            op.add_column(table, sa.Column(column, sa.Integer(), server_default=sa.text("0"), nullable=False))
        op.add_column(table, sa.Column("lease_until", trainer.db.UtcDateTime(), nullable=True))
    op.drop_index("failed_interviews", "interviews")
    unjudged = sa.text("status != 'judged'")
    op.create_index("unjudged", "submissions", ["status", "id"], sqlite_where=unjudged, postgresql_where=unjudged)
    op.create_table(
        "preparations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", trainer.db.UtcDateTime(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_preparations")),
    )
    op.execute(
        "INSERT INTO preparations (digest, fence, lapses, error) "
        f"SELECT data_digest, 0, {GIVEN_UP}, max(error) FROM work WHERE kind = 'data' AND status = 'set aside' "
        "GROUP BY data_digest"
    )
    for table, held in HELD:
        op.execute(f"UPDATE {table} SET status = 'queued' WHERE status = '{held}' AND status != 'judged'")
    op.drop_table("work")
