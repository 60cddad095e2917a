"""Backups: everything that the database holds, in one file that either sort of database can be restored from.

The file is a zip. For each table it has a file of lines, one JSON object a row, in the order of the rows' keys; what it
holds stands in `backup.json`. Bytes are base64, moments ISO 8601 in UTC, and JSON is the text that the database holds.
The search's index is left out, as it is made anew, and so are consoles and what workers and servers tell of
themselves.
"""

from __future__ import annotations

import base64
import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer import migrate
from trainer.clock import now
from trainer.db import make_engine, will_write
from trainer.errors import Conflict, Unreadable
from trainer.services import search, workers

FORMAT = 1
ABOUT = "backup.json"
ROWS_AT_ONCE = 500
LEFT_OUT = ("alembic_version", "console", "oldest_version", "problem_search", "shared_settings", "workers")
"""Tables that begin so are no part of a backup."""
NUMBERED_ANEW = ("work",)
"""Rows that are restored get new numbers here: whoever held a row before holds none of those that are there now."""

Row = dict[str, Any]
"""The values of a row by their columns, as a backup's line holds them."""
Rows = Callable[[str], Iterable[Row]]
"""The rows of a table, by its name."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself. `rows` tells how many rows each table has. An empty secret key was not kept."""

    format: int
    revision: str
    program: str
    made_at: str
    secret_key: str
    rows: Mapping[str, int]


def back_up(engine: sa.Engine, target: Path, *, secret_key: str = "") -> About:
    """Write everything as it is at one moment, while others read and write. `target` appears when it is whole.

    Raises Conflict where `target` exists or there is nothing to be kept, OSError where it cannot be written.
    """
    if target.exists():
        raise Conflict(f"{target} exists already. Give another name, or remove it first.")
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            _snapshot(engine) as connection,
            _private(beside) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            revision = migrate.revision(connection)
            if revision is None:
                raise Conflict("There is nothing to back up: the database has no tables.")
            tables = _tables(connection)
            rows = {table.name: _pack(packed, table, _rows_of(connection, table)) for table in tables}
            about = About(FORMAT, revision, version("interview-trainer"), now().isoformat(), secret_key, rows)
            packed.writestr(ABOUT, json.dumps(asdict(about), indent=1))
        beside.rename(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return about


def read_about(source: Path) -> About:
    """What a backup says of itself, after a look whether it is whole. Raises Unreadable."""
    try:
        with zipfile.ZipFile(source) as packed:
            about = About(**json.loads(packed.read(ABOUT)))
            if about.format != FORMAT:
                raise Unreadable(f"{source} has format {about.format}, this version reads {FORMAT}: use a newer one.")
            if not {_entry(name) for name in about.rows} <= set(packed.namelist()) or packed.testzip():
                raise Unreadable(f"{source} is damaged. Nothing was changed.")
    except OSError as error:
        raise Unreadable(f"{source} cannot be read: {error.strerror}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError) as error:
        raise Unreadable(f"{source} is no backup, or only a part of one. Nothing was changed.") from error
    if about.revision not in migrate.revisions():
        raise Unreadable(f"{source} was made by version {about.program}, which is newer than this one. Update first.")
    return about


def restore(engine: sa.Engine, source: Path, *, replace: bool = False) -> About:
    """Put what a backup holds in the place of everything that the database holds: all or nothing.

    A backup of an older version is brought up to date on its way. Others may read meanwhile, and see what was there
    before. No number that rows have had is given again on PostgreSQL. Raises Unreadable, and Conflict where a worker
    runs, or where there is something to lose and `replace` is not set.
    """
    about = read_about(source)
    migrate.upgrade(engine)
    try:
        _restore(engine, source, about, replace)
    except (sa.exc.IntegrityError, sa.exc.DataError, KeyError, ValueError) as error:
        raise Unreadable(f"{source} is damaged: its rows do not fit together. Nothing was changed.") from error
    return about


def _restore(engine: sa.Engine, source: Path, about: About, replace: bool) -> None:
    with (
        zipfile.ZipFile(source) as packed,
        _of_today(packed, about) as rows,
        Session(engine) as session,
        session.begin(),
    ):
        will_write(session)
        connection = session.connection()
        tables = _tables(connection)
        _lock(connection, tables)
        if running := workers.present(session):
            raise Conflict(f"{running[0].row.name} still judges for this database. Stop all servers and workers first.")
        if not replace and (found := _to_lose(connection)):
            raise Conflict(f"The database holds {found}. With --replace they are deleted.")
        _empty(connection, tables)
        _fill(connection, tables, rows)
        search.make_anew(session)


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """All tables of a backup as the database has them, those that others point at first."""
    found = sa.MetaData()
    names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith(LEFT_OUT)]
    found.reflect(connection, only=names)
    in_order = sa.schema.sort_tables_and_constraints(found.tables.values())  # type: ignore[no-untyped-call]
    return [table for table, _ in in_order if table is not None]


def _late(tables: list[sa.Table]) -> dict[str, list[str]]:
    """By table, columns that point at a table further down: they are filled in when all rows are there."""
    place = {table.name: number for number, table in enumerate(tables)}
    return {
        table.name: [
            column.name
            for column in table.columns
            if any(place[key.column.table.name] > place[table.name] for key in column.foreign_keys)
        ]
        for table in tables
    }


def _empty(connection: sa.Connection, tables: list[sa.Table]) -> None:
    late = _late(tables)
    for table in tables:
        if late[table.name]:
            connection.execute(table.update().values(dict.fromkeys(late[table.name])))
    for table in reversed(tables):
        connection.execute(table.delete())


def _fill(connection: sa.Connection, tables: list[sa.Table], rows: Rows) -> None:
    late = _late(tables)
    owed: list[tuple[sa.Table, Row]] = []
    for table in tables:
        later = late[table.name]
        columns = [one for one in table.columns if not (one.primary_key and table.name in NUMBERED_ANEW)]
        statement = table.insert().values({column.name: _parameter(connection, column) for column in columns})
        for chunk in _chunks(_read(table, row) for row in rows(table.name)):
            owed += [(table, dict(row)) for row in chunk if any(row[name] is not None for name in later)]
            blank = dict.fromkeys(later)
            connection.execute(statement, [{one.name: (row | blank)[one.name] for one in columns} for row in chunk])
        _advance(connection, table)
    for table, row in owed:
        mine = sa.and_(*(column == row[column.name] for column in table.primary_key))
        connection.execute(table.update().where(mine).values({name: row[name] for name in late[table.name]}))


def _advance(connection: sa.Connection, table: sa.Table) -> None:
    """Rows that come later are numbered after those that were restored, and those that there were. SQLite sees to the
    first itself."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None:
        return
    sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
    after = sa.select(sa.func.coalesce(sa.func.max(key), 0) + 1).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(sequence, sa.func.greatest(after, sa.func.nextval(sequence)), False)))


def _to_lose(connection: sa.Connection) -> str:
    """What a restore would delete, in words. Empty where nobody has an account that is in use, and nobody practised."""
    accounts = connection.scalar(sa.text("SELECT count(*) FROM users WHERE password_hash IS NOT NULL")) or 0
    submissions = connection.scalar(sa.text("SELECT count(*) FROM submissions")) or 0
    return f"{accounts} accounts in use and {submissions} submissions" if accounts or submissions else ""


def _lock(connection: sa.Connection, tables: list[sa.Table]) -> None:
    """Nobody writes until the end. A transaction of SQLite that writes is alone anyway."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(connection.dialect.identifier_preparer.format_table(table) for table in tables)
        connection.execute(sa.text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


@contextmanager
def _snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees everything as it is at its beginning."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def _of_today(packed: zipfile.ZipFile, about: About) -> Iterator[Rows]:
    """The rows of a backup as this version's tables hold them."""
    if about.revision == migrate.newest():
        yield lambda name: _unpack(packed, name) if name in about.rows else ()
        return
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/older.db")
        try:
            migrate.upgrade(engine, about.revision)
            with engine.connect().execution_options(will_write=True) as connection:
                _fill(connection, _tables(connection), lambda name: _unpack(packed, name) if name in about.rows else ())
                connection.commit()
            migrate.upgrade(engine)
            with engine.connect() as connection:
                tables = {table.name: table for table in _tables(connection)}
                yield lambda name: _rows_of(connection, tables[name]) if name in tables else ()
        finally:
            engine.dispose()


def _rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    query = sa.select(*map(_selected, table.columns)).order_by(*table.primary_key)
    for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}).mappings():
        yield {column.name: _plain(row[column.name]) for column in table.columns}


