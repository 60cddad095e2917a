"""Inserting a row that somebody else may insert at the same moment: no look before, no error after.

A row that is looked for and then inserted is inserted twice by two requests that look at once, and the second one
fails. `INSERT … ON CONFLICT` leaves the decision to the database, which knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, object_mapper
from sqlalchemy.orm.attributes import set_committed_value

from trainer.db import Base

Row = TypeVar("Row", bound=Base)
Columns = Sequence[sa.orm.InstrumentedAttribute[Any]]


def insert(session: Session, table: type[Row], values: dict[str, Any]) -> Row | None:
    """Insert a row. None where a unique constraint holds one like it already: then nothing happens.

    PostgreSQL waits for a transaction that is inserting the same, and then decides.
    """
    statement: sa.Select[Row] = _inserting(_dialect(session), table, tuple(values))
    return session.scalar(statement, {f"new_{name}": value for name, value in values.items()})


def change(session: Session, row: Base, values: dict[str, Any]) -> None:
    """Write columns of a row that the session has loaded and nobody else may change meanwhile.

    It is as if they were set and flushed, in a fifth of the time: nothing is looked for that might have changed.
    """
    new = {f"new_{name}": value for name, value in values.items()}
    (key,) = object_mapper(row).primary_key_from_instance(row)
    session.execute(_changing(type(row), tuple(values)), {"the_id": key, **new})
    for name, value in values.items():
        set_committed_value(row, name, value)


def locking(query: sa.Select[Row]) -> sa.Select[Row]:
    """What `find_or_insert` asks: a query whose row is locked until the transaction ends, and read as it is then."""
    return query.with_for_update().execution_options(populate_existing=True)


def find_or_insert(
    session: Session, locked: sa.Select[Row], values: dict[str, Any], asked: Mapping[str, Any] | None = None
) -> tuple[Row, bool]:
    """The one row that a locking query finds, or a new one. True where it is new.

    `asked` are the values that the query leaves open.
    """
    found = session.scalar(locked, asked)
    if found is not None:
        return found, False
    made = insert(session, locked.column_descriptions[0]["entity"], values)
    return (made, True) if made is not None else (session.scalars(locked, asked).one(), False)


def put(session: Session, table: type[Row], unique: Columns, values: dict[str, Any], update: dict[str, Any]) -> Row:
    """Insert a row, or change the one that has the same values in the `unique` columns; the row as it stands then.

    `update` may be made of the row's own columns, such as `{"count": Table.count + 1}`.
    """
    statement: sa.Select[Row] = (
        _insert(_dialect(session), table)
        .values(values)
        .on_conflict_do_update(index_elements=list(unique), set_=update)
        .returning(table)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one()


@lru_cache(maxsize=64)
def _inserting(dialect: str, table: type[Row], names: tuple[str, ...]) -> Any:
    """Made once for the same columns: putting a statement together costs more than running it."""
    rows = cast(sa.Table, table.__table__)
    new = {name: sa.bindparam(f"new_{name}", type_=rows.c[name].type) for name in names}
    told = [one.columns[0] for one in sa.inspect(table).column_attrs if not one.deferred]
    made = _insert(dialect, rows).values(new).on_conflict_do_nothing().returning(*told)
    return sa.select(table).from_statement(made)


@lru_cache(maxsize=64)
def _changing(table: type[Base], names: tuple[str, ...]) -> sa.Update:
    rows = cast(sa.Table, table.__table__)
    changed = {name: sa.bindparam(f"new_{name}", type_=rows.c[name].type) for name in names}
    return sa.update(rows).where(rows.c.id == sa.bindparam("the_id")).values(changed)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _insert(dialect: str, table: type[Base] | sa.Table) -> Any:
    """The dialect's own insert: only these know of conflicts, each in its own class."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
