"""A timer for one problem: started, seen, kept with the attempt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.db import db
from trainer.models import Attempt

RIGHT = "def double(number):\n    return 2 * number\n"


def start(who: Visitor, minutes: str) -> int:
    return who.post("/problems/double/timer", minutes=minutes).status_code


def test_a_timer_is_started_seen_and_stopped(student: Visitor) -> None:
    assert "data-timer" not in student.get("/problems/double").text
    assert start(student, "25") == 303
    page = student.get("/problems/double")
    assert "data-timer" in page.text
    assert "Start again with 45 minutes" in text_of(page)
    assert student.post("/problems/double/timer", minutes="stop").status_code == 303
    assert "data-timer" not in student.get("/problems/double").text


@pytest.mark.parametrize("minutes", ["26", "", "-25", "x"])
def test_other_times_are_not_offered(student: Visitor, minutes: str) -> None:
    assert start(student, minutes) == 422


@pytest.mark.parametrize(("ago", "words"), [(10, "within 25 min"), (31, "6 min over 25 min")])
def test_an_acceptance_ends_it_and_says_how_long_it_took(
    app: Flask, student: Visitor, submit: Callable[..., int], ago: int, words: str
) -> None:
    start(student, "25")
    with app.app_context(), db.writing() as session:
        session.get_one(Attempt, 1).timer_started_at = now() - timedelta(minutes=ago)
    number = submit(student, RIGHT)
    page = student.get(f"/problems/double?submission={number}")
    assert words in text_of(page)
    assert "data-timer" not in page.text
    with app.app_context(), db.reading() as session:
        ended = session.get_one(Attempt, 1).timer_ended_at
    submit(student, RIGHT)
    with app.app_context(), db.reading() as session:
        assert session.get_one(Attempt, 1).timer_ended_at == ended
    assert student.get("/account/export.json").get_json()["attempts"][0]["timer_minutes"] == 25


def test_guests_have_no_timer(visitor: Visitor) -> None:
    assert 'class="menu timer"' not in visitor.get("/problems/double").text
    assert visitor.post("/problems/double/timer", minutes="25").status_code in (302, 401)
