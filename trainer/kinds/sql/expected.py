"""The table that is expected of sample data, as pages show it before anything ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.cells import family_of
from trainer.kinds.literals import harmless
from trainer.kinds.record import LINE
from trainer.kinds.sql.record import MOST_ROWS, cells_of


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of a result. `type` is the family of types by which the judge compares it: number, text."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What a query should give. `count` is how many rows there are; the first 100 are here. None is NULL."""

    columns: tuple[ResultColumn, ...]
    rows: tuple[tuple[str | None, ...], ...]
    count: int


def result_table(table: Any) -> ResultTable:
    """A table as the data box tells it."""
    return ResultTable(
        columns=tuple(ResultColumn(harmless(name, LINE).text, family_of(kind)) for name, kind in table["columns"]),
        rows=tuple(tuple(cells_of(row)) for row in table["rows"][:MOST_ROWS]),
        count=len(table["rows"]),
    )
