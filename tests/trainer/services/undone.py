"""A database for state machines: whatever they commit is undone at the end, so each run finds it as it was."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session


class Undone:
    """Sessions of one connection. What they commit is a savepoint of one transaction that is never committed."""

    def __init__(self, database: sa.Engine) -> None:
        self._connection = database.connect()
        self._whole = self._connection.begin()

    def session(self) -> Session:
        return Session(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def close(self) -> None:
        self._whole.rollback()
        self._connection.close()
