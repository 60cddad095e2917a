"""The score's formula: what is right and what is in time, apart, and never more than there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.scoring import FORMULA, TERMS, Outcome, in_hundred, score


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    total = draw(st.integers(1, 60))
    stopped = draw(st.integers(0, total))
    return Outcome(draw(st.integers(0, total - stopped)), stopped, total)


@pytest.mark.parametrize(
    ("outcome", "correctness", "efficiency"),
    [
        (Outcome(20, 0, 20), 80, 20),  # all right, all in time
        (Outcome(10, 10, 20), 40, 5),  # half right, and the other half not in time
        (Outcome(10, 0, 20), 40, 10),  # half right: being fast is worth half
        (Outcome(0, 0, 20), 0, 0),  # fast and wrong is worth nothing
        (Outcome(0, 20, 20), 0, 0),  # nothing ended
    ],
)
def test_right_and_in_time_are_told_apart(outcome: Outcome, correctness: float, efficiency: float) -> None:
    scored = score(80, 20, outcome)
    assert (scored.correctness, scored.efficiency) == (correctness, efficiency)


def test_where_time_has_no_points_a_stopped_case_is_a_wrong_one() -> None:
    assert score(100, 0, Outcome(10, 10, 20)).points == 50


def test_nothing_submitted_is_worth_nothing() -> None:
    assert score(80, 20, None).points == 0
    assert in_hundred([score(80, 20, None)]) == 0
    assert in_hundred([score(0, 0, None)]) is None


@given(st.integers(0, 100), st.integers(0, 100), outcomes())
def test_no_score_leaves_its_bounds(points: int, efficiency: int, outcome: Outcome) -> None:
    scored = score(points, efficiency, outcome)
    assert 0 <= scored.points <= scored.most == points + efficiency


@given(st.integers(1, 100), st.integers(0, 100), outcomes(), st.booleans())
def test_one_more_right_case_never_costs(points: int, efficiency: int, outcome: Outcome, was_stopped: bool) -> None:
    """Whether it was wrong before or did not end."""
    stopped = outcome.stopped - was_stopped
    if stopped >= 0 and outcome.accepted + 1 + stopped <= outcome.total:
        better = Outcome(outcome.accepted + 1, stopped, outcome.total)
        assert score(points, efficiency, better).points >= score(points, efficiency, outcome).points


@given(st.integers(0, 100), st.integers(0, 100), outcomes())
def test_to_hang_is_never_better_than_to_be_wrong(points: int, efficiency: int, outcome: Outcome) -> None:
    wrong = Outcome(outcome.accepted, 0, outcome.total)
    assert score(points, efficiency, outcome).points <= score(points, efficiency, wrong).points


def test_three_right_cases_before_a_time_out_are_less_than_seven_wrong_ones() -> None:
    hanging, wrong = Outcome(3, 18, 21), Outcome(7, 0, 21)
    assert score(80, 20, hanging).points < 15 < score(80, 20, wrong).points == pytest.approx(100 / 3)


def test_the_report_says_what_the_formula_counts() -> None:
    assert set(TERMS) == {word for word in ("right", "in time") if f"× {word}" in FORMULA}
    assert all("not run" in meaning for meaning in TERMS.values())
