"""One version that cannot be read stops nothing else: its own pages say so, all others are as before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.factories import publish, small_interviews
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, Problem, ProblemVersion, Submission
from trainer.services import contents
from trainer.services.interviews import sitting
from trainer.web.runtime import runtime

LOST = "Version 1 of “Double it” cannot be read: it is stored in format 99"


@pytest.fixture(autouse=True)
def nothing_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_cache", contents._Cache(512))


@pytest.fixture
def lose(app: Flask, published: None) -> Callable[..., None]:
    """Makes versions unreadable, by their problems' slugs."""

    def change(*slugs: str) -> None:
        ids = sa.select(Problem.id).where(Problem.slug.in_(slugs))
        with app.app_context(), db.writing() as session:
            lost = sa.update(ProblemVersion).where(ProblemVersion.problem_id.in_(ids)).values(content_format=99)
            session.execute(lost)

    return change


def set_all(app: Flask, table: Any, **values: Any) -> None:
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(table).values(**values))


@pytest.mark.parametrize(
    "path", ["/", "/problems", "/problems/window", "/progress", "/account", "/account/export.json", "/interviews"]
)
def test_other_pages_are_as_before(student: Visitor, lose: Callable[..., None], path: str) -> None:
    lose("double", "first-steps")
    assert student.get(path).status_code == 200


def test_the_list_still_names_it(student: Visitor, lose: Callable[..., None]) -> None:
    lose("double")
    assert "Double it" in text_of(student.get("/problems"))


@pytest.mark.parametrize("path", ["/problems/double", "/problems/double/give-up", "/api/v1/problems/double"])
def test_its_own_pages_say_what_is_wrong(student: Visitor, lose: Callable[..., None], path: str) -> None:
    lose("double")
    answer = student.get(path)
    assert answer.status_code == 409
    assert LOST in (answer.json["detail"] if answer.is_json else text_of(answer))


def test_mentors_still_work(mentor: Visitor, lose: Callable[..., None]) -> None:
    lose("double")
    assert mentor.get("/mentor").status_code == 200
    assert mentor.get("/mentor/problems/double.zip").status_code == 200


def test_tries_of_a_lost_version_are_shown_beside_the_readable_one(
    app: Flask, student: Visitor, submit: Callable[..., int], lose: Callable[..., None]
) -> None:
    number = submit(student, "# answers 6")
    lose("double")
    with app.app_context(), db.writing() as session:
        publish(session, "double", title="Double it again")
    for path in (f"/problems/double?submission={number}", f"/problems/double/attempts/{number}"):
        answer = student.get(path)
        assert answer.status_code == (409 if "attempts" in path else 200)
        assert LOST in text_of(answer)
    assert student.get("/problems/double").status_code == 200
    state = student.get(f"/api/v1/submissions/{number}").json
    assert state["verdict"] == "wrong answer"
    assert LOST in state["feedback"]["summary"]


def test_an_accepted_try_of_a_newer_record_keeps_its_verdict(
    app: Flask, student: Visitor, submit: Callable[..., int]
) -> None:
    number = submit(student, "def double(n): ...")
    set_all(app, Submission, record={"format": 99})
    page = text_of(student.get(f"/problems/double?submission={number}"))
    assert "Accepted What the judge said is stored in format 99" in page
    assert student.get(f"/submissions/{number}/result", fragment=True).status_code == 200


@pytest.fixture
def formats(app: Flask, published: None) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()
        with db.writing() as session:
            publish(session, "third", title="The third way")


def begin(student: Visitor, form: str = "pair-20") -> str:
    student.get(f"/interviews/new/{form}")
    answer = student.post(f"/interviews/new/{form}")
    assert answer.status_code == 303
    return str(answer.location).removesuffix("/tasks/1")


def slugs(app: Flask) -> list[str]:
    with app.app_context(), db.reading() as session:
        interview = session.scalars(sa.select(Interview).order_by(Interview.id.desc())).one()
        return [task.version.problem.slug for task in interview.tasks if task.version]


def test_interviews_draw_the_others(app: Flask, student: Visitor, formats: None, lose: Callable[..., None]) -> None:
    lose("double")
    begin(student)
    assert sorted(slugs(app)) == ["third", "window"]


def test_an_interview_that_cannot_be_drawn_says_so(student: Visitor, formats: None, lose: Callable[..., None]) -> None:
    assert "Start" in text_of(student.get("/interviews/new/pair-20"))
    lose("double", "third")
    lobby = text_of(student.get("/interviews/new/pair-20"))
    assert "too few problems for Pair-20: no problem is left for task 2" in lobby
    assert "Other interviews" in lobby
    assert "Start" not in lobby
    answer = student.post("/interviews/new/pair-20")
    assert answer.status_code == 422
    assert "too few problems" in text_of(answer)


def test_a_lost_task_stops_neither_the_other_one_nor_the_end(
    app: Flask, student: Visitor, formats: None, lose: Callable[..., None]
) -> None:
    here = begin(student)
    first, second = slugs(app)
    for number in (1, 2):
        student.post(f"{here}/tasks/{number}/sent", action="save", **{f"box:{number}:python": "mine"})
    lose(first)
    assert student.get(f"{here}/tasks/1").status_code == 409
    assert student.get(f"{here}/tasks/2").status_code == 200
    assert student.post(f"{here}/end", how="hand-in").status_code == 303
    for path in (here, f"{here}/files.zip", "/interviews", "/account/export.json", f"/api/v1{here}/replay"):
        assert student.get(path).status_code == 200, path
    with app.app_context(), db.reading() as session:
        sent = session.scalars(sa.select(Submission)).all()
        assert [one.version.problem.slug for one in sent] == [second]


def test_the_sweep_closes_the_others(
    app: Flask, make_visitor: Callable[..., Visitor], formats: None, lose: Callable[..., None]
) -> None:
    for name in ("a", "b"):
        student = make_visitor(f"{name}@example.org")
        here = begin(student)
        student.post(f"{here}/tasks/1/sent", action="save", **{"box:1:python": "mine"})
    lose("double", "window")
    with time_machine.travel(now() + timedelta(hours=2)), app.app_context(), db.writing() as session:
        for interview_id in sitting.due(session):
            sitting.close(session, session.get_one(Interview, interview_id))
        assert sitting.due(session) == []


def test_an_interview_of_a_newer_release_is_listed_and_can_be_left(app: Flask, student: Visitor, formats: None) -> None:
    here = begin(student)
    set_all(app, Interview, format={"format": 99})
    answer = student.get(f"{here}/tasks/1")
    assert answer.status_code == 409
    assert "stored in format 99" in text_of(answer)
    assert "pair-20" in text_of(student.get("/interviews"))
    assert student.get(f"{here}/end").status_code == 200
    assert student.post(f"{here}/end", how="hand-in").status_code == 303
    assert student.get(here).status_code == 409
    for path in ("/interviews", "/account/export.json", "/api/v1/interviews"):
        assert student.get(path).status_code == 200, path
    begin(student)
