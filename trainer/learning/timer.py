"""A timer that a student starts for one problem: it tells, and ends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CHOICES = (25, 45)
"""Minutes that are offered: a screening task, and a longer one."""


@dataclass(frozen=True, slots=True)
class Timer:
    """One that was started. `ended_at` is when it was stopped or the problem was accepted, None while it goes on."""

    minutes: int
    started_at: datetime
    ended_at: datetime | None = None

    @property
    def over_at(self) -> datetime:
        return self.started_at + timedelta(minutes=self.minutes)

    def runs(self, now: datetime) -> bool:
        """Is it to be shown as one that goes on? One that was forgotten is over after twice its time."""
        return self.ended_at is None and now < self.started_at + timedelta(minutes=2 * self.minutes)

    @property
    def used(self) -> timedelta | None:
        """How long it went until it ended; None while it goes on."""
        return None if self.ended_at is None else self.ended_at - self.started_at
