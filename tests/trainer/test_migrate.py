"""Migrations: from nothing and from a database that is in use, on both sorts of databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.conftest import ending
from tests.postgres import PostgresServer
from trainer import migrate
from trainer.db import Base, make_engine

BEFORE = (Path(__file__).with_name("schema_before.sql")).read_text()
"""Of a release whose constraints were named by their first column, two of one table alike."""
BEFORE_REVISION = "a002"
MOMENT = datetime(2026, 5, 4, 12)
SEARCH = "problem_search"
"""The search's index is no table of the models: each database has its own sort."""
FIXED = {"status": "judged", "guest_key": None, "current_id": None}


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database without tables."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh(migrated=False)
    engine = make_engine(url)
    with ending(engine):
        yield engine


@pytest.fixture
def used(nothing: sa.Engine) -> sa.Engine:
    """A database of the release before, with two rows in each table."""
    with nothing.begin() as connection:
        if nothing.dialect.name == "sqlite":
            for statement in BEFORE.split(";\n"):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{BEFORE_REVISION}')")
        else:
            command.upgrade(migrate.alembic_config(connection), BEFORE_REVISION)
    fill(nothing)
    return nothing


def fill(engine: sa.Engine) -> None:
    tables = reflected(engine)
    with engine.begin() as connection:
        for table in in_order(tables):
            for number in (1, 2):
                connection.execute(table.insert(), {one.name: sample(one, number) for one in table.columns})
        connection.execute(tables.tables["problems"].update().values(current_id=1))


def reflected(engine: sa.Engine) -> sa.MetaData:
    found = sa.MetaData()
    found.reflect(engine)
    for name in ("alembic_version", *(name for name in found.tables if name.startswith(SEARCH))):
        found.remove(found.tables[name])
    return found


def in_order(tables: sa.MetaData) -> list[sa.Table]:
    """What is pointed at comes first. Problems point at their versions later."""
    found = [table for table in Base.metadata.sorted_tables if table.name in tables.tables]
    first = ("users", "problems", "problem_versions")
    return [tables.tables[name] for name in first] + [tables.tables[t.name] for t in found if t.name not in first]


def sample(column: sa.Column[Any], number: int) -> Any:
    if column.name in FIXED and not (FIXED[column.name] and isinstance(column.type, sa.Integer)):
        return FIXED[column.name]
    if isinstance(column.type, sa.String):
        named = next((key.column for key in column.foreign_keys), column)
        return f"{named.name} {number}"[: column.type.length or 40]
    plain: dict[type, Any] = {int: number, float: 1.0, bool: False, bytes: b"PK\x00", datetime: MOMENT, dict: {"n": 1}}
    return plain[dict if isinstance(column.type, sa.JSON) else column.type.python_type]


def rows(engine: sa.Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()]
            for name, table in reflected(engine).tables.items()
        }


def shared(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What of a row has its column still."""
    return {column: value for column, value in old.items() if column in new}


def differences(engine: sa.Engine) -> list[Any]:
    with engine.connect() as connection:
        options = {"include_name": lambda name, *_: not str(name).startswith(SEARCH)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def test_migrations_make_what_the_models_say(nothing: sa.Engine) -> None:
    migrate.upgrade(nothing)
    assert differences(nothing) == []


def test_a_database_in_use_keeps_its_rows_and_becomes_what_the_models_say(used: sa.Engine) -> None:
    before = rows(used)
    migrate.upgrade(used)
    after = rows(used)
    assert differences(used) == []
    for name, kept in before.items():
        assert after[name] == [row | shared(old, row) for row, old in zip(after[name], kept, strict=True)], name
    with used.begin() as connection:  # what points at what still holds, and goes together
        connection.execute(sa.text("DELETE FROM users WHERE id = 1"))
    assert len(rows(used)["drafts"]) == 1
    with pytest.raises(sa.exc.IntegrityError), used.begin() as connection:
        connection.execute(sa.text("UPDATE problems SET current_id = 77"))


def test_the_way_back_and_forth_again_keeps_the_rows(used: sa.Engine) -> None:
    migrate.upgrade(used)
    before = rows(used)
    migrate.downgrade(used, BEFORE_REVISION)
    migrate.upgrade(used)
    assert rows(used) == before
    assert differences(used) == []


def test_two_processes_may_migrate_at_once(used: sa.Engine) -> None:
    barrier = threading.Barrier(2)
    errors: list[Exception] = []

    def start() -> None:
        other = make_engine(used.url.render_as_string(hide_password=False))
        barrier.wait()
        try:
            migrate.upgrade(other)
        except Exception as error:
            errors.append(error)
        other.dispose()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert differences(used) == []


@pytest.mark.parametrize("nothing", ["sqlite"], indirect=True)  # PostgreSQL holds no such rows
def test_what_would_point_at_nothing_undoes_the_migration(used: sa.Engine) -> None:
    with used.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        connection.execute(sa.text("UPDATE stars SET user_id = 99 WHERE user_id = 1"))
        connection.commit()
    with pytest.raises(migrate.BrokenReferences, match="stars"):
        migrate.upgrade(used)
    with used.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == BEFORE_REVISION
