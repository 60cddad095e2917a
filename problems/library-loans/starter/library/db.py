"""Connections and transactions. All SQL stands in queries.py."""

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from flask import current_app
from psycopg.rows import dict_row

from library.errors import Conflict

Connection = psycopg.Connection[dict[str, Any]]

_SCHEMA = Path(__file__).with_name("schema.sql")


class Database:
    """Keeps connections that are idle: to open one costs more than most queries."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: deque[Connection] = deque()

    def prepare(self) -> None:
        """Make the tables that are not there yet."""
        with self.transaction() as connection:
            connection.execute(_SCHEMA.read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection for one transaction: committed at the end, rolled back if anything is raised."""
        connection = self._take()
        try:
            with connection.transaction():
                yield connection
        finally:
            if not connection.closed:
                self._idle.append(connection)

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return psycopg.connect(self._url, autocommit=True, row_factory=dict_row)


def transaction() -> AbstractContextManager[Connection]:
    """A transaction in the database of the app that serves this request."""
    database: Database = current_app.extensions["database"]
    return database.transaction()


@contextmanager
def unique(code: str, message: str) -> Iterator[None]:
    """Turn a violated unique index into a conflict that clients understand."""
    try:
        yield
    except psycopg.errors.UniqueViolation:
        raise Conflict(code, message) from None
