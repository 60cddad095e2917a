"""A query's table as it was kept, made into rows that are read: what is missing, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trainer.kinds.difference import plain, seen_difference
from trainer.kinds.feedback import Row, Segment, TableDiff


def table_of(kept: dict[str, Any] | None) -> TableDiff | None:
    if kept is None:
        return None
    rows = tuple(Row(tuple(cells), mark, _shown_cells(mark, cells, *other)) for mark, cells, *other in kept["rows"])
    types = {place: f"{mine}, expected {wanted}" for place, mine, wanted in kept.get("types", ())}
    columns = tuple(kept["columns"])
    said = tuple(types.get(place, "") for place in range(len(columns))) if types else ()
    return TableDiff(columns, rows, kept["count"], kept["cut"], said)


def _shown_cells(mark: str, cells: Sequence[str | None], other: Mapping[str, Any] | None = None) -> Any:
    """Segments of a row's cells. `other` holds, by place, what differs in the row that it belongs to."""
    if not other:
        return ()
    side = 0 if mark == "missing" else 1
    return tuple(
        _cells_differ(*((cell, other[str(n)]) if side == 0 else (other[str(n)], cell)))[side]
        if str(n) in other
        else plain(_cell_text(cell))
        for n, cell in enumerate(cells)
    )


def _cells_differ(expected: str | None, got: str | None) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    texts = _cell_text(expected), _cell_text(got)
    if expected is None or got is None or texts[0] == texts[1]:
        return (Segment(texts[0], "ins"),), (Segment(texts[1], "del"),)
    return seen_difference(*texts)


def _cell_text(cell: str | None) -> str:
    return "NULL" if cell is None else cell


def alike_cells(kept: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Cells of extra rows beside those that were expected in their place, where nothing else of the row differs."""
    for mark, cells, *other in kept["rows"]:
        if mark == "extra" and other and len(other[0]) == 1:
            yield from ((expected, cells[int(place)]) for place, expected in other[0].items())
