"""Geometry of the progress picture: one bar a topic, drawn by the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from trainer.learning.progress import TopicRow

LEAST_LABEL_WIDTH = 150
CHARACTER_WIDTH = 7.2
"""Of a label's letters on a phone, where they are largest."""
BAR_WIDTH = 330
COUNT_WIDTH = 80
"""For "1 of 8", behind the bar."""
ROW_HEIGHT = 26
BAR_HEIGHT = 14
TOP = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar. `css` says what it stands for: done, open (tried, not accepted), rest."""

    x: float
    width: float
    css: str


@dataclass(frozen=True, slots=True)
class TopicBar:
    row: TopicRow
    y: int
    pieces: tuple[Piece, ...]
    end: float


@dataclass(frozen=True, slots=True)
class Picture:
    bars: tuple[TopicBar, ...]
    height: int
    width: int
    label_x: int


def draw(rows: Sequence[TopicRow], title: Callable[[str], str]) -> Picture:
    """All topics on one scale: the longest bar is the topic with the most problems. Each label has room."""
    most = max((row.total for row in rows), default=1)
    longest = max((len(title(row.topic)) for row in rows), default=0)
    left = max(LEAST_LABEL_WIDTH, 10 + ceil(longest * CHARACTER_WIDTH))
    bars = tuple(_bar(row, left, TOP + n * ROW_HEIGHT, BAR_WIDTH / most) for n, row in enumerate(rows))
    return Picture(bars, 2 * TOP + len(rows) * ROW_HEIGHT, left + BAR_WIDTH + COUNT_WIDTH, left - 10)


def _bar(row: TopicRow, left: int, y: int, scale: float) -> TopicBar:
    parts = ((row.solved, "done"), (row.attempted - row.solved, "open"), (row.total - row.attempted, "rest"))
    pieces, x = [], float(left)
    for count, css in parts:
        if count:
            pieces.append(Piece(round(x, 1), round(count * scale, 1), css))
        x += count * scale
    return TopicBar(row, y, tuple(pieces), round(x, 1))
