"""On which days a student practised: a calendar of whole weeks, made from counts by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 26
"""As many weeks as the calendar holds, the present one included."""
LEVELS = (1, 3, 6, 10)
"""From so many submissions a day on, a day is drawn one level darker."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day. `level` is 0 for none, 4 for a day of many submissions."""

    date: date
    count: int

    @property
    def level(self) -> int:
        return sum(self.count >= least for least in LEVELS)


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday on; the present week ends today."""

    days: tuple[Day, ...]

    @property
    def monday(self) -> date:
        return self.days[0].date

    @property
    def count(self) -> int:
        return sum(day.count for day in self.days)

    @property
    def active_days(self) -> int:
        return sum(day.count > 0 for day in self.days)


def first_day(today: date, weeks: int = WEEKS) -> date:
    """The Monday with which a calendar of so many weeks begins."""
    return today - timedelta(days=today.weekday() + 7 * (weeks - 1))


def calendar(counts: Mapping[date, int], today: date, weeks: int = WEEKS) -> tuple[Week, ...]:
    """All weeks up to today, the earliest first. A day without a count has none, other days are left out."""
    start = first_day(today, weeks)
    days = [Day(at, counts.get(at, 0)) for at in _days(start, today)]
    return tuple(Week(tuple(days[n : n + 7])) for n in range(0, len(days), 7))


def _days(start: date, last: date) -> list[date]:
    return [start + timedelta(days=n) for n in range((last - start).days + 1)]
