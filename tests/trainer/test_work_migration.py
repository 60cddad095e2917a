"""The columns for work are added beside rows that exist: none is lost, forwards or backwards."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from trainer import migrate

ROWS = {
    "users": {"id": 1, "email": "ada@example.org", "name": "Ada", "role": "student", "created_at": "2026-01-01"},
    "interviews": {
        "id": 1, "user_id": 1, "format_id": "x", "format": "{}", "seed": 1, "factor": 1.0, "demo": False,
        "started_at": "2026-01-01", "bell_at": "2026-01-01", "abandoned": False,
    },
    "interview_tasks": {"id": 1, "interview_id": 1, "number": 1},
    "uploads": {
        "id": 1, "user_id": 1, "slug": "s", "title": "t", "digest": "d", "files": b"", "created_at": "2026-01-01",
        "status": "queued", "fence": 0,
    },
}  # fmt: skip


def move(engine: sa.Engine, revision: str) -> None:
    with engine.connect() as connection:
        step = command.downgrade if revision == "a002" and has_work(connection) else command.upgrade
        step(migrate.alembic_config(connection), revision)
        connection.commit()


def has_work(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table("preparations")


def fill(connection: sa.Connection) -> None:
    """One row in each table, whatever else its columns need."""
    for name, row in ROWS.items():
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        needed = {c.name for c in table.columns if not c.nullable and c.server_default is None} - row.keys()
        values = row | {column: 1 if isinstance(table.c[column].type, sa.Numeric) else 0 for column in needed}
        names = ", ".join(values)
        connection.execute(sa.text(f"INSERT INTO {name} ({names}) VALUES (:{', :'.join(values)})"), values)


def counts(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) or 0 for name in ROWS}


def test_no_row_is_lost_on_the_way(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    move(engine, "a002")
    with engine.begin() as connection:
        fill(connection)
    for revision in ("a005", "a002", "a005"):
        move(engine, revision)
        assert counts(engine) == dict.fromkeys(ROWS, 1), revision
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT lapses FROM uploads")) == 0
        assert connection.scalar(sa.text("SELECT close_failures FROM interviews")) == 0
    engine.dispose()
