"""An interview from beginning to end by the API, with nothing told that its room does not show."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox.languages import languages
from tests.factories import small_interviews
from tests.trainer.api.conftest import Student
from trainer.db import db
from trainer.models import Interview
from trainer.services import accounts
from trainer.services.interviews import rubric
from trainer.web.runtime import Runtime, runtime

RIGHT, WRONG = "def double(n): ...", "# answers 6 \n"


@pytest.fixture(autouse=True)
def formats(app: Flask) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()


def begin(student: Student, form: str) -> str:
    answer = student.post("/interviews", {"format": form})
    assert answer.status_code == 201, answer.json
    return f"/interviews/{answer.json['id']}"


def test_formats_are_listed(student: Student) -> None:
    found = {one["id"]: one for one in student.get("/interviews/formats").json["formats"]}
    assert list(found) == ["pair-20", "live-10", "silent-10", "talk-10", "demo"]
    assert found["pair-20"]["tasks"] == [{"kinds": ["function"], "minutes": 10, "points": 50}] * 2
    assert (found["live-10"]["reveal"], found["live-10"]["possible"]) == ("live", True)
    assert found["talk-10"]["tasks"][0]["kinds"] == ["question"]


def test_a_task_is_told_as_its_room_shows_it(student: Student, app: Flask) -> None:
    path = begin(student, "pair-20")
    task = student.get(f"{path}/tasks/1").json
    assert task["statement"]
    assert task["statement_html"].startswith("<p>")
    assert task["signature"] == "double(number: int) -> int"
    assert "def double" in task["starters"]["python"]
    assert task["samples"] == [{"name": "three", "input": "number = 3", "expected": "6"}]
    assert [slot["name"] for slot in task["texts"]] == list(languages())
    with app.app_context(), db.reading() as session:
        drawn = session.scalars(sa.select(Interview)).one().tasks
        slugs = [one.version.problem.slug for one in drawn if one.version]
    told = json.dumps([task, student.get(f"{path}/tasks/2").json])
    for word in (
        *(f'"{slug}"' for slug in slugs),
        "below zero",
        "What is twice?",
        "Multiply by two",
        "arrays",
        "queues",
    ):
        assert word not in told
    assert student.get(f"{path}/tasks/3").status_code == 404


def test_where_nothing_is_told_there_are_no_samples(student: Student) -> None:
    task = student.get(f"{begin(student, 'silent-10')}/tasks/1").json
    assert (task["reveal"], task["samples"]) == ("none", [])
    assert [(slot["name"], slot["title"]) for slot in task["texts"]] == [
        *((name, "") for name in languages()),
        ("plan", "Plan"),
    ]


def test_a_question_is_told_without_what_is_strong(student: Student) -> None:
    path = begin(student, "talk-10")
    task = student.get(f"{path}/tasks/1").json
    assert (task["kind"], task["statement"], task["languages"]) == ("question", "What broke first?", [])
    assert "names one thing" not in json.dumps(task)
    student.put(f"{path}/tasks/1/texts/words", {"source": "The cache."})
    student.post(f"{path}/hand-in", None)
    report = student.get(f"{path}/report").json
    assert report["score"] is None
    assert report["tasks"][0]["strong"] == ["It names one thing.", "With figures."]
    assert report["tasks"][0]["texts"] == {"words": "The cache."}


def test_an_interview_is_sat_to_its_report(student: Student, judges: Runtime) -> None:
    path = begin(student, "pair-20")
    state = student.wait(student.post(f"{path}/tasks/1/submissions", {"language": "python", "source": RIGHT}).json)
    assert (state["status"], state["verdict"]) == ("judged", None)
    last = student.post(f"{path}/tasks/2/submissions", {"language": "python", "source": WRONG}).json
    student.wait(last)
    assert student.get(f"{path}/report").status_code == 404
    student.post(f"{path}/hand-in", None)
    report = student.get(f"{path}/report").json
    assert (report["ending"], report["sent"], report["waiting"]) == ("handed in", 2, 0)
    first, second = report["tasks"]
    assert (first["verdict"], first["correctness"], first["most_correctness"]) == ("accepted", 40, 40)
    assert (second["verdict"], second["submission"], second["source"]) == ("wrong answer", last["id"], WRONG)
    assert 50 <= report["score"] < 100
    assert report["formula"]
    assert report["next"]
    assert {one["id"] for one in report["rubric"]} == {"solving", "code"}


def test_a_report_tells_what_was_said_and_what_counted(student: Student) -> None:
    path = begin(student, "silent-10")
    student.put(f"{path}/tasks/1/texts/plan", {"source": "First the small case."})
    student.put(f"{path}/tasks/1/texts/python", {"source": RIGHT})
    student.post(f"{path}/hand-in", None)
    report = student.get(f"{path}/report").json
    assert (report["sent"], report["waiting"], report["score"]) == (1, 1, None)
    task = report["tasks"][0]
    assert (task["texts"], task["source"], task["by_bell"]) == ({"plan": "First the small case."}, RIGHT, True)


def test_the_rubric_is_filled_in_when_it_is_over(
    student: Student, make_student: Callable[[str], Student], app: Flask
) -> None:
    path = begin(student, "pair-20")
    entry = {"level": 1, "remark": "It asked first."}
    assert student.put(f"{path}/rubric/solving", entry).status_code == 422
    student.post(f"{path}/hand-in", None)
    assert student.put(f"{path}/rubric/solving", entry).status_code == 204
    assert student.put(f"{path}/rubric/solving", {"level": 2}).status_code == 422
    assert student.put(f"{path}/rubric/none", entry).status_code == 404
    reader = make_student("bo@example.org")
    for answer in (
        reader.get(f"{path}/report"),
        reader.put(f"{path}/rubric/code", entry),
        reader.get(f"{path}/tasks/1"),
    ):
        assert answer.status_code == 404
    assert reader.post(f"{path}/reader", None).status_code == 404
    open_link(app, student.post(f"{path}/reader", None).json["link"])
    assert reader.put(f"{path}/rubric/code", entry).status_code == 204
    readings = reader.get(f"{path}/report").json["readings"]
    assert [(one["is_student"], one["entries"][0]["criterion"]) for one in readings] == [
        (True, "solving"),
        (False, "code"),
    ]
    assert reader.get(f"{path}/tasks/1").status_code == 404
    assert reader.get(f"{path}/files").status_code == 404
    assert reader.delete(f"{path}/reader").status_code == 404
    assert student.delete(f"{path}/reader").status_code == 204
    assert reader.get(f"{path}/report").status_code == 404


def test_all_of_an_interview_can_be_taken_out_as_files(student: Student) -> None:
    path = begin(student, "talk-10")
    student.put(f"{path}/tasks/1/texts/words", {"source": "The cache."})
    assert student.get(f"{path}/files").status_code == 404
    student.post(f"{path}/hand-in", None)
    with student.get(f"{path}/files", buffered=True) as answer:
        assert answer.mimetype == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert any("The cache." in archive.read(name).decode() for name in archive.namelist())


def open_link(app: Flask, link: str) -> None:
    """As the reader does it, in a browser."""
    with app.app_context(), db.writing() as session:
        reader = accounts.find_by_email(session, "bo@example.org")
        assert reader is not None
        rubric.open_by_link(session, reader, link.rpartition("/")[2])


def test_a_report_waits_while_it_shares_a_task_with_what_is_sat(student: Student) -> None:
    path = begin(student, "talk-10")
    student.post(f"{path}/hand-in", None)
    assert student.get(f"{path}/report").status_code == 200
    again = begin(student, "talk-10")
    for place in ("report", "tasks/1", "replay"):
        answer = student.get(f"{path}/{place}")
        assert (answer.status_code, answer.json["code"]) == (409, "in_your_interview")
    assert student.put(f"{path}/rubric/code", {"level": 1}).status_code == 409
    assert student.get(f"{again}/tasks/1").status_code == 200
