"""The clock of a timed interview, and what counts in it: pure rules on moments that the server took itself.

An interview is ready until it is started, runs until the bell, or until it is handed in or abandoned, and is over then.
No rule here trusts a moment that a browser tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FACTORS = (1.0, 1.25, 1.5, 2.0)
"""Accommodations: so many times the usual minutes."""
WARNINGS = (timedelta(minutes=10), timedelta(minutes=5), timedelta(minutes=1))
"""So long before the bell it is announced."""


def length_of(minutes: int, factor: float = 1.0, minute: timedelta = timedelta(minutes=1)) -> timedelta:
    """How long an interview is for a student with this factor. `minute` is how long a minute takes."""
    return minutes * minute * factor


class Phase(StrEnum):
    """How far an interview is."""

    READY = "ready"
    RUNNING = "running"
    OVER = "over"


class Ending(StrEnum):
    """How an interview ended."""

    BELL = "bell"
    HANDED_IN = "handed in"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long one interview is, when it began, when its student ended it; None for what has not happened."""

    length: timedelta
    started_at: datetime | None = None
    ended_at: datetime | None = None
    abandoned: bool = False

    @property
    def bell_at(self) -> datetime | None:
        return None if self.started_at is None else self.started_at + self.length

    @property
    def over_at(self) -> datetime | None:
        """The bell, or the earlier moment at which it was ended."""
        if self.bell_at is None or self.ended_at is None:
            return self.bell_at
        return min(self.bell_at, self.ended_at)

    def phase(self, now: datetime) -> Phase:
        if self.over_at is None:
            return Phase.READY
        return Phase.RUNNING if now < self.over_at else Phase.OVER

    def ending(self, now: datetime) -> Ending | None:
        """How it ended; None while it has not."""
        if self.phase(now) is not Phase.OVER:
            return None
        if self.ended_at is None or self.bell_at is None or self.ended_at >= self.bell_at:
            return Ending.BELL
        return Ending.ABANDONED if self.abandoned else Ending.HANDED_IN

    def left(self, now: datetime) -> timedelta:
        """Time to the bell; the whole length before the start, nothing after the end."""
        if self.over_at is None:
            return self.length
        return max(self.over_at - now, timedelta()) if self.phase(now) is Phase.RUNNING else timedelta()

    def counts(self, received_at: datetime) -> bool:
        """Was something received while it ran? What comes later is kept, beside, and never scored.

        The moment of the bell is too late; that of handing in is not, for who hands in has typed before.
        """
        if self.started_at is None or self.bell_at is None:
            return False
        in_time = self.started_at <= received_at < self.bell_at
        return in_time and (self.ended_at is None or received_at <= self.ended_at)

    def warnings(self) -> tuple[datetime, ...]:
        """When the bell is announced. One that would come with the start is left out."""
        if self.bell_at is None:
            return ()
        return tuple(self.bell_at - before for before in WARNINGS if before < self.length)


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that a student sent for a task, and when the server had it. `score` is None until it is judged.

    `id` tells it apart from others where that matters.
    """

    source: str
    received_at: datetime
    score: float | None = None
    id: int = 0


def due_at_bell(clock: Clock, drafts: Iterable[Sent], submissions: Iterable[Sent]) -> Sent | None:
    """The draft that the bell submits for a task: the last one in time, where it is not what was submitted last."""
    draft = _last(clock, drafts)
    submitted = _last(clock, submissions)
    if draft is None or (submitted is not None and submitted.source == draft.source):
        return None
    return draft


def best(clock: Clock, submissions: Iterable[Sent], at_bell: Sent | None = None) -> Sent | None:
    """The submission that counts: the highest score, the earliest of equals. The bell's can only help."""
    judged = [one for one in submissions if one.score is not None and clock.counts(one.received_at)]
    judged += [at_bell] if at_bell is not None and at_bell.score is not None else []
    return max(judged, key=lambda one: (one.score, -one.received_at.timestamp()), default=None)


def _last(clock: Clock, sent: Iterable[Sent]) -> Sent | None:
    """The latest one in time; of those at one moment the one that comes last here."""
    in_time = [one for one in sent if clock.counts(one.received_at)]
    return max(reversed(in_time), key=lambda one: one.received_at, default=None)
