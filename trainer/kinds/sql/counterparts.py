"""Which missing row an extra one stands for: the one from which it differs in the fewest cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.tables import Difference, Row, rows_of

MOST = 50
"""Rows on either side among which counterparts are looked for."""

Cells = Mapping[int, str | None]
"""Cells of a row by their places."""
Others = Mapping[int, Cells]
"""By the place of a row: the cells in which its counterpart differs."""


def counterparts(expected: Any, table: Any, found: Difference) -> tuple[Others, Others]:
    """What differs in the counterparts of missing rows, and in those of extra ones. Half of the cells must agree, or
    the only one that there is may differ."""
    theirs, mine = rows_of(expected, table), rows_of(table, expected)
    missing, extra = list(found.missing[:MOST]), list(found.extra[:MOST])
    beside: tuple[dict[int, Cells], dict[int, Cells]] = ({}, {})
    for wanted in missing:
        place = min(extra, key=lambda place: len(_unlike(theirs[wanted], mine[place])), default=None)
        if place is None or not _belong(theirs[wanted], mine[place]):
            continue
        extra.remove(place)
        differs = _unlike(theirs[wanted], mine[place])
        beside[0][wanted] = {n: table["rows"][place][n] for n in differs}
        beside[1][place] = {n: expected["rows"][wanted][n] for n in differs}
    return beside


def _belong(one: Row, other: Row) -> bool:
    return 2 * len(_unlike(one, other)) <= max(2, len(one))


def _unlike(one: Row, other: Row) -> Sequence[int]:
    return [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if not a.close(b)]
