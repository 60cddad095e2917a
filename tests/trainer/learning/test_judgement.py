"""What the figures of an interview say, in sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.judgement import TaskFigures, headline, sentences

RIGHT = TaskFigures("A", sent=1, accepted=9, stopped=0, total=9, lost=0.0, seconds=600.0, minutes=10)
WRONG = replace(RIGHT, letter="C", accepted=4, lost=12.0)

figures = st.builds(
    TaskFigures,
    letter=st.sampled_from("ABCD"),
    sent=st.integers(1, 5),
    accepted=st.integers(0, 5),
    stopped=st.integers(0, 2),
    total=st.integers(5, 9),
    lost=st.floats(0, 50),
    seconds=st.floats(0, 9000),
    minutes=st.integers(1, 60),
)


def test_the_headline_counts_the_tasks_that_are_right() -> None:
    assert headline([RIGHT, RIGHT, WRONG, RIGHT]) == "3 of 4 tasks right"
    assert headline([RIGHT, RIGHT]) == "all 2 tasks right"
    assert headline([WRONG]) == "the task is not right yet"
    assert headline([RIGHT]) == "the task is right"


def test_what_cost_most_points_is_told_first_and_the_rest_is_counted() -> None:
    tasks = [replace(WRONG, letter=letter, lost=lost) for letter, lost in (("A", 2.0), ("B", 9.0), ("C", 5.0))]
    assert sentences(tasks, left_s=0) == [
        "Task B: 4 of 9 hidden cases pass.",
        "Task C: 4 of 9 hidden cases pass.",
        "1 more task is not right either.",
    ]


def test_a_task_without_cases_says_why_there_are_none() -> None:
    none = replace(WRONG, accepted=0, total=0)
    for task, words in (
        (replace(none, sent=0, seconds=0.0), "Task C was not opened."),
        (replace(none, sent=0), "Task C has no submission."),
        (none, "Nothing of task C could be judged."),
        (replace(WRONG, stopped=2), "Task C: 4 of 9 hidden cases pass, 2 were stopped or not run."),
    ):
        assert sentences([task], left_s=0) == [words]


def test_time_is_told_where_it_says_something() -> None:
    slow = replace(RIGHT, letter="B", seconds=1320.0)
    assert sentences([RIGHT, slow], left_s=0)[1:] == ["Task B took 22 minutes, 12 more than advised."]
    assert sentences([replace(RIGHT, seconds=700.0)], left_s=900)[1:] == []  # early and right
    assert sentences([WRONG], left_s=900)[1:] == ["You handed in 15 minutes before the end."]
    assert sentences([WRONG], left_s=200)[1:] == []


def test_the_score_is_compared_with_the_one_before() -> None:
    said = {change: sentences([RIGHT], left_s=0, change=change)[-1] for change in (3, -1, 0)}
    assert said == {
        3: "3 points more than the time before.",
        -1: "1 point fewer than the time before.",
        0: "The score is the same as the time before.",
    }


@given(
    tasks=st.lists(figures, min_size=1, max_size=4), left_s=st.floats(0, 5000), change=st.none() | st.integers(-9, 9)
)
def test_every_figure_that_is_told_is_one_that_was_given(
    tasks: list[TaskFigures], left_s: float, change: int | None
) -> None:
    told = sentences(tasks, left_s=left_s, change=change)
    assert 1 <= len(told) <= 6
    for accepted, total in re.findall(r"(\d+) of (\d+) hidden", " ".join(told)):
        assert any((task.accepted, task.total) == (int(accepted), int(total)) for task in tasks)
    right = sum(task.right for task in tasks)
    assert ("Every hidden case passes." in told) == (right == len(tasks))
