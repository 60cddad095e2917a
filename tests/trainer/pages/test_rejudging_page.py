"""The page on which mentors have submissions of older versions rejudged."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import publish_package
from tests.trainer.pages.conftest import Visitor, text_of
from tests.trainer.services.test_rejudging import RIGHT, judge_all, stricter
from tests.trainer.work.test_worker import make_data
from trainer.db import db
from trainer.models import Purpose
from trainer.services import accounts, submissions
from trainer.services.author import Author
from trainer.services.work import OF_STUDENTS
from trainer.web.runtime import runtime

PAGE = "/mentor/problems/double/rejudging"


@pytest.fixture
def two_versions(app: Flask, published: None, student: Visitor) -> None:
    """A student's right answer was judged by the first version; by the second one it is wrong."""
    make_data(app)
    with app.app_context():
        worker = runtime().worker
        assert worker is not None
        with db.writing() as session:
            user = accounts.find_by_email(session, "mira@example.org")
            assert user is not None
            submissions.submit(
                session, Author(user_id=user.id), "double", language="python", source=RIGHT, purpose=Purpose.SUBMIT
            )
    while worker._do_next(OF_STUDENTS):
        pass
    with app.app_context(), db.writing() as session:
        publish_package(session, stricter())
    make_data(app)


def judge(app: Flask) -> None:
    with app.app_context():
        worker = runtime().worker
    assert worker is not None
    judge_all(app, worker)


def test_a_mentor_sees_whose_verdicts_change_before_they_do(app: Flask, two_versions: None, mentor: Visitor) -> None:
    assert PAGE in mentor.get("/mentor").text
    before = text_of(mentor.get(PAGE))
    assert "All of them (1)" in before
    assert mentor.post(f"{PAGE}/ask", version="").status_code == 303
    under_way = mentor.get(PAGE)
    assert "Being rejudged" in text_of(under_way)
    assert f'data-watch="{PAGE}"' in under_way.text
    judge(app)
    found = mentor.get(PAGE, fragment=True)
    assert 'data-watch=""' in found.text
    words = text_of(found)
    assert "1 verdict changes if you go on" in words
    assert "mira@example.org Accepted version 1 Wrong answer" in words
    assert mentor.post(f"{PAGE}/apply").status_code == 303
    after = text_of(mentor.get(PAGE))
    assert "1 verdict changed" in after
    assert "Nothing to rejudge" in after


def test_what_is_dropped_changes_nothing_and_is_remembered(app: Flask, two_versions: None, mentor: Visitor) -> None:
    mentor.post(f"{PAGE}/ask", version="1")
    assert mentor.post(f"{PAGE}/drop").status_code == 303
    text = text_of(mentor.get(PAGE))
    assert "All of them (1)" in text
    assert "Dropped" in text


@pytest.mark.parametrize("deed", ["apply", "drop"])
def test_what_is_not_under_way_is_refused_on_the_page(two_versions: None, mentor: Visitor, deed: str) -> None:
    answer = mentor.post(f"{PAGE}/{deed}")
    assert answer.status_code == 409
    assert "not being rejudged any more" in text_of(answer)
    assert "Judged by older versions" in text_of(answer)


def test_verdicts_do_not_change_before_all_is_judged(two_versions: None, mentor: Visitor) -> None:
    mentor.post(f"{PAGE}/ask", version="")
    answer = mentor.post(f"{PAGE}/apply")
    assert answer.status_code == 409
    assert "Not all of it is judged yet" in text_of(answer)
    again = mentor.post(f"{PAGE}/ask", version="")
    assert again.status_code == 409
    assert "rejudged already" in text_of(again)


def test_a_problem_with_one_version_has_nothing_to_judge_anew(published: None, mentor: Visitor) -> None:
    assert "Nothing to rejudge" in text_of(mentor.get("/mentor/problems/window/rejudging"))
    assert "/mentor/problems/window/rejudging" not in mentor.get("/mentor").text
    assert mentor.get("/mentor/problems/none/rejudging").status_code == 404
    assert mentor.post("/mentor/problems/window/rejudging/ask", version="x").status_code == 409


def test_students_may_not(two_versions: None, student: Visitor) -> None:
    assert student.get(PAGE).status_code == 403
    assert student.post(f"{PAGE}/ask", version="").status_code == 403
