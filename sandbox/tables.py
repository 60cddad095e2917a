"""Holds the table that a query gave against the expected one: by value, as the problem's rule for rows says.

A table is JSON as the data box tells it: {"columns": [[name, type], …], "rows": [[text or null, …], …]}, the texts
PostgreSQL's own. Columns are compared by place and by family of types, so 3 is 3.0 and a count may be of any width;
names count only where the rule says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TypeAlias

from sandbox.model import Json
from sandbox.signature import Query, Rows

PLACES = Decimal("0.000001")
FAMILIES = {
    "number": ("int2", "int4", "int8", "numeric", "float4", "float8", "oid", "money"),
    "text": ("text", "varchar", "bpchar", "name", "char", "unknown"),
    "true or false": ("bool",),
    "date": ("date",),
    "time stamp": ("timestamp", "timestamptz"),
}
_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}

Row: TypeAlias = tuple[object, ...]


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
    mine, theirs = canonical_rows(got), canonical_rows(expected)
    if rule.rows is Rows.SET:
        missing, extra = _not_among(theirs, set(mine)), _not_among(mine, set(theirs))
    else:
        missing, extra = _left_over(theirs, Counter(mine)), _left_over(mine, Counter(theirs))
    if missing or extra:
        return Difference(_rows_sentence(len(missing), len(extra)), missing, extra)
    return _order(got, expected, mine, theirs, rule)


def canonical_rows(table: Json) -> list[Row]:
    """Rows in a form in which equal means the same: numbers to six decimals, texts without padding, moments in UTC."""
    kinds = [kind for _, kind in table["columns"]]
    return [tuple(map(_cell, row, kinds)) for row in table["rows"]]


def _columns_differ(got: Json, expected: Json, rule: Query) -> str:
    mine, theirs = got["columns"], expected["columns"]
    if len(mine) != len(theirs):
        names = ", ".join(name for name, _ in theirs)
        return f"{_count(len(mine), 'column')}, expected {len(theirs)}: {names}."
    for place, ((name, kind), (wanted_name, wanted_kind)) in enumerate(zip(mine, theirs, strict=True)):
        if rule.named and name.lower() != wanted_name.lower():
            return f"Column {place + 1} is called {name}, expected {wanted_name}."
        family, wanted = _FAMILY.get(kind, kind), _FAMILY.get(wanted_kind, wanted_kind)
        if family != wanted and any(row[place] is not None for row in got["rows"]):
            return f"Column {place + 1}, {wanted_name}: {family}, expected {wanted}."
    return ""


def _order(got: Json, expected: Json, mine: list[Row], theirs: list[Row], rule: Query) -> Difference:
    if rule.rows is not Rows.ORDERED:
        return Difference()
    names = [name for name, _ in expected["columns"]]
    places = [names.index(key) for key in rule.keys]
    for row, (here, there) in enumerate(zip(mine, theirs, strict=True)):
        if any(here[place] != there[place] for place in places):
            sentence = f"The rows are right, their order is not: row {row + 1} is the first out of place."
            return Difference(sentence, first_out_of_order=row)
    return Difference()


def _left_over(rows: Sequence[Row], others: Counter[Row]) -> tuple[int, ...]:
    """Places of the rows for which there is no other."""
    left = Counter(others)
    places = []
    for place, row in enumerate(rows):
        if left[row] > 0:
            left[row] -= 1
        else:
            places.append(place)
    return tuple(places)


def _not_among(rows: Sequence[Row], others: set[Row]) -> tuple[int, ...]:
    return tuple(place for place, row in enumerate(rows) if row not in others)


def _rows_sentence(missing: int, extra: int) -> str:
    return f"{_count(missing, 'row')} missing, {extra} too many."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cell(cell: str | None, kind: str) -> object:
    if cell is None:
        return None
    if kind == "bpchar":
        return cell.rstrip(" ")
    if kind == "timestamptz":
        return cell.removesuffix("+00")  # the server's zone is UTC
    if _FAMILY.get(kind) != "number":
        return cell
    try:
        number = Decimal(cell)
        return number.quantize(PLACES).normalize() + 0 if number == number else cell
    except InvalidOperation:  # infinities, NaN, money, and numbers beyond the quantum
        return cell


def _is_column(column: Json) -> bool:
    return isinstance(column, list) and len(column) == 2 and all(isinstance(part, str) for part in column)


def _is_row(row: Json, width: int) -> bool:
    if not isinstance(row, list) or len(row) != width:
        return False
    return all(cell is None or isinstance(cell, str) for cell in islice(row, width))
