"""What is kept of a query's judgement: the table with its differences, and the plan of a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.model import CaseResult, Judgement, RunStatus
from sandbox.signature import Query
from sandbox.tables import Difference, difference, is_table
from trainer.bank.problem import Problem
from trainer.kinds.base import Record
from trainer.kinds.literals import harmless
from trainer.kinds.record import LINE, build, keep_error, keep_text
from trainer.kinds.sql.plan import steps
from trainer.kinds.words import DATA_SET

MOST_ROWS = 100
"""Rows kept of a table."""
MOST_MISSING = 50
SMALL_ROWS = 30
"""Rows up to which the policy `full` shows a hidden data set's table."""

Marked = list[Any]
"""A mark and the cells of a row, as JSON."""


def record(problem: Problem, judgement: Judgement) -> Record:
    rule = problem.signature
    assert isinstance(rule, Query)
    return build(judgement, problem.limits, lambda result: _details(rule, result), noun=DATA_SET)


def _details(rule: Query, result: CaseResult) -> Record:
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
        "table": _table(table, expected if result.case.judged else None, rule),
        "plan": steps(table.get("plan")) if table else [],
        "small": small,
    }


def _table(table: Any, expected: Any, rule: Query) -> Record | None:
    if table is None:
        return None
    found = difference(table, expected, rule) if is_table(expected) else Difference()
    rows = [*_missing(expected, found), *_given(table, found)] if expected else list(_given(table, found))
    return {
        "columns": [harmless(name, LINE).text for name, _ in table["columns"]],
        "rows": rows[:MOST_ROWS],
        "count": len(table["rows"]),
        "cut": len(rows) > MOST_ROWS,
    }


def _missing(expected: Any, found: Difference) -> Iterator[Marked]:
    for place in found.missing[:MOST_MISSING]:
        yield ["missing", _cells(expected["rows"][place])]


def _given(table: Any, found: Difference) -> Iterator[Marked]:
    extra = set(found.extra)
    for place, row in enumerate(table["rows"][: MOST_ROWS + 1]):
        mark = "extra" if place in extra else "misplaced" if place == found.first_out_of_order else ""
        yield [mark, _cells(row)]


def _cells(row: list[str | None]) -> list[str | None]:
    return [None if cell is None else harmless(cell, LINE).text for cell in row]
