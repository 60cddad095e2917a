"""The database: one engine, one transaction a request, and short transactions for workers and streams."""

from __future__ import annotations

import inspect
import select
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import orm
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names have all columns: two constraints of one table that begin with the same column must not share a name."""


SESSION_OPTIONS: dict[str, Any] = {"expire_on_commit": False}
LANGUAGES = "languages"
"""Under this name a session's `info` holds the languages that its installation offers; without it, all are."""
LARGEST_ROW = 2**31 - 1
"""PostgreSQL numbers rows no further, and refuses to look for what is beyond."""


def row_number(text: str) -> int:
    """The number of a row as an address or a form tells it. Raises ValueError for what no table can hold."""
    number = int(text)
    if not 0 <= number <= LARGEST_ROW:
        raise ValueError(f"no table has a row {number}")
    return number


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, kept as UTC whatever the database thinks of time zones."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class moment_after(FunctionElement[datetime]):
    """So many seconds after now, by the clock of the database: machines that share it need not agree on the time."""

    type = UtcDateTime()
    inherit_cache = True


def utc_now() -> moment_after:
    """The present moment, by the clock of the database."""
    return moment_after(0)


@compiles(moment_after, "sqlite")
def _moment_in_sqlite(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    """As SQLAlchemy writes a moment, with six digits behind the second."""
    return f"strftime('%Y-%m-%d %H:%M:%f', 'now', {compiler.process(element.clauses, **more)} || ' seconds') || '000'"


@compiles(moment_after, "postgresql")
def _moment_in_postgresql(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    seconds = f"CAST({compiler.process(element.clauses, **more)} AS DOUBLE PRECISION)"
    return f"(statement_timestamp() AT TIME ZONE 'UTC') + make_interval(secs => {seconds})"


class Base(orm.DeclarativeBase):
    """Parent of all tables."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 -- the name and shape are SQLAlchemy's
        datetime: UtcDateTime,
        StrEnum: sa.Enum(StrEnum, native_enum=False, length=24, values_callable=list),
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
        list[str]: sa.JSON,
        bytes: sa.LargeBinary,
    }


class Sessions:
    """Opens short transactions, which say beforehand whether they will write.

    SQLite lets one transaction write at a time. One that read first and then wants to write may be refused; so those
    that will write begin with `BEGIN IMMEDIATE` and wait their turn instead. PostgreSQL lets many write: whoever reads
    a row to decide what to write locks it (`with_for_update`), or writes under a condition.

    Who only reads is in no transaction on PostgreSQL: each statement sees what is committed when it begins, as it would
    in one, and a transaction would be begun and ended by two more messages.
    """

    def __init__(self, make: orm.sessionmaker[orm.Session]) -> None:
        self._make = make

    @classmethod
    def of(cls, engine: sa.Engine) -> Sessions:
        return cls(orm.sessionmaker(engine, **SESSION_OPTIONS))

    @contextmanager
    def reading(self) -> Iterator[orm.Session]:
        """A short time of reading. No row can be locked in it."""
        with self._make() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
            yield session

    @contextmanager
    def writing(self) -> Iterator[orm.Session]:
        """A short transaction that writes: committed at the end, rolled back by an exception."""
        with self._make() as session, session.begin():
            will_write(session)
            yield session


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite, and the short transactions of `Sessions`."""

    def init_app(self, app: App) -> None:
        """Set the extension up, without its ending of asynchronous sessions.

        We have none, and Flask would start an event loop for it at the end of each request: 3 ms.
        """
        super().init_app(app)
        ends = app.teardown_appcontext_funcs
        app.teardown_appcontext_funcs = [end for end in ends if not inspect.iscoroutinefunction(end)]

    @property
    def sessions(self) -> Sessions:
        """The application's sessions, for threads that work without it."""
        return Sessions(self.sessionmaker)

    def reading(self) -> AbstractContextManager[orm.Session]:
        return self.sessions.reading()

    def writing(self) -> AbstractContextManager[orm.Session]:
        return self.sessions.writing()


db = Database(require_default_engine=False, session_options=SESSION_OPTIONS)


def will_write(session: orm.Session) -> None:
    """Begin the session's transaction as a writing one. Must come before its first statement."""
    session.connection(execution_options={"will_write": True})


_AGAIN = frozenset({"40001", "40P01", "23505"})
"""PostgreSQL's states of a transaction that met another one: not serialisable, a deadlock, the same row twice."""


def may_be_repeated(error: BaseException) -> bool:
    """Did a transaction fail because it met another one, so that the same again is likely to work?"""
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    said = str(error.orig)
    return getattr(error.orig, "sqlstate", None) in _AGAIN or said.startswith("UNIQUE constraint failed")


_TRUSTED_S = 0.2
"""So long after its last use a connection is taken without being tried, unless the server has closed it."""


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` gets. The pool is as wide as threads are many: none may wait for a connection.

    The connection that was used last is taken first, so that few are in use.
    """
    options: dict[str, Any] = {"url": url, "pool_size": 16, "max_overflow": 512, "pool_use_lifo": True}
    if url.startswith("sqlite"):
        return options | {"connect_args": {"timeout": 20, "check_same_thread": False}}
    return options


def make_engine(url: str) -> sa.Engine:
    """An engine like the application's, for what works without one."""
    engine = sa.create_engine(**engine_options(url))
    _prepare(engine)
    return engine


def init_db(app: Flask, url: str, languages: tuple[str, ...] = ()) -> None:
    """Open the application's database. `languages` are those that it offers: its sessions say so."""
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine_options(url)}
    db.init_app(app)
    with app.app_context():
        _prepare(db.engine)
        db.sessionmaker.configure(info={LANGUAGES: languages})


def _prepare(engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "connect", _note_use)
        sa.event.listen(engine, "checkin", _note_use)
        sa.event.listen(engine, "checkout", partial(_try, engine.dialect))


def _note_use(_connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    record.info["used_at"] = time.monotonic()


def _try(dialect: sa.Dialect, connection: Any, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
    """A server may be started anew behind our back: connections are tried before they are used.

    Where one is lost, all that are as old are taken to be, and the pool makes another one.
    """
    if time.monotonic() - record.info["used_at"] < _TRUSTED_S and _is_quiet(connection):
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        if not dialect.is_disconnect(error, connection, None):
            raise
        raise sa.exc.InvalidatePoolError from error


def _is_quiet(connection: Any) -> bool:
    """Has a server said nothing of itself? One that has ended a connection has told so, and closed it."""
    looks = select.poll()
    looks.register(connection.fileno(), select.POLLIN)
    return not looks.poll(0)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """One that reads takes no lock when it begins, and cannot fail: the driver is told past SQLAlchemy's layers."""
    if connection.get_execution_options().get("will_write", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("BEGIN")
