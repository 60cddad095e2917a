"""The timeline of an interview, drawn: a row a task, with looks, typing, runs and submissions on one axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.learning.replay import Look, Mark, Snag, seconds_by_task, typed_by_minute
from trainer.pages.interviews.notable import clock
from trainer.services.interviews.replay import Timeline

WIDTH, LEFT, TOP, ROW, BAR, FOOT = 960, 64, 6, 38, 20, 24
RIGHT = WIDTH - 16
"""Half of the last label stands right of its tick."""
LEAST_BAR = 2
MARKS = {"run": "run", "submission": "submitted", "bell": "submitted when the time was over"}


@dataclass(frozen=True, slots=True)
class Piece:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sign:
    """A run or a submission. `css` is its verdict's letters, or empty where nothing is said of it."""

    x: float
    y: float
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    letter: str
    y: float
    seconds: float
    looks: tuple[Piece, ...]
    bars: tuple[Piece, ...]
    signs: tuple[Sign, ...]
    typed: int
    runs: int
    submissions: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: float
    left: int
    right: float
    bottom: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def draw(timeline: Timeline, letters: Sequence[str]) -> Picture:
    """The picture of a timeline whose tasks have these letters."""
    minutes = max(1, math.ceil(timeline.length / 60))
    scale = (RIGHT - LEFT) / max(timeline.length, 1.0)
    by_task = seconds_by_task(timeline.looks, timeline.length)
    typed = typed_by_minute([edit for edit in timeline.edits if edit.task], minutes)
    most = max((count for row in typed.values() for count in row), default=1) or 1
    rows = []
    for number, letter in enumerate(letters, 1):
        y = TOP + ROW * (number - 1)
        marks = [mark for mark in timeline.marks if mark.task == number and mark.what in MARKS]
        rows.append(
            Row(
                letter=letter,
                y=y,
                seconds=by_task.get(number, 0.0),
                looks=_looks(timeline.looks, number, timeline.length, scale, y),
                bars=_bars(typed.get(number, []), most, scale, y),
                signs=tuple(_sign(mark, scale, y) for mark in marks),
                typed=sum(typed.get(number, [])),
                runs=sum(mark.what == "run" for mark in marks),
                submissions=sum(mark.what != "run" for mark in marks),
            )
        )
    bottom = TOP + ROW * len(letters)
    step = next(one for one in (1, 2, 5, 10, 15, 30, 60) if minutes / one <= 10 or one == 60)
    whole = int(timeline.length // 60)
    ticks = tuple(Tick(round(LEFT + 60 * at * scale, 1), str(at)) for at in range(0, whole + 1, step))
    return Picture(WIDTH, bottom + FOOT, LEFT, RIGHT, bottom, tuple(rows), ticks)


def _looks(looks: Sequence[Look], number: int, end: float, scale: float, y: float) -> tuple[Piece, ...]:
    ends = [*(look.at for look in looks[1:]), end]
    return tuple(
        Piece(round(LEFT + look.at * scale, 1), y, round(max(until - look.at, 0) * scale, 1), BAR)
        for look, until in zip(looks, ends, strict=False)
        if look.task == number
    )


def _bars(counts: Sequence[int], most: int, scale: float, y: float) -> tuple[Piece, ...]:
    width = max(LEAST_BAR, 60 * scale * 0.6)
    found = []
    for minute, count in enumerate(counts):
        if count:
            height = max(LEAST_BAR, round(BAR * count / most, 1))
            x = LEFT + 60 * minute * scale + 60 * scale * 0.2
            inside = min(width, RIGHT - x)  # an interview may end within a minute
            if inside <= 0:
                x, inside = LEFT, min(width, RIGHT - LEFT)
            found.append(Piece(round(x, 1), round(y + BAR - height, 1), round(inside, 1), height))
    return tuple(found)


def _sign(mark: Mark, scale: float, y: float) -> Sign:
    css = "" if not mark.said else "ac" if mark.said == "accepted" else "wa"
    words = f"{clock(mark.at)} {MARKS[mark.what]}" + (f", {mark.said}" if mark.said else "")
    return Sign(round(LEFT + mark.at * scale, 1), y + BAR + 9, css, words)


def snag_words(snag: Snag, letters: Sequence[str]) -> str:
    """Nine minutes on one case: what happened, and from when to when."""
    tries = "1 try" if snag.tries == 1 else f"{snag.tries} tries"
    return (
        f"{round(snag.seconds / 60)} minutes on one failing case of task {letters[snag.task - 1]}, "
        f"from {clock(snag.start)} to {clock(snag.end)}, in {tries}."
    )
