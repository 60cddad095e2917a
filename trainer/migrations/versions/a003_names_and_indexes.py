"""names and indexes

Constraints are named by all of their columns, PostgreSQL gets the key that only SQLite had, and what is asked often
gets its index.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "a003"
down_revision = "a002"
branch_labels = None
depends_on = None

RENAMED = (
    ("attempts", ("user_id", "problem_id")),
    ("drafts", ("user_id", "problem_id", "language", "revision")),
    ("hints_taken", ("user_id", "problem_id", "number")),
    ("notes", ("user_id", "problem_id")),
    ("problem_versions", ("problem_id", "digest")),
    ("problem_versions", ("problem_id", "number")),
    ("interview_events", ("interview_id", "key")),
    ("interview_tasks", ("interview_id", "number")),
    ("interview_texts", ("interview_id", "number", "name")),
    ("rubric_entries", ("interview_id", "user_id", "criterion")),
)
INDEXES = (
    ("newest_of_user", "submissions", ["user_id", "id"], None),
    ("of_guest", "submissions", ["guest_key", "problem_id", "id"], "guest_key IS NOT NULL"),
    ("of_version", "submissions", ["version_id"], None),
    ("uploads_by_status", "uploads", ["status", "id"], None),
    ("open_reports", "reports", ["id"], "resolved_at IS NULL"),
    ("ix_reports_user_id", "reports", ["user_id"], None),
    ("ix_reports_submission_id", "reports", ["submission_id"], None),
    ("open_interviews", "interviews", ["bell_at"], "closed_at IS NULL"),
    ("ix_interview_readers_user_id", "interview_readers", ["user_id"], None),
    ("ix_rubric_entries_user_id", "rubric_entries", ["user_id"], None),
    ("ix_problem_versions_created_by_id", "problem_versions", ["created_by_id"], None),
)


def upgrade() -> None:
    _rename(short=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_problems_current", "problems", "problem_versions", ["current_id"], ["id"])
    for name, table, columns, only in INDEXES:
        where = None if only is None else sa.text(only)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_problems_current", "problems", type_="foreignkey")
    _rename(short=True)


def _rename(*, short: bool) -> None:
    """Give each constraint the name with all of its columns, or with the first one as before.

    `problem_versions` keeps its long names: with short ones it would have the same name twice.
    """
    wanted: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for table, columns in RENAMED:
        names = columns[:1] if short and table != "problem_versions" else columns
        wanted.setdefault(table, []).append((columns, f"uq_{table}_{'_'.join(names)}"))
    for table, constraints in wanted.items():
        if op.get_bind().dialect.name == "postgresql":
            _rename_on_postgresql(table, constraints)
        else:
            _rename_on_sqlite(table, constraints)


def _rename_on_postgresql(table: str, constraints: list[tuple[tuple[str, ...], str]]) -> None:
    found = sa.inspect(op.get_bind()).get_unique_constraints(table)
    names = {tuple(one["column_names"]): one["name"] for one in found}
    for columns, name in constraints:
        if names[columns] != name:
            op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT "{names[columns]}" TO "{name}"')


def _rename_on_sqlite(table: str, constraints: list[tuple[tuple[str, ...], str]]) -> None:
    """SQLite renames no constraint: the table is made anew by its own text with other names, and its rows are copied.

    The text is the only place where two constraints of the same name can be told apart.
    """
    bind = op.get_bind()
    made = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL")
    before: str = bind.execute(made, {"table": table, "type": "table"}).scalar_one()
    after = before
    for columns, name in constraints:
        listed = r"\s*,\s*".join(f'"?{column}"?' for column in columns)
        after = re.sub(rf"(CONSTRAINT\s+\S+\s+)?UNIQUE\s*(\(\s*{listed}\s*\))", rf"CONSTRAINT {name} UNIQUE \2", after)
    if after == before:
        return
    indexes = bind.execute(made, {"table": table, "type": "index"}).scalars().all()
    columns_of = ", ".join(f'"{column["name"]}"' for column in sa.inspect(bind).get_columns(table))
    new = f"{table}_renamed"
    bind.exec_driver_sql(re.sub(rf'^CREATE TABLE\s+"?{table}"?', f"CREATE TABLE {new}", after))
    bind.exec_driver_sql(f"INSERT INTO {new} ({columns_of}) SELECT {columns_of} FROM {table}")
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {new} RENAME TO {table}")
    for index in indexes:
        bind.exec_driver_sql(index)
