"""What is kept of a query's judgement: the table with its differences, and the plan of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sandbox.cells import family_of
from sandbox.model import CaseResult, Judgement, RunStatus
from sandbox.signature import Query
from sandbox.tables import Difference, difference, is_table
from trainer.bank.problem import Problem
from trainer.kinds.base import Record
from trainer.kinds.feedback import Text
from trainer.kinds.literals import harmless
from trainer.kinds.record import LINE, build, is_hidden, keep_error, keep_text
from trainer.kinds.sql.counterparts import Cells, Others, counterparts
from trainer.kinds.sql.plan import steps
from trainer.kinds.words import DATA_SET

MOST_ROWS = 100
"""Rows kept of a table."""
MOST_MISSING = 50
SMALL_ROWS = 30
"""Rows up to which the policy `full` shows a hidden data set's table."""
MOST_DATA = 4096
"""Bytes kept of the statements that make a hidden data set's rows."""

Marked = list[Any]
"""As JSON: a mark, the cells of a row and, where one is known, what differs in its counterpart, by place."""


def record(problem: Problem, judgement: Judgement, language: str = "") -> Record:
    rule = problem.signature
    assert isinstance(rule, Query)
    schema = _schema(problem)
    return build(judgement, problem.limits, lambda result: _details(rule, schema, result), noun=DATA_SET)


def _schema(problem: Problem) -> str:
    """The statements with which every data set begins: a sample is the schema, and then nothing but rows."""
    return str(problem.samples[0].arguments[0]).partition("\nINSERT INTO ")[0] if problem.samples else ""


def _details(rule: Query, schema: str, result: CaseResult) -> Record:
    run, expected = result.run, result.case.expected
    table = run.value if run.status is RunStatus.RETURNED and is_table(run.value) else None
    small = all(len(one["rows"]) <= SMALL_ROWS for one in (table, expected) if one is not None)
    return {
        "input": [],
        "expected": None,
        "got": None,
        "stdout": keep_text(harmless("")),
        "stderr": keep_text(harmless(run.stderr)),
        "error": keep_error(run.error) if run.error else None,
        "data": keep_text(_data(schema, result)),
        "table": _table(table, expected if result.case.judged else None, rule),
        "plan": steps(table.get("plan")) if table else [],
        "small": small,
    }


def _data(schema: str, result: CaseResult) -> Text:
    """What makes a hidden data set's rows. Those of a sample stand beside the schema."""
    if not is_hidden(result):
        return Text("")
    return harmless(str(result.case.arguments[0]).removeprefix(schema).strip(), MOST_DATA)


def _table(table: Any, expected: Any, rule: Query) -> Record | None:
    if table is None:
        return None
    found, unlike = Difference(), {}
    if is_table(expected):
        unlike = _unlike_types(table, expected)
        table, expected = _as_text(table, unlike), _as_text(expected, unlike)
        found = _difference(table, expected, rule)
    pairs = counterparts(expected, table, found) if found.missing and found.extra else ({}, {})
    rows = [*(_missing(expected, found, pairs[0]) if expected else ()), *_given(table, found, pairs[1])]
    return {
        "columns": [harmless(name, LINE).text for name, _ in table["columns"]],
        "types": [[place, *families] for place, families in unlike.items()],
        "rows": rows[:MOST_ROWS],
        "count": len(table["rows"]),
        "cut": len(rows) > MOST_ROWS,
    }


def _unlike_types(table: Any, expected: Any) -> dict[int, tuple[str, str]]:
    """Columns that are of another family of types than expected, by place: both families in words."""
    if len(table["columns"]) != len(expected["columns"]):
        return {}
    pairs = zip(table["columns"], expected["columns"], strict=True)
    families = ((family_of(mine), family_of(theirs)) for (_, mine), (_, theirs) in pairs)
    filled = {place for row in table["rows"] for place, cell in enumerate(row) if cell is not None}
    return {
        place: (mine, theirs) for place, (mine, theirs) in enumerate(families) if mine != theirs and place in filled
    }


def _as_text(table: Any, places: Mapping[int, Any]) -> Any:
    """The same table with some columns as text: so rows are told apart whose columns cannot be compared."""
    columns = [[name, "text" if n in places else kind] for n, (name, kind) in enumerate(table["columns"])]
    return table | {"columns": columns}


def _difference(table: Any, expected: Any, rule: Query) -> Difference:
    """What differs in the rows, also where a column has another name than expected."""
    if len(table["columns"]) != len(expected["columns"]):
        return Difference()
    return difference(table, expected, replace(rule, named=False))


def _missing(expected: Any, found: Difference, others: Others) -> Iterator[Marked]:
    for place in found.missing[:MOST_MISSING]:
        yield ["missing", cells_of(expected["rows"][place]), *_beside(others.get(place))]


def _given(table: Any, found: Difference, others: Others) -> Iterator[Marked]:
    extra = set(found.extra)
    for place, row in enumerate(table["rows"][: MOST_ROWS + 1]):
        mark = "extra" if place in extra else "misplaced" if place == found.first_out_of_order else ""
        yield [mark, cells_of(row), *_beside(others.get(place))]


def _beside(other: Cells | None) -> list[dict[str, str | None]]:
    """What stands in the places that differ of the row that this one belongs to."""
    return [] if other is None else [{str(place): _cell(cell) for place, cell in other.items()}]


def cells_of(row: list[str | None]) -> list[str | None]:
    """A row's cells as they can be kept and shown."""
    return [_cell(cell) for cell in row]


def _cell(cell: str | None) -> str | None:
    """Ends of lines of another sort are a difference, so they are kept, and can be seen."""
    return None if cell is None else harmless(cell.replace("\r\n", "␍\n"), LINE).text