def _pack(packed: zipfile.ZipFile, table: sa.Table, rows: Iterable[Row]) -> int:
    """How many rows there were."""
    count = 0
    with packed.open(_entry(table.name), "w", force_zip64=True) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
    return count


def _unpack(packed: zipfile.ZipFile, table: str) -> Iterator[Row]:
    with packed.open(_entry(table)) as file:
        for line in io.TextIOWrapper(file, encoding="utf-8", newline="\n"):
            yield json.loads(line)


def _entry(table: str) -> str:
    return f"tables/{table}.jsonl"


def _selected(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """JSON is read as its text: read as a value, its null could not be told from a value that is missing."""
    return sa.cast(column, sa.Text).label(column.name) if isinstance(column.type, sa.JSON) else column


def _parameter(connection: sa.Connection, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if not isinstance(column.type, sa.JSON):
        return sa.bindparam(column.name, type_=column.type)
    text = sa.bindparam(column.name, type_=sa.Text())
    return sa.cast(text, column.type) if connection.dialect.name == "postgresql" else text


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _read(table: sa.Table, row: Row) -> Row:
    return {column.name: _value(column.type, row[column.name]) for column in table.columns}


def _value(kind: sa.types.TypeEngine[Any], plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(plain)
    return datetime.fromisoformat(plain) if isinstance(kind, sa.DateTime) else plain


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        yield chunk


def _private(path: Path) -> Any:
    """A new file that its owner alone can read: it holds hashes of passwords and the key that signs sessions."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))
