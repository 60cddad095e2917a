"""A timer tells, and ends nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from trainer.learning.timer import Timer

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_it_goes_on_past_its_time_and_is_forgotten_after_twice_of_it() -> None:
    timer = Timer(25, NOON)
    assert timer.over_at == NOON + 25 * MINUTE
    assert timer.runs(NOON + 49 * MINUTE)
    assert not timer.runs(NOON + 50 * MINUTE)
    assert timer.used is None


def test_one_that_was_ended_knows_how_long_it_went() -> None:
    timer = Timer(45, NOON, NOON + 31 * MINUTE)
    assert timer.used == 31 * MINUTE
    assert not timer.runs(NOON + 31 * MINUTE)
