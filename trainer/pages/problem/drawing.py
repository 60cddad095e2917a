"""Draws the tables of an SQL problem: boxes in columns, what is pointed at left of what points, and lines between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.bank.problem import Column, Schema, Table

LETTER = 7
"""Width of a letter of the figures' font, in units of the drawing."""
HEAD, ROW, GAP_X, GAP_Y = 26, 19, 36, 14
WIDE = 380
"""A drawing wider than this is shown at least so wide, however narrow its place is: its letters stay readable."""


@dataclass(frozen=True, slots=True)
class Line:
    """One column of a table, its text on the line `y`."""

    name: str
    type: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    x: int
    y: int
    width: int
    height: int
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`lines` are paths of SVG; `words` say the same for those who do not see it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    words: str

    @property
    def is_wide(self) -> bool:
        return self.width > WIDE


def draw_schema(schema: Schema) -> Drawing:
    levels = _levels(schema.tables)
    boxes: dict[str, Box] = {}
    left = 1
    for level in range(max(levels.values(), default=0) + 1):
        column = [table for table in schema.tables if levels[table.name] == level]
        width = max(map(_width, column))
        top = 1
        for table in column:
            boxes[table.name] = _box(table, left, top, width)
            top += boxes[table.name].height + GAP_Y
        left += width + GAP_X
    return Drawing(
        width=left - GAP_X + 1,
        height=max(box.y + box.height for box in boxes.values()) + 1,
        boxes=tuple(boxes.values()),
        lines=tuple(_links(schema.tables, boxes, levels)),
        words=" ".join(_words(schema.tables)),
    )


def _levels(tables: Sequence[Table]) -> dict[str, int]:
    """How far right each table stands: one column further than all it points at."""
    levels = {table.name: 0 for table in tables}
    for _ in tables:
        for table in tables:
            targets = [_target(column) for column in table.columns]
            below = [levels[name] for name in targets if name in levels and name != table.name]
            levels[table.name] = min(max(below, default=-1) + 1, len(tables) - 1)
    return {name: sorted(set(levels.values())).index(level) for name, level in levels.items()}


def _target(column: Column) -> str:
    return column.references.partition(".")[0]


def _type(column: Column) -> str:
    if column.references:
        return f"→ {_target(column)}"
    return f"{column.type}{', key' if column.key else ' or null' if column.nullable else ''}"


def _width(table: Table) -> int:
    return max(len(table.name), *(len(c.name) + len(_type(c)) + 3 for c in table.columns)) * LETTER + 20


def _box(table: Table, x: int, y: int, width: int) -> Box:
    rows = tuple(Line(c.name, _type(c), y + HEAD + ROW * n + 14) for n, c in enumerate(table.columns))
    return Box(table.name, x, y, width, HEAD + ROW * len(rows) + 6, rows)


def _links(tables: Sequence[Table], boxes: dict[str, Box], levels: dict[str, int]) -> list[str]:
    """Lines from the left edge of a column that points to the right edge of the table that it points at."""
    found = []
    for table in tables:
        for place, column in enumerate(table.columns):
            target = boxes.get(_target(column))
            if target is None or levels[target.name] >= levels[table.name]:
                continue
            here, middle = boxes[table.name], boxes[table.name].x - GAP_X // 2
            start, end = here.rows[place].y - 4, target.rows[0].y - 4
            found.append(f"M{here.x} {start}H{middle}V{end}H{target.x + target.width}l7 -4m-7 4l7 4")
    return found


def _words(tables: Sequence[Table]) -> list[str]:
    return [
        f"{table.name}.{column.name} points at {column.references.replace('.', ', column ')}."
        for table in tables
        for column in table.columns
        if column.references
    ]
