"""The picture of an interview's minutes."""

from __future__ import annotations

import pytest

from trainer.learning.replay import WHOLE, Edit
from trainer.pages.interviews.timeline import draw
from trainer.services.interviews.replay import Timeline


@pytest.mark.parametrize(
    ("seconds", "labels"),
    [
        (0.0, ["0"]),
        (8.5, ["0"]),
        (60.0, ["0", "1"]),
        (90.0, ["0", "1"]),
        (20 * 60 + 30, ["0", "5", "10", "15", "20"]),
        (90 * 60, ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90"]),
    ],
)
def test_each_tick_stands_within_the_interview(seconds: float, labels: list[str]) -> None:
    picture = draw(Timeline(length=seconds, edits=(), looks=(), marks=(), steps={}, starters={}, snag=None), "A")
    assert [tick.words for tick in picture.ticks] == labels
    assert all(picture.left <= tick.x <= picture.right for tick in picture.ticks)
    assert picture.width - picture.right >= 12  # half of a label of three digits


STARTER = "def allowed(seconds):\n    pass\n"
OPENED = Edit(0.2, 1, "python", 0, WHOLE, STARTER)
TYPED = Edit(75.0, 1, "python", 4, 8, "return True")


def sentences(*edits: Edit) -> tuple[str, ...]:
    starters = {(1, "python"): STARTER, (2, "sql"): ""}
    return draw(Timeline(600.0, starters, edits, (), (), {}, None), "AB").sentences


def test_the_starter_is_no_answer() -> None:
    assert not any("First line" in said for said in sentences(OPENED))
    assert sentences(OPENED, TYPED)[0] == "First line of an answer at 01:15, in task A."


@pytest.mark.parametrize("edit", [Edit(30.0, 1, "python", 0, WHOLE, "x = 1"), Edit(30.0, 2, "sql", 0, 0, "SELECT")])
def test_another_text_is_one_however_it_came(edit: Edit) -> None:
    assert sentences(OPENED, edit)[0].startswith("First line of an answer at 00:30")


def test_words_beside_the_answer_are_none() -> None:
    assert not any("First line" in said for said in sentences(OPENED, Edit(9.0, 1, "problem", 0, 0, "I think")))
