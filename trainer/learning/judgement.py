"""What the figures of an interview say, in plain sentences: rules on counts that the report shows beside them.

Nothing here praises or blames. A sentence stands only where a figure is behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OVER_MINUTES, OVER_SHARE = 3.0, 1.25
"""A task that took so many minutes more than advised, and so many times the advice, is worth a sentence."""
EARLY_S = 300.0
"""Whoever hands in earlier than this, with something left to do, is told so."""
LOSSES_TOLD = 2


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """One task, with `sent` submissions. Of `total` hidden cases `accepted` pass and `stopped` did not end in the one
    that counts; all are 0 where nothing was judged.

    `lost` are points that were not given, `seconds` how long the task was on screen, `minutes` what is advised.
    """

    letter: str
    sent: int
    accepted: int
    stopped: int
    total: int
    lost: float
    seconds: float
    minutes: int

    @property
    def right(self) -> bool:
        return self.total > 0 and self.accepted == self.total

    @property
    def over_s(self) -> float:
        """How much longer than advised the task took, or 0 where that is little."""
        over = self.seconds - 60 * self.minutes
        return over if over >= 60 * OVER_MINUTES and self.seconds >= OVER_SHARE * 60 * self.minutes else 0.0


def headline(tasks: Sequence[TaskFigures]) -> str:
    """3 of 4 tasks right."""
    right = sum(task.right for task in tasks)
    if len(tasks) == 1:
        return "the task is right" if right else "the task is not right yet"
    return f"all {len(tasks)} tasks right" if right == len(tasks) else f"{right} of {len(tasks)} tasks right"


def sentences(tasks: Sequence[TaskFigures], *, left_s: float, change: int | None = None) -> list[str]:
    """What cost points, then time, then how it compares.

    `left_s` is the time that was left at the end; `change` the points beside the interview of this format before.
    """
    found = [*_losses(tasks), *_time(tasks, left_s)]
    if change is not None:
        found.append(_compared(change))
    return found


def _losses(tasks: Sequence[TaskFigures]) -> list[str]:
    wrong = sorted((task for task in tasks if not task.right), key=lambda task: -task.lost)
    if not wrong:
        return ["Every hidden case passes."]
    found = [_loss(task) for task in wrong[:LOSSES_TOLD]]
    rest = len(wrong) - LOSSES_TOLD
    if rest > 0:
        found.append(f"{rest} more {'task is' if rest == 1 else 'tasks are'} not right either.")
    return found


def _loss(task: TaskFigures) -> str:
    if not task.sent:
        return f"Task {task.letter} was not opened." if not task.seconds else f"Task {task.letter} has no submission."
    if not task.total:
        return f"Nothing of task {task.letter} could be judged."
    said = f"Task {task.letter}: {task.accepted} of {task.total} hidden cases pass"
    return f"{said}, {task.stopped} were stopped or not run." if task.stopped else f"{said}."


def _time(tasks: Sequence[TaskFigures], left_s: float) -> list[str]:
    slowest = max(tasks, key=lambda task: task.over_s, default=None)
    found = []
    if slowest is not None and slowest.over_s:
        took, more = round(slowest.seconds / 60), round(slowest.over_s / 60)
        found.append(f"Task {slowest.letter} took {took} minutes, {more} more than advised.")
    if left_s >= EARLY_S and not all(task.right for task in tasks):
        found.append(f"You handed in {round(left_s / 60)} minutes before the end.")
    return found


def _compared(change: int) -> str:
    if not change:
        return "The score is the same as the time before."
    points = "1 point" if abs(change) == 1 else f"{abs(change)} points"
    return f"{points} {'more' if change > 0 else 'fewer'} than the time before."
