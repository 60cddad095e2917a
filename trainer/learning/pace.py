"""How long each step of a task was before the eyes, told event by event: what came before is never read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Step = tuple[int, str]
"""A task and the name of a step."""


@dataclass(slots=True)
class Pace:
    """Everything up to the moment `at`, in seconds from the start. Each event costs the same, however many there were.

    `seen` is the task before the eyes, 0 if none; `begun` the step of each task that was begun last.
    """

    at: float = 0.0
    seen: int = 0
    begun: dict[int, str] = field(default_factory=dict)
    seconds: dict[Step, float] = field(default_factory=dict)

    def pass_until(self, at: float) -> None:
        """Let time pass. Events come in order: an earlier moment is now."""
        step = self.begun.get(self.seen)
        if self.seen and step is not None and at > self.at:
            key = (self.seen, step)
            self.seconds[key] = self.seconds.get(key, 0.0) + at - self.at
        self.at = max(self.at, at)

    def look(self, at: float, task: int) -> None:
        """A task came before the eyes."""
        self.pass_until(at)
        self.seen = task

    def begin(self, at: float, task: int, step: str) -> None:
        """A step of a task was begun."""
        self.pass_until(at)
        self.begun[task] = step

    def at_moment(self, at: float) -> Pace:
        """How it stands at a later moment, if nothing happens until then."""
        later = replace(self, begun=dict(self.begun), seconds=dict(self.seconds))
        later.pass_until(at)
        return later

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "seen": self.seen,
            "begun": [[task, step] for task, step in self.begun.items()],
            "seconds": [[task, step, seconds] for (task, step), seconds in self.seconds.items()],
        }


def pace_of(stored: Mapping[str, Any]) -> Pace:
    """What `as_json` gave."""
    return Pace(
        at=stored["at"],
        seen=stored["seen"],
        begun=dict(stored["begun"]),
        seconds={(task, step): seconds for task, step, seconds in stored["seconds"]},
    )
