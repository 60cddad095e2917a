"""Inserting a row that somebody else may insert at the same moment: no look before, no error after.

A row that is looked for and then inserted is inserted twice by two requests that look at once, and the second one
fails. `INSERT … ON CONFLICT` leaves the decision to the database, which knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainer.db import Base

Row = TypeVar("Row", bound=Base)
Columns = Sequence[sa.orm.InstrumentedAttribute[Any]]


def insert(session: Session, table: type[Row], values: dict[str, Any]) -> Row | None:
    """Insert a row. None where a unique constraint holds one like it already: then nothing happens.

    PostgreSQL waits for a transaction that is inserting the same, and then decides.
    """
    statement: sa.Select[Row] = _insert(session, table).values(values).on_conflict_do_nothing().returning(table)
    return session.scalar(statement)


def find_or_insert(session: Session, query: sa.Select[Row], values: dict[str, Any]) -> tuple[Row, bool]:
    """The one row that the query finds, locked until the transaction ends, or a new one. True where it is new."""
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(locked)
    if found is not None:
        return found, False
    made = insert(session, query.column_descriptions[0]["entity"], values)
    return (made, True) if made is not None else (session.scalars(locked).one(), False)


def put(session: Session, table: type[Row], unique: Columns, values: dict[str, Any], update: dict[str, Any]) -> Row:
    """Insert a row, or change the one that has the same values in the `unique` columns; the row as it stands then.

    `update` may be made of the row's own columns, such as `{"count": Table.count + 1}`.
    """
    statement: sa.Select[Row] = (
        _insert(session, table)
        .values(values)
        .on_conflict_do_update(index_elements=list(unique), set_=update)
        .returning(table)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one()


def _insert(session: Session, table: type[Row]) -> Any:
    """The dialect's own insert: only these know of conflicts, each in its own class."""
    name = session.get_bind().dialect.name
    return postgresql.insert(table) if name == "postgresql" else sqlite.insert(table)
