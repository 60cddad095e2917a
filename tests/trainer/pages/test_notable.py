"""The minutes of an interview that are worth a sentence."""

from __future__ import annotations

import pytest

from trainer.learning.replay import WHOLE, Edit, Look, Mark
from trainer.pages.interviews.notable import notable
from trainer.services.interviews.replay import Timeline

STARTER = "def allowed(seconds):\n    pass\n"
OPENED = Edit(0.2, 1, "python", 0, WHOLE, STARTER)
TYPED = Edit(75.0, 1, "python", 4, 8, "return True")
STARTERS = {(1, "python"): STARTER, (2, "sql"): ""}


def said(
    *edits: Edit, looks: tuple[Look, ...] = (), marks: tuple[Mark, ...] = (), length: float = 100.0
) -> list[tuple[str, str]]:
    timeline = Timeline(length, STARTERS, edits, looks, marks, {}, None)
    return [(one.clock, one.words) for one in notable(timeline, "AB", (10, 10))]


def test_the_starter_is_no_answer() -> None:
    assert said(OPENED) == []
    assert said(OPENED, TYPED) == [("01:15", "The first line of an answer, in task A.")]


@pytest.mark.parametrize("edit", [Edit(30.0, 1, "python", 0, WHOLE, "x = 1"), Edit(30.0, 2, "sql", 0, 0, "SELECT")])
def test_another_text_is_one_however_it_came(edit: Edit) -> None:
    assert said(OPENED, edit)[0][0] == "00:30"


def test_words_beside_the_answer_are_none() -> None:
    assert said(OPENED, Edit(9.0, 1, "problem", 0, 0, "I think")) == []


def test_what_was_sent_first_and_what_was_right_are_told_in_their_order() -> None:
    marks = (
        Mark(10.0, 1, "run", "accepted"),
        Mark(20.0, 1, "submission", "wrong answer"),
        Mark(30.0, 2, "submission", "accepted"),
        Mark(40.0, 1, "submission", "accepted"),
        Mark(50.0, 1, "submission", "accepted"),
    )
    assert said(marks=marks) == [
        ("00:10", "The first run, in task A."),
        ("00:20", "The first submission, of task A."),
        ("00:30", "Task B is right, with the first submission."),
        ("00:40", "Task A is right, with the second submission."),
    ]


def test_a_first_submission_that_is_right_is_told_once() -> None:
    assert said(marks=(Mark(5.0, 2, "submission", "accepted"),)) == [
        ("00:05", "Task B is right, with the first submission.")
    ]
    assert said(marks=(Mark(5.0, 2, "bell", "accepted"),)) == [("00:05", "Task B is right, by the end of the time.")]


def test_a_task_goes_past_its_minutes_when_it_was_so_long_on_screen() -> None:
    looks = (Look(0.0, 1), Look(300.0, 2), Look(600.0, 1))
    assert said(looks=looks, length=1300.0) == [("15:00", "Task A goes past its advised 10 minutes.")]
    assert said(looks=looks, length=1000.0) == []  # a minute and a half more is nothing to speak of


def test_a_pause_names_the_task_that_was_open_all_the_time() -> None:
    edits = (Edit(10.0, 1, "python", 0, 0, "x"), Edit(310.0, 1, "python", 0, 0, "x"))
    pause = "5 minutes without typing"
    assert said(*edits, looks=(Look(0.0, 1),), length=320.0)[-1] == ("00:10", f"{pause}, while task A was open.")
    assert said(*edits, looks=(Look(0.0, 1), Look(99.0, 2)), length=320.0)[-1] == ("00:10", f"{pause}.")
