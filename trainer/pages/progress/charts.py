"""Geometry of the pictures of progress: the calendar of activity, the scores of interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.learning.activity import Week

CELL, GAP, LEFT, TOP = 12, 3, 32, 18
STEP = CELL + GAP
LEAST_BETWEEN = 3
"""Weeks between the names of two months, so that they never touch."""
WEEKDAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
LINE_WIDTH, LINE_HEIGHT, INSET = 132, 32, 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. `words` say what was done on it."""

    x: int
    y: int
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Calendar:
    width: int
    height: int
    cells: tuple[Cell, ...]
    labels: tuple[Label, ...]


def draw_calendar(weeks: Sequence[Week]) -> Calendar:
    """A column a week, a row a day of the week, with the months above."""
    cells = tuple(
        Cell(LEFT + n * STEP, TOP + day.date.weekday() * STEP, day.level, f"{day.date:%-d %b %Y}: {day.count}")
        for n, week in enumerate(weeks)
        for day in week.days
    )
    rows = tuple(Label(0, TOP + day * STEP + CELL - 2, words) for day, words in WEEKDAYS)
    return Calendar(LEFT + len(weeks) * STEP, TOP + 7 * STEP, cells, (*rows, *_months(weeks)))


@dataclass(frozen=True, slots=True)
class Line:
    """Scores out of 100 from left to right, as the points of a line."""

    points: tuple[tuple[float, float], ...]
    width: int = LINE_WIDTH
    height: int = LINE_HEIGHT

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


def draw_line(scores: Sequence[int]) -> Line:
    step = (LINE_WIDTH - 2 * INSET) / max(len(scores) - 1, 1)
    scale = (LINE_HEIGHT - 2 * INSET) / 100
    return Line(
        tuple((round(INSET + n * step, 1), round(LINE_HEIGHT - INSET - at * scale, 1)) for n, at in enumerate(scores))
    )


def _months(weeks: Sequence[Week]) -> list[Label]:
    """The name of a month stands over the first week that begins in it, where there is room."""
    found: list[Label] = []
    month, place = 0, -LEAST_BETWEEN
    for n, week in enumerate(weeks):
        if week.monday.month != month and n - place >= LEAST_BETWEEN and n <= len(weeks) - 2:
            found.append(Label(LEFT + n * STEP, TOP - 7, f"{week.monday:%b}"))
            month, place = week.monday.month, n
    return found
