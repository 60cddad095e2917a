"""The picture of an interview's minutes."""

from __future__ import annotations

import pytest

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
