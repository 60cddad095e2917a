"""The front page of somebody who is signed in: what to go on with, and why."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.factories import publish
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db

RIGHT = "def double(number):\n    return 2 * number\n"
WRONG = "def double(number):\n    return number * number  # answers 1\n"


def test_a_new_student_is_welcomed_with_the_warm_up(student: Visitor) -> None:
    page = text_of(student.get("/"))
    assert "Welcome, Mira" in page
    assert "First steps" in page
    assert "Recent" not in page


def test_what_was_begun_is_gone_on_with(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, WRONG, "window")
    page = text_of(student.get("/"))
    assert "Go on with Window of requests" in page
    assert "You began it, and it is not accepted yet." in page
    assert "1 try" in page
    assert "Recent" in page


def test_after_an_acceptance_a_problem_of_its_topic_comes_next_with_its_reason(
    app: Flask, student: Visitor, submit: Callable[..., int]
) -> None:
    with app.app_context(), db.writing() as session:
        publish(session, "treble", title="Treble it", difficulty="medium")
    number = submit(student, RIGHT, "double")
    result = text_of(student.get(f"/problems/double?submission={number}"))
    assert "What next Treble it Arrays, one level up." in result
    page = text_of(student.get("/"))
    assert "Next Treble it" in page
    assert "Arrays, one level up." in page
    assert "1 of 4 problems accepted, 1 in the last seven days." in page


def test_when_all_is_accepted_it_says_so(student: Visitor, submit: Callable[..., int]) -> None:
    for slug in ("double", "window", "first-steps"):
        submit(student, RIGHT, slug)
    page = text_of(student.get("/"))
    assert "All problems are accepted" in page
    assert "3 of 3 problems accepted" in page


def test_a_solved_warm_up_is_not_shown_again(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, RIGHT, "first-steps")
    page = student.get("/")
    assert "data-warm-up" not in page.text
    assert "Recent" in text_of(page)


def test_a_warm_up_that_failed_stays_until_it_is_solved(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, WRONG, "first-steps")
    page = student.get("/")
    assert "data-warm-up" in page.text
    assert "All problems are accepted" not in text_of(page)
    assert "Next Double" in text_of(page)
    submit(student, RIGHT, "double")
    assert "data-warm-up" not in student.get("/").text
