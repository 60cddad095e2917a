"""What is read off events: time by task, typing by minute, the longest quiet stretch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.replay import Edit, Look, Mark, Stretch, first, quietest, seconds_by_task, typed_by_minute

MOMENTS = st.lists(st.floats(0, 5400), min_size=1, max_size=30).map(sorted)


def edit(at: float, text: str = "x", task: int = 1) -> Edit:
    return Edit(at, task, "python", 0, 0, text)


def test_a_look_lasts_until_the_next_one() -> None:
    looks = [Look(0, 1), Look(60, 2), Look(90, 0), Look(300, 1)]
    assert seconds_by_task(looks, 360) == {1: 120, 2: 30}


@given(MOMENTS, st.data())
def test_no_time_is_counted_twice(moments: list[float], data: st.DataObject) -> None:
    looks = [Look(at, data.draw(st.integers(0, 3))) for at in moments]
    end = moments[-1] + 10
    assert sum(seconds_by_task(looks, end).values()) <= end - moments[0] + 1e-6


def test_typing_is_counted_by_minute_and_a_paste_as_a_line() -> None:
    edits = [edit(10, "abc"), edit(59, "d"), edit(61, "y" * 500), edit(200, "z", task=2)]
    assert typed_by_minute(edits, 3) == {1: [4, 80, 0], 2: [0, 0, 1]}


def test_a_short_silence_is_none() -> None:
    assert quietest([edit(60), edit(120)], 180) is None
    assert quietest([edit(60), edit(500)], 560) == Stretch(60, 500)


def test_the_first_of_its_sort() -> None:
    marks = [Mark(9, 1, "run"), Mark(4, 2, "submission"), Mark(7, 2, "run")]
    assert first(marks, "run") == marks[2]
    assert first(marks, "bell") is None
