"""Rejudging by program: asked for, looked at, then changed or dropped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import publish_package
from tests.trainer.api.conftest import Student
from tests.trainer.services.test_rejudging import RIGHT, judge_all, stricter
from tests.trainer.work.test_worker import make_data
from trainer.db import db
from trainer.models import Role
from trainer.services.work import OF_STUDENTS
from trainer.web.runtime import runtime
from trainer.work.worker import Worker

PATH = "/mentor/problems/double/rejudging"


@pytest.fixture
def mentor(make_student: Callable[..., Student], bank: None) -> Student:
    return make_student("ada@example.org", Role.MENTOR)


@pytest.fixture
def worker(app: Flask) -> Worker:
    with app.app_context():
        found = runtime().worker
    assert found is not None
    return found


@pytest.fixture
def sent(app: Flask, student: Student, mentor: Student, worker: Worker) -> int:
    """A right answer that the first version judged; the second one calls it wrong."""
    make_data(app)
    answer = student.post("/problems/double/submissions", {"language": "python", "source": RIGHT})
    assert answer.status_code == 202, answer.json
    while worker._do_next(OF_STUDENTS):
        pass
    with app.app_context(), db.writing() as session:
        publish_package(session, stricter())
    make_data(app)
    return int(answer.json["id"])


def test_verdicts_change_when_they_were_seen(app: Flask, mentor: Student, sent: int, worker: Worker) -> None:
    before = mentor.get(PATH).json
    assert [(one["version"], one["submissions"]) for one in before["older"]] == [(1, 1)]
    assert (before["current_version"], before["under_way"], before["past"]) == (2, None, [])
    asked = mentor.post(PATH, {"version": 1})
    assert (asked.status_code, asked.json["under_way"]["is_judged"]) == (201, False)
    assert mentor.post(f"{PATH}/apply", None).status_code == 409
    judge_all(app, worker)
    found = mentor.get(PATH).json["under_way"]
    assert (found["total"], found["judged"], found["failed"], found["changes"]) == (1, 1, 0, 1)
    (change,) = found["changed"]
    assert (change["submission"], change["verdict"], change["new_verdict"]) == (sent, "accepted", "wrong answer")
    assert mentor.get(f"{PATH}?after={sent}").json["under_way"]["changed"] == []
    assert mentor.post(f"{PATH}/apply", None).json == {"changed": 1, "is_done": False}
    assert mentor.post(f"{PATH}/apply", None).json == {"changed": 0, "is_done": True}
    after = mentor.get(PATH).json
    assert (after["older"], after["under_way"]) == ([], None)
    assert [(one["is_dropped"], one["changed"]) for one in after["past"]] == [(False, 1)]


def test_what_is_dropped_changes_nothing(mentor: Student, sent: int) -> None:
    assert mentor.post(PATH, {}).status_code == 201
    assert mentor.post(PATH, {}).status_code == 409
    assert mentor.post(f"{PATH}/drop", None).status_code == 204
    assert mentor.post(f"{PATH}/drop", None).status_code == 409
    assert [one["is_dropped"] for one in mentor.get(PATH).json["past"]] == [True]


def test_only_mentors_may(student: Student, sent: int) -> None:
    answers = [student.get(PATH), *(student.post(f"{PATH}{deed}", {}) for deed in ("", "/apply", "/drop"))]
    assert {answer.status_code for answer in answers} == {403}


@pytest.mark.parametrize("version", [0, "x", 9])
def test_a_version_that_there_is_not_is_refused(mentor: Student, sent: int, version: object) -> None:
    assert mentor.post(PATH, {"version": version}).status_code == (404 if version == 9 else 422)
