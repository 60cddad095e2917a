"""Reads the schema of an SQL problem: what pages draw of it. PostgreSQL itself decides whether it works."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from trainer.bank.cases import SCHEMA_FILE as FILE
from trainer.bank.flaws import Flaws
from trainer.bank.problem import Column, Table


def read_schema(text: str, flaws: Flaws) -> tuple[Table, ...]:
    """The tables in order, each with its columns, keys and indexes."""
    try:
        statements = [one for one in sqlglot.parse(text, read="postgres") if isinstance(one, exp.Expression)]
    except SqlglotError as error:
        flaws.add(FILE, "", f"cannot be read: {str(error).splitlines()[0]}", "write CREATE TABLE and CREATE INDEX")
        return ()
    for statement in statements:
        if not isinstance(statement, exp.Create) or statement.kind not in ("TABLE", "INDEX"):
            shown = statement.sql("postgres")[:40]
            flaws.add(FILE, shown, "is neither table nor index", "rows belong into data/sample.yaml and secret.yaml")
    indexes = [index for index in statements if isinstance(index, exp.Create) and index.kind == "INDEX"]
    tables = tuple(_table(create, indexes) for create in statements if _is_table(create))
    if not tables and not flaws.found:
        flaws.add(FILE, "", "makes no table", "write CREATE TABLE …")
    return tables


def _is_table(statement: exp.Expression) -> bool:
    return isinstance(statement, exp.Create) and statement.kind == "TABLE" and isinstance(statement.this, exp.Schema)


def _table(create: exp.Expression, indexes: list[exp.Create]) -> Table:
    schema = create.this
    name = schema.this.name
    parts = schema.expressions
    keys = {column.name for part in parts for key in part.find_all(exp.PrimaryKey) for column in key.expressions}
    references = dict(pair for part in parts if isinstance(part, exp.ForeignKey) for pair in _foreign(part))
    columns = tuple(_column(part, keys, references) for part in parts if isinstance(part, exp.ColumnDef))
    return Table(name, columns, tuple(_index(index) for index in indexes if _of(index) == name))


def _column(definition: exp.ColumnDef, keys: set[str], references: dict[str, str]) -> Column:
    constraints = [constraint.kind for constraint in definition.constraints]
    key = definition.name in keys or any(isinstance(c, exp.PrimaryKeyColumnConstraint) for c in constraints)
    not_null = any(isinstance(c, exp.NotNullColumnConstraint) and not c.args.get("allow_null") for c in constraints)
    direct = [_target(c) for c in constraints if isinstance(c, exp.Reference)]
    kind = definition.args["kind"].sql("postgres").lower()
    target = direct[0] if direct else references.get(definition.name, "")
    return Column(definition.name, kind, key, not (key or not_null), target)


def _foreign(key: exp.ForeignKey) -> Iterator[tuple[str, str]]:
    reference = key.args["reference"]
    table = reference.find(exp.Table).name
    targets = reference.this.expressions if isinstance(reference.this, exp.Schema) else ()
    for place, column in enumerate(key.expressions):
        yield column.name, f"{table}.{targets[place].name}" if place < len(targets) else table


def _target(reference: exp.Reference) -> str:
    table = reference.find(exp.Table)
    columns = reference.this.expressions if isinstance(reference.this, exp.Schema) else ()
    name = table.name if table else ""
    return f"{name}.{columns[0].name}" if columns else name


def _of(index: exp.Create) -> str:
    table = index.find(exp.Table)
    return table.name if table else ""


def _index(index: exp.Create) -> str:
    """What an index is on: "(customer_id, placed_at)", "unique (email)"."""
    columns = index.this.args["params"].args.get("columns") or []
    names = ", ".join(_ordered(column) for column in columns)
    return f"{'unique ' if index.args.get('unique') else ''}({names})"


def _ordered(column: exp.Expression) -> str:
    if isinstance(column, exp.Ordered):
        return str(column.this.sql("postgres")).lower() + (" desc" if column.args.get("desc") else "")
    return str(column.sql("postgres")).lower()
