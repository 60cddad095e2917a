"""Holds the table that a query gave against the expected one: by value, as the problem's rule for rows says.

A table is JSON as the data box tells it: {"columns": [[name, type], …], "rows": [[text or null, …], …]}, the texts
PostgreSQL's own. Columns are compared by place and by family of types, so 3 is 3.0 and a count may be of any width;
names count only where the rule says so. What a cell stands for is told in `cells.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from sandbox.cells import family_of, item_of, tolerance_of
from sandbox.matching import Item, unlike, unpaired
from sandbox.model import Json
from sandbox.signature import Query, Rows

Row: TypeAlias = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table differs. `sentence` is empty where it is right.

    `missing` and `extra` are places of rows, in the expected table and in the one that was given; `first_out_of_order`
    is the place of the first row that stands where another should.
    """

    sentence: str = ""
    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    first_out_of_order: int | None = None


def is_table(value: Json) -> bool:
    """Is this a table, whatever else a box may have sent?"""
    if not isinstance(value, dict) or not {"columns", "rows"} <= value.keys() <= {"columns", "rows", "plan"}:
        return False
    columns, rows = value["columns"], value["rows"]
    if not isinstance(columns, list) or not all(_is_column(column) for column in columns):
        return False
    return isinstance(rows, list) and all(_is_row(row, len(columns)) for row in rows)


def difference(got: Json, expected: Json, rule: Query) -> Difference:
    """Hold a table against the expected one; both are tables."""
    sentence = _columns_differ(got, expected, rule)
    if sentence:
        return Difference(sentence)
    mine, theirs = rows_of(got, expected), rows_of(expected, got)
    meet = unlike if rule.rows is Rows.SET else unpaired
    extra, missing = meet([*map(_joined, mine)], [*map(_joined, theirs)])
    if missing or extra:
        return Difference(_rows_sentence(len(missing), len(extra)), missing, extra)
    return _order(expected, mine, theirs, rule)


def rows_of(table: Json, other: Json) -> list[Row]:
    """A table's rows, their cells taken apart to be held against those of a table with columns of the same families."""
    kinds = [kind for _, kind in table["columns"]]
    pairs = zip(kinds, (kind for _, kind in other["columns"]), strict=True)
    tolerances = [tolerance_of(kind, another) for kind, another in pairs]
    return [tuple(map(item_of, row, kinds, tolerances)) for row in table["rows"]]


def _joined(row: Row) -> Item:
    """A whole row as one item."""
    return Item(
        tuple(cell.form for cell in row),
        tuple(number for cell in row for number in cell.numbers),
        tuple(tolerance for cell in row for tolerance in cell.tolerances),
    )


def _columns_differ(got: Json, expected: Json, rule: Query) -> str:
    mine, theirs = got["columns"], expected["columns"]
    if len(mine) != len(theirs):
        names = ", ".join(name for name, _ in theirs)
        return f"{_count(len(mine), 'column')}, expected {len(theirs)}: {names}."
    for place, ((name, kind), (wanted_name, wanted_kind)) in enumerate(zip(mine, theirs, strict=True)):
        if rule.named and name.lower() != wanted_name.lower():
            return f"Column {place + 1} is called {name}, expected {wanted_name}."
        family, wanted = family_of(kind), family_of(wanted_kind)
        if family != wanted and any(row[place] is not None for row in got["rows"]):
            return f"Column {place + 1}, {wanted_name}: {family}, expected {wanted}."
    return ""


def _order(expected: Json, mine: Sequence[Row], theirs: Sequence[Row], rule: Query) -> Difference:
    if rule.rows is not Rows.ORDERED:
        return Difference()
    names = [name for name, _ in expected["columns"]]
    places = [names.index(key) for key in rule.keys]
    for row, (here, there) in enumerate(zip(mine, theirs, strict=True)):
        if not all(here[place].close(there[place]) for place in places):
            sentence = f"The rows are right, their order is not: row {row + 1} is the first out of place."
            return Difference(sentence, first_out_of_order=row)
    return Difference()


def _rows_sentence(missing: int, extra: int) -> str:
    return f"{_count(missing, 'row')} missing, {extra} too many."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_column(column: Json) -> bool:
    return isinstance(column, list) and len(column) == 2 and all(isinstance(part, str) for part in column)


def _is_row(row: Json, width: int) -> bool:
    if not isinstance(row, list) or len(row) != width:
        return False
    return all(cell is None or isinstance(cell, str) for cell in islice(row, width))
