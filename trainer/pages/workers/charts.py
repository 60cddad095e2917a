"""Geometry of the pictures of the last hour: a bar for each minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

STEP, BAR, HEIGHT, TOP = 5, 4, 84, 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One minute that is not empty."""

    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars from left to right. `name` and `title` say what they show, `most` is the figure of the highest, in words."""

    name: str
    title: str
    now: str
    most: str
    bars: tuple[Bar, ...]
    width: int
    height: int = HEIGHT
    top: int = TOP
    bar: int = BAR


def draw(
    name: str, title: str, values: Sequence[float], words: Callable[[float], str], *, now: str | None = None
) -> Picture:
    """A picture of one value a minute. Without `now` the last of them is told as the present one."""
    most = max(values, default=0)
    scale = (HEIGHT - TOP) / most if most else 0
    bars = tuple(
        Bar(n * STEP, round(HEIGHT - value * scale, 1), round(value * scale, 1))
        for n, value in enumerate(values)
        if value
    )
    return Picture(name, title, words(values[-1]) if now is None else now, words(most), bars, len(values) * STEP)


def clock(moment: datetime) -> str:
    """The minute of a table's row."""
    return f"{moment:%H:%M}"
