"""The calendar of a student's activity."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.activity import WEEKS, Day, calendar, first_day

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(today=DAYS)
def test_weeks_begin_on_monday_and_the_last_one_ends_today(today: date) -> None:
    weeks = calendar({}, today)
    assert len(weeks) == WEEKS
    assert {week.monday.weekday() for week in weeks} == {0}
    assert {len(week.days) for week in weeks[:-1]} == {7}
    assert weeks[-1].days[-1].date == today
    assert weeks[0].monday == first_day(today)


@given(today=DAYS, back=st.integers(-30, 400))
def test_a_day_of_the_calendar_is_counted_and_no_other(today: date, back: int) -> None:
    at = today - timedelta(days=back)
    weeks = calendar({at: 4}, today)
    inside = first_day(today) <= at <= today
    assert sum(week.count for week in weeks) == (4 if inside else 0)
    assert sum(week.active_days for week in weeks) == (1 if inside else 0)


def test_a_day_of_more_submissions_is_darker() -> None:
    assert [Day(date(2026, 5, 4), count).level for count in (0, 1, 2, 3, 6, 9, 10, 99)] == [0, 1, 1, 2, 3, 3, 4, 4]
