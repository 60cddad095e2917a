"""Lists: filters, orders, pages, and answers that have not changed."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_quiz, publish, publish_package
from tests.trainer.api.conftest import Student
from trainer.clock import now
from trainer.db import db
from trainer.models import Problem, Submission
from trainer.services import attempts
from trainer.services.paging import PAGE


def slugs(student: Student, **query: Any) -> list[str]:
    answer = student.get("/problems", query_string=query)
    assert answer.status_code == 200, answer.json
    return [problem["slug"] for problem in answer.json["problems"]]


def links(answer: Any) -> dict[str, str]:
    return {relation: address for address, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])}


def follow(student: Student, address: str) -> Any:
    return student.get(address.removeprefix("/api/v1"))


def test_problems_are_filtered_and_sorted_as_on_the_page(student: Student, app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish(session, "alpha", title="Alpha", difficulty="hard")
        publish_package(session, make_quiz())
        problem_id = session.scalars(sa.select(Problem.id).where(Problem.slug == "by-name")).one()
        attempts.set_star(session, 1, problem_id, starred=True)
    assert slugs(student, starred="true") == ["by-name"]
    assert slugs(student, kind="sql") == []
    assert slugs(student, kind="quiz") == ["small-quiz"]
    assert set(slugs(student, kind=["quiz", "function"])) == set(slugs(student))
    assert slugs(student, sort="shortest")[-1] == "small-quiz"
    assert slugs(student, sort="title")[0] == "alpha"
    assert slugs(student)[-1] == "alpha"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("difficulty", "impossible"),
        ("kind", "poem"),
        ("state", "starred"),
        ("sort", "worst"),
        ("page", "0"),
        ("x", "1"),
    ],
)
def test_what_cannot_be_asked_for_is_told(student: Student, name: str, value: str) -> None:
    answer = student.get("/problems", query_string={name: value})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"].partition(".")[0] == name


def test_pages_of_problems_point_at_each_other(student: Student, app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        for number in range(PAGE):
            publish(session, f"more-{number}", title=f"More {number}")
    first = student.get("/problems", query_string={"sort": "title", "kind": ["function", "class"]})
    assert set(links(first)) == {"first", "next"}
    assert links(first)["next"] == first.json["next"]
    second = follow(student, first.json["next"])
    assert set(links(second)) == {"first", "prev"}
    assert second.json["next"] is None
    assert follow(student, links(second)["prev"]).json == first.json == follow(student, links(second)["first"]).json
    found = [problem["slug"] for page in (first, second) for problem in page.json["problems"]]
    assert len(found) == len(set(found)) == first.json["total"] == PAGE + 4


def test_pages_of_submissions_point_back_in_time(student: Student, app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        problem = session.scalars(sa.select(Problem).where(Problem.slug == "double")).one()
        about = {"user_id": 1, "problem_id": problem.id, "version_id": problem.current_id, "purpose": "submit"}
        rest = {"language": "python", "source": "x", "created_at": now(), "status": "judged", "verdict": "accepted"}
        session.execute(sa.insert(Submission), [about | rest for _ in range(PAGE + 1)])
    first = student.get("/submissions", query_string={"problem": "double"})
    assert len(first.json["submissions"]) == PAGE
    second = follow(student, links(first)["next"])
    assert (len(second.json["submissions"]), set(links(second))) == (1, {"first"})
    assert follow(student, links(second)["first"]).json == first.json


@pytest.mark.parametrize(
    "path", ["/problems", "/problems?difficulty=easy", "/problems/double", "/topics", "/openapi.json"]
)
def test_what_has_not_changed_is_not_sent_again(student: Student, client: FlaskClient, path: str) -> None:
    first = student.get(path)
    headers = student._headers | {"If-None-Match": first.headers["ETag"]}
    second = client.get(f"/api/v1{path}", headers=headers)
    assert (first.status_code, second.status_code, second.data) == (200, 304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(second.vary)
    assert client.get(f"/api/v1{path}", headers=headers | {"If-None-Match": '"other"'}).status_code == 200


def test_what_you_have_done_changes_the_list(student: Student, other: Student, app: Flask) -> None:
    before = student.get("/problems").headers["ETag"]
    with app.app_context(), db.writing() as session:
        attempts.set_star(session, 1, session.scalars(sa.select(Problem.id)).first() or 0, starred=True)
    assert student.get("/problems").headers["ETag"] != before


def test_topics_that_have_problems_are_listed(student: Student) -> None:
    found = {topic["id"]: topic for topic in student.get("/topics").json["topics"]}
    assert set(found) == {"arrays", "queues"}
    assert (found["queues"]["problems"], found["arrays"]["problems"]) == (2, 2)
    assert found["queues"]["title"]
    assert found["queues"]["group"]
