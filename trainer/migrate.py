"""Brings the database's tables to what this version of the trainer needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from trainer.errors import TrainerError

FOLDER = Path(__file__).with_name("migrations")
_OLDEST = sa.table("oldest_version", sa.column("revision"))
_LOCK = 7_274_016_913_385_221
"""PostgreSQL's name of the lock that lets one process migrate at a time: any number that nobody else uses."""


class NewerTables(TrainerError):
    """A newer version of the trainer has brought the tables up to date, and this one does not know them."""


class BrokenReferences(TrainerError):
    """A migration would leave rows that point at nothing. It was undone."""


def alembic_config(connection: sa.Connection | None = None) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, to: str = "head") -> None:
    """Run the migrations that are missing, all or none. Safe to call at every start, by several processes at once.

    Newer tables with which this version still works are left as they are. Raises NewerTables where it does not.
    """
    _move(engine, command.upgrade, to)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Undo the migrations after a revision, for who goes back to an older version of the trainer."""
    _move(engine, command.downgrade, revision)


def _move(engine: sa.Engine, step: Callable[[AlembicConfig, str], None], to: str) -> None:
    with engine.connect().execution_options(will_write=True) as connection, _alone(connection):
        before = revision(connection)
        if step is command.upgrade and before is not None and before not in revisions():
            _check_fits(connection)
            return
        step(alembic_config(connection), to)
        if (after := revision(connection)) != before:  # the check reads all tables, so not at every start
            _check_references(connection)
            _keep_oldest(connection, after)
        connection.commit()


def make_revision(engine: sa.Engine, message: str) -> None:
    """Write a new migration from the difference between the tables and the models."""
    with engine.connect() as connection:
        command.revision(alembic_config(connection), message=message, autogenerate=True)


def revision(connection: sa.Connection) -> str | None:
    """The last migration that these tables have seen."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """All migrations that this version of the trainer knows, the newest first."""
    return list(_revisions(FOLDER))


def newest() -> str:
    return revisions()[0]


class Tables:
    """The tables of one database, for those who ask again and again whether they still fit."""

    def __init__(self) -> None:
        self._tell = False

    def fit(self, connection: sa.Connection) -> bool:
        """Does this version of the trainer work with the tables as they are, which may be newer?

        Whether the tables tell is looked for until they do: no later version takes that away.
        """
        self._tell = self._tell or sa.inspect(connection).has_table(_OLDEST.name)
        if not self._tell:
            return True
        oldest = connection.scalar(sa.select(_OLDEST.c.revision))
        return oldest is None or oldest in revisions()


def fits(connection: sa.Connection) -> bool:
    """Does this version of the trainer work with the tables as they are, which may be newer?"""
    return Tables().fit(connection)


def _check_fits(connection: sa.Connection) -> None:
    if not fits(connection):
        raise NewerTables("The tables are of a newer version of the trainer: update this one, then start it again.")


def _keep_oldest(connection: sa.Connection, revision: str | None) -> None:
    """Write which revision a version of the trainer has to know, at least, to work with the tables.

    A migration that only adds what older versions leave alone says so: `works_with` is the revision that is enough.
    """
    if revision is None or not sa.inspect(connection).has_table(_OLDEST.name):
        return
    known = revisions()
    applied = ScriptDirectory(str(FOLDER)).walk_revisions("base", revision)
    enough = [getattr(script.module, "works_with", script.revision) for script in applied]
    connection.execute(_OLDEST.delete())
    connection.execute(_OLDEST.insert().values(revision=min(enough, key=known.index)))


@cache
def _revisions(folder: Path) -> tuple[str, ...]:
    return tuple(script.revision for script in ScriptDirectory(str(folder)).walk_revisions())


@contextmanager
def _alone(connection: sa.Connection) -> Iterator[None]:
    """Nobody else migrates meanwhile.

    SQLite changes a table by copying and dropping it. With foreign keys on, the drop would delete what refers to the
    table; they can only be switched off outside of a transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield
        return
    _set_foreign_keys(connection, "OFF")
    try:
        yield
    finally:
        connection.rollback()
        _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: sa.Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}")


def _check_references(connection: sa.Connection) -> None:
    """Raises BrokenReferences. PostgreSQL has looked itself."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise BrokenReferences(
            f"After the migration rows of these tables would point at nothing: {tables}. Nothing was changed."
        )
