"""What is read off the events of an interview: pure, on times that the server has put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

QUIET_S = 120.0
"""Without typing for so long, a stretch is called quiet."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text became `inserted`. `at` is in seconds from the start of the interview."""

    at: float
    task: int
    name: str
    start: int
    end: int
    inserted: str


@dataclass(frozen=True, slots=True)
class Look:
    """A task came before the student's eyes; 0: none did, the page was hidden or closed."""

    at: float
    task: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at one moment: a run, a submission, a step that was begun."""

    at: float
    task: int
    what: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when, in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def seconds_by_task(looks: Sequence[Look], end: float) -> dict[int, float]:
    """How long each task was looked at. Each look ends with the next one."""
    found: dict[int, float] = {}
    ends = [*(look.at for look in looks[1:]), end]
    for look, until in zip(looks, ends, strict=False):
        if look.task:
            found[look.task] = found.get(look.task, 0.0) + max(0.0, until - look.at)
    return found


def typed_by_minute(edits: Iterable[Edit], minutes: int) -> dict[int, list[int]]:
    """By task: characters put in or taken out in each minute. Pasting much counts as one line of typing."""
    found: dict[int, list[int]] = {}
    for edit in edits:
        place = min(int(edit.at // 60), minutes - 1)
        row = found.setdefault(edit.task, [0] * minutes)
        row[place] += min(len(edit.inserted) + edit.end - edit.start, 80)
    return found


def quietest(edits: Sequence[Edit], end: float) -> Stretch | None:
    """The longest stretch without typing, if it is long enough to speak of."""
    moments = [0.0, *(edit.at for edit in edits), end]
    longest = max((Stretch(a, b) for a, b in pairwise(moments)), key=lambda s: s.seconds)
    return longest if longest.seconds >= QUIET_S else None


def first(marks: Iterable[Mark], what: str) -> Mark | None:
    return min((mark for mark in marks if mark.what == what), key=lambda mark: mark.at, default=None)
