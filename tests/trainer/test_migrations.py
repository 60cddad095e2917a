"""Migrations keep what stands in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from trainer.migrate import alembic_config

BEFORE, AFTER = "a003", "a004"
MOMENT = datetime(2026, 5, 4, 12)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def insert(connection: sa.Connection, table: str, **values: object) -> None:
    found = sa.Table(table, sa.MetaData(), autoload_with=connection)
    connection.execute(found.insert().values(**values))


def version(connection: sa.Connection, number: int, digest: str, mentor: int | None) -> None:
    words = dict.fromkeys(("title", "kind", "label", "difficulty", "search_text", "note"), "x")
    numbers = {"problem_id": 1, "number": number, "minutes": 1, "warm_up": False, "created_by_id": mentor}
    rest = {"digest": digest, "files": b"zip", "data_digest": "d", "topics": [], "created_at": MOMENT}
    insert(connection, "problem_versions", **words, **numbers, **rest)


def test_the_folders_last_version_is_remembered_and_files_stay(connection: sa.Connection) -> None:
    command.upgrade(alembic_config(connection), BEFORE)
    words = {"email": "jonas@example.org", "name": "Jonas", "session_key": "x", "role": "mentor"}
    insert(connection, "users", id=1, created_at=MOMENT, time_factor=1.0, **words)
    insert(connection, "problems", id=1, slug="double")
    insert(connection, "problems", id=2, slug="empty")
    for number, (digest, mentor) in enumerate([("first", None), ("second", None), ("a mentor's", 1)], 1):
        version(connection, number, digest, mentor)
    connection.commit()

    command.upgrade(alembic_config(connection), AFTER)
    assert connection.execute(sa.text("SELECT slug, synced_digest FROM problems ORDER BY id")).all() == [
        ("double", "second"),
        ("empty", None),
    ]
    kept = connection.execute(sa.text("SELECT files, content, content_format FROM problem_versions")).all()
    assert kept == [(b"zip", None, None)] * 3

    command.downgrade(alembic_config(connection), BEFORE)
    assert connection.execute(sa.text("SELECT count(*) FROM problem_versions")).scalar() == 3
