"""The progress page: what was solved, when, how interviews went, and what to go on with."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import make_user, small_interviews
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, InterviewTask, User
from trainer.services.interviews import history, sitting
from trainer.web.runtime import runtime

RIGHT, WRONG = "def double(n): ...", "# answers 6 \n"


@pytest.fixture
def sit(app: Flask) -> Callable[..., None]:
    """Lets the student sit an interview to its end, with so many points for each task."""

    def verb(form: str, points: float | None = None, *, abandoned: bool = False) -> None:
        with app.app_context(), db.writing() as session:
            runtime().interviews = small_interviews()
            user = session.scalars(sa.select(User)).one()
            interview = sitting.start(session, user, form, small_interviews(), seed=1)
            (sitting.abandon if abandoned else sitting.hand_in)(session, interview)
            if points is not None:
                session.execute(
                    sa.update(InterviewTask).where(InterviewTask.interview_id == interview.id).values(points=points)
                )

    return verb


def test_what_was_done_is_summed_up_by_difficulty_kind_and_topic(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, WRONG)
    submit(student, RIGHT)
    submit(student, WRONG, "window")
    text = text_of(student.get("/progress"))
    for words in (
        "1 of 3 problems accepted", "1 tried, not accepted", "3 submissions judged", "Easy 1 of 2 –",
        "Medium 0 of 1 1", "Functions 1 of 3 1", "3 submissions on 1 day in the last 26 weeks",
    ):  # fmt: skip
        assert words in text
    groups = re.findall(r"Data structures and algorithms (\d of \d) accepted, (\d) tried", text)
    assert groups == [("1 of 3", "1")]


def test_it_says_what_to_go_on_with(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, RIGHT)
    submit(student, WRONG, "window")
    page = student.get("/progress")
    text = text_of(page)
    assert "Go on: Window of requests" in text
    assert "You began it, and it is not accepted yet." in text
    assert text.count("not accepted yet") == 1  # not once more among what was tried


def test_interviews_are_shown_by_format_with_their_scores(student: Visitor, sit: Callable[..., None]) -> None:
    for points in (20, 35, 30):
        sit("pair-20", points)
    sit("pair-20", abandoned=True)
    sit("talk-10")
    page = student.get("/progress")
    text = text_of(page)
    assert "Pair-20 40 , 70 , 60 , left early 10 points fewer than the time before" in text
    assert "Talk-10 taken" in text
    assert "5 interviews taken" in text
    assert page.text.count("<polyline") == 1  # three scores are a line, none or one is not


def test_the_demo_is_no_interview(student: Visitor, sit: Callable[..., None]) -> None:
    sit("demo")
    assert "Nothing to show yet" in text_of(student.get("/progress"))


def test_scores_are_compared_within_their_format(app: Flask, published: None) -> None:
    with app.app_context(), db.writing() as session:
        user = make_user(session)
        for form, points in (("live-10", 50.0), ("pair-20", 10.0), ("live-10", 80.0)):
            interview = sitting.start(session, user, form, small_interviews(), seed=1)
            sitting.hand_in(session, interview)
            session.execute(
                sa.update(InterviewTask).where(InterviewTask.interview_id == interview.id).values(points=points)
            )
        session.expire_all()
        found = history.by_format(session, user.id)
        assert [(one.title, one.scores, one.change) for one in found] == [
            ("Live-10", (50, 80), 30),
            ("Pair-20", (20,), None),
        ]
        assert found[0].latest.id == session.scalar(sa.select(sa.func.max(Interview.id)))


def test_a_format_that_was_not_taken_is_recommended_then_the_one_of_the_lowest_score() -> None:
    def sat(form: str, *scores: int | None) -> history.FormatHistory:
        return history.FormatHistory(form, form, tuple(history.Sat(1, now(), False, score) for score in scores))

    done = [sat("a", 90, 40), sat("b", 60), sat("talk", None)]
    assert history.recommended([], ["a", "b"]) == "a"
    assert history.recommended(done, ["a", "b", "c", "talk"]) == "c"
    assert history.recommended(done, ["a", "b", "talk"]) == "a"
    assert history.recommended(done, ["talk"]) is None


def test_one_format_is_recommended_on_the_page_of_interviews(student: Visitor, sit: Callable[..., None]) -> None:
    sit("pair-20", 10)
    text = text_of(student.get("/interviews"))
    assert text.count("Recommended next") == 1
    assert "Live-10 Recommended next" in text
