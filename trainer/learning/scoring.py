"""The score of an interview: a formula that is shown, on counts that are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FORMULA = "points of a task = points for correctness × right + points for efficiency × right × in time"
TERMS = {
    "right": "of all hidden cases, the share with the right answer. A case that was stopped or not run is not right.",
    "in time": "of all hidden cases, the share that ended within the limits. A case that was not run did not.",
}
"""What the words of the formula mean, as the report says it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one submission did: hidden cases accepted, those that were stopped or not run, and all.

    `accepted` and `stopped` share no case.
    """

    accepted: int
    stopped: int
    total: int

    @property
    def right(self) -> float:
        """The share of all cases that is right: 0 to 1. What did not end is not right."""
        return self.accepted / self.total if self.total else 0.0

    @property
    def in_time(self) -> float:
        """The share of cases that ended within the limits."""
        return (self.total - self.stopped) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A task's part of the score. `most` are the points that it can give."""

    correctness: float
    efficiency: float
    most_correctness: int
    most_efficiency: int

    @property
    def points(self) -> float:
        return self.correctness + self.efficiency

    @property
    def most(self) -> int:
        return self.most_correctness + self.most_efficiency


def score(points: int, efficiency: int, outcome: Outcome | None) -> Scored:
    """A task's points. None, where nothing was submitted, is worth nothing.

    A case that becomes accepted, whatever it was before, never costs points; one that is stopped instead of wrong never
    gains any.
    """
    if outcome is None or not outcome.total:
        return Scored(0.0, 0.0, points, efficiency)
    return Scored(points * outcome.right, efficiency * outcome.right * outcome.in_time, points, efficiency)


def in_hundred(tasks: Iterable[Scored]) -> int | None:
    """The whole score out of 100, rounded to the nearest; None where the judge has no points to give."""
    scored = list(tasks)
    most = sum(task.most for task in scored)
    return round(100 * sum(task.points for task in scored) / most) if most else None
