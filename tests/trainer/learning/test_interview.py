"""The interview's clock: the server's moments decide, nothing comes back after the bell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.interview import FACTORS, WARNINGS, Clock, Ending, Phase, Sent, best, due_at_bell, length_of

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
SECONDS = st.integers(-100, 20_000).map(lambda s: START + timedelta(seconds=s))
CLOCKS = st.builds(
    Clock,
    length=st.builds(length_of, st.integers(1, 180), st.sampled_from(FACTORS)),
    started_at=st.just(START),
    ended_at=st.none() | st.integers(0, 20_000).map(lambda s: START + timedelta(seconds=s)),
    abandoned=st.booleans(),
)
SENT = st.builds(Sent, st.sampled_from("abc"), SECONDS, st.none() | st.sampled_from((0.0, 0.5, 1.0)))


def test_before_the_start_all_time_is_left() -> None:
    clock = Clock(length_of(70, 1.5))
    assert clock.phase(START) is Phase.READY
    assert clock.left(START) == timedelta(minutes=105)
    assert not clock.counts(START)


@given(CLOCKS, SECONDS, SECONDS)
def test_phases_only_go_forward(clock: Clock, one: datetime, other: datetime) -> None:
    order = list(Phase)
    early, late = sorted((one, other))
    assert order.index(clock.phase(early)) <= order.index(clock.phase(late))


@given(CLOCKS, SECONDS)
def test_time_left_runs_out_when_it_is_over(clock: Clock, now: datetime) -> None:
    assert (clock.left(now) > timedelta()) == (clock.phase(now) is Phase.RUNNING)
    assert clock.left(now) <= clock.length + timedelta(seconds=100)


@given(CLOCKS, SECONDS)
def test_what_counts_was_received_while_it_ran(clock: Clock, at: datetime) -> None:
    assert clock.bell_at is not None
    early = clock.ended_at is None or at <= clock.ended_at
    assert clock.counts(at) == (START <= at < clock.bell_at and early)


@given(CLOCKS, SECONDS)
def test_an_ending_is_told_when_there_is_one(clock: Clock, now: datetime) -> None:
    assert (clock.ending(now) is None) == (clock.phase(now) is not Phase.OVER)


def test_handing_in_after_the_bell_is_the_bell() -> None:
    late = Clock(length_of(1), started_at=START, ended_at=START + timedelta(minutes=2))
    assert late.ending(START + timedelta(minutes=3)) is Ending.BELL
    early = Clock(length_of(5), started_at=START, ended_at=START + timedelta(minutes=2), abandoned=True)
    assert early.ending(START + timedelta(minutes=2)) is Ending.ABANDONED


@pytest.mark.parametrize(("minutes", "count"), [(70, 3), (10, 2), (3, 1), (1, 0)])
def test_warnings_come_before_the_bell_and_after_the_start(minutes: int, count: int) -> None:
    clock = Clock(length_of(minutes), started_at=START)
    assert clock.bell_at is not None
    assert [clock.bell_at - at for at in clock.warnings()] == list(WARNINGS[len(WARNINGS) - count :])


@given(CLOCKS, st.lists(SENT), st.lists(SENT))
def test_the_bell_submits_the_last_draft_in_time_or_nothing(
    clock: Clock, drafts: list[Sent], submissions: list[Sent]
) -> None:
    due = due_at_bell(clock, drafts, submissions)
    in_time = [one for one in drafts if clock.counts(one.received_at)]
    if due is None:
        last = max((s for s in submissions if clock.counts(s.received_at)), key=lambda s: s.received_at, default=None)
        assert not in_time or last is not None
    else:
        assert due in in_time
        assert due.received_at == max(one.received_at for one in in_time)


@given(CLOCKS, st.lists(SENT), SENT)
def test_the_bell_can_only_help(clock: Clock, submissions: list[Sent], at_bell: Sent) -> None:
    without, together = best(clock, submissions), best(clock, submissions, at_bell)
    if without is not None and without.score is not None:
        assert together is not None
        assert together.score is not None
        assert together.score >= without.score


@given(CLOCKS, st.lists(SENT))
def test_the_best_counts_and_the_earliest_of_equals(clock: Clock, submissions: list[Sent]) -> None:
    found = best(clock, submissions)
    judged = [s for s in submissions if s.score is not None and clock.counts(s.received_at)]
    if found is None:
        assert not judged
    else:
        top = max(s.score for s in judged if s.score is not None)
        assert found.score == top
        assert found.received_at == min(s.received_at for s in judged if s.score == top)
