"""Geometry of the progress picture: one bar a topic, drawn by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.learning.progress import TopicRow

LABEL_WIDTH = 150
BAR_WIDTH = 330
WIDTH = LABEL_WIDTH + BAR_WIDTH + 80
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
    width: int = WIDTH
    label_x: int = LABEL_WIDTH - 10


def draw(rows: Sequence[TopicRow]) -> Picture:
    """All topics on one scale: the longest bar is the topic with the most problems."""
    most = max((row.total for row in rows), default=1)
    bars = tuple(_bar(row, TOP + n * ROW_HEIGHT, BAR_WIDTH / most) for n, row in enumerate(rows))
    return Picture(bars, 2 * TOP + len(rows) * ROW_HEIGHT)


def _bar(row: TopicRow, y: int, scale: float) -> TopicBar:
    parts = ((row.solved, "done"), (row.attempted - row.solved, "open"), (row.total - row.attempted, "rest"))
    pieces, x = [], float(LABEL_WIDTH)
    for count, css in parts:
        if count:
            pieces.append(Piece(round(x, 1), round(count * scale, 1), css))
        x += count * scale
    return TopicBar(row, y, tuple(pieces), round(x, 1))
