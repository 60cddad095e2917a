"""Interviews by the API: the server's clock, what is kept, what is told, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from sandbox.languages import languages
from tests.factories import small_interviews
from tests.trainer.api.conftest import Student
from trainer.clock import now
from trainer.db import db
from trainer.models import Interview, Submission
from trainer.web.runtime import Runtime, runtime

RIGHT, WRONG = "def double(n): ...", "# answers 6 \n"


@pytest.fixture(autouse=True)
def formats(app: Flask) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()


def begin(student: Student, form: str = "pair-20") -> dict[str, Any]:
    answer = student.post("/interviews", {"format": form})
    assert answer.status_code == 201, answer.json
    found: dict[str, Any] = answer.json
    return found


def put(student: Student, interview: dict[str, Any], text: str, base: int = 0, at: str = "1/texts/python") -> Any:
    path = f"/interviews/{interview['id']}/tasks/{at}"
    return student.put(path, {"source": text, "base_revision": base, "device": "test"})


def send(student: Student, interview: dict[str, Any], source: str, what: str = "submissions", **more: Any) -> Any:
    path = f"/interviews/{interview['id']}/tasks/1/{what}"
    return student.post(path, {"language": "python", "source": source} | more)


def slug_of(app: Flask, interview: dict[str, Any], number: int = 1) -> str:
    with app.app_context(), db.reading() as session:
        version = session.get_one(Interview, interview["id"]).tasks[number - 1].version
        assert version is not None
        return version.problem.slug


def sweep(app: Flask, judges: Runtime) -> None:
    assert judges.worker is not None
    with app.app_context():
        judges.worker._look_around()


def test_begun_twice_it_is_one(student: Student) -> None:
    first, second = begin(student), student.post("/interviews", {"format": "pair-20"})
    assert (second.status_code, second.json["id"]) == (200, first["id"])
    assert second.headers["Location"] == f"/api/v1/interviews/{first['id']}"
    assert [task["number"] for task in first["tasks"]] == [1, 2]
    assert student.post("/interviews", {"format": "live-10"}).status_code == 409
    assert student.post("/interviews", {"format": "nothing"}).status_code == 404


def test_the_clock_is_the_servers(student: Student) -> None:
    moment = now()
    with time_machine.travel(moment, tick=False):
        found = begin(student)
    bell, at = datetime.fromisoformat(found["bell_at"]), datetime.fromisoformat(found["now"])
    assert (at, bell) == (moment, moment + timedelta(minutes=20))
    assert [bell - datetime.fromisoformat(one) for one in found["warnings"]] == [
        timedelta(minutes=minutes) for minutes in (10, 5, 1)
    ]


def test_what_was_acknowledged_comes_back(student: Student) -> None:
    found = begin(student)
    assert put(student, found, "one").json["revision"] == 1
    assert put(student, found, "two", base=1).json["revision"] == 2
    newer = put(student, found, "three", base=1)
    assert newer.status_code == 409
    assert newer.json["newer"]["source"] == "two"
    assert student.get(f"/interviews/{found['id']}/tasks/1/texts/python").json["source"] == "two"
    assert put(student, found, "note", at="0/texts/scratchpad").status_code == 200


def test_after_the_bell_nothing_counts_and_nothing_is_lost(student: Student, app: Flask, judges: Runtime) -> None:
    found = begin(student)
    put(student, found, "# in time")
    with time_machine.travel(now() + timedelta(minutes=20), tick=True):
        late = put(student, found, "# too late", base=1)
        assert late.json["late"] is True
        assert send(student, found, RIGHT).json["code"] == "interview_over"
        sweep(app, judges)
        sweep(app, judges)
    with app.app_context(), db.reading() as session:
        sent = session.scalars(sa.select(Submission)).all()
        assert [(one.source, one.at_bell) for one in sent] == [("# in time", True)]
    state = student.get(f"/interviews/{found['id']}/tasks/1/texts/python").json
    assert (state["source"], state["late"]) == ("# in time", "# too late")


def test_somebody_elses_interview_is_not_there(student: Student, make_student: Callable[[str], Student]) -> None:
    found = begin(student)
    other = make_student("bo@example.org")
    assert other.get(f"/interviews/{found['id']}").status_code == 404
    assert put(other, found, "mine now").status_code == 404
    assert send(other, found, RIGHT).status_code == 404
    assert other.post(f"/interviews/{found['id']}/hand-in", {}).status_code == 404
    assert other.get("/interviews").json == {"interviews": [], "next": None}


def test_a_submission_is_told_only_as_the_format_says(student: Student, judges: Runtime) -> None:
    found = begin(student)
    sent = send(student, found, WRONG).json
    state = student.wait(sent)
    assert (state["status"], state["verdict"], state["feedback"]) == ("judged", None, None)
    assert student.get(f"/submissions/{sent['id']}").status_code == 409
    assert student.get(f"/runs/{sent['id']}").status_code == 409
    assert student.get("/submissions").json == {"submissions": [], "next": None}


def test_where_the_format_tells_at_once_the_verdict_is_told(student: Student, judges: Runtime) -> None:
    state = student.wait(send(student, begin(student, "live-10"), WRONG).json)
    assert state["verdict"] == state["feedback"]["verdict"] == "wrong answer"
    assert state["feedback"]["failure"]["shown"] is False
    assert state["feedback"]["mistake"] == ""


def test_nothing_of_a_drawn_problem_is_told_meanwhile(student: Student, app: Flask) -> None:
    found = begin(student)
    slugs = {slug_of(app, found, number) for number in (1, 2)}
    slug = min(slugs)
    for answer in (
        student.get(f"/problems/{slug}"),
        student.get(f"/problems/{slug}/draft", query_string={"language": "python"}),
        student.post(f"/problems/{slug}/runs", {"language": "python", "source": RIGHT}),
        student.post(f"/problems/{slug}/submissions", {"language": "python", "source": RIGHT}),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "in_your_interview")
    assert not slugs & {one["slug"] for one in student.get("/problems").json["problems"]}
    assert not any(slug in json.dumps(found) for slug in slugs)
    student.post(f"/interviews/{found['id']}/hand-in", {})
    assert student.get(f"/problems/{slug}").status_code == 200


def test_handing_in_twice_is_handing_in_once(student: Student, app: Flask) -> None:
    found = begin(student)
    put(student, found, RIGHT)
    first = student.post(f"/interviews/{found['id']}/hand-in", {}).json
    second = student.post(f"/interviews/{found['id']}/hand-in", {}).json
    assert first["ending"] == second["ending"] == "handed in"
    assert first["seconds_left"] == 0
    with app.app_context(), db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Submission)) == 1


def test_leaving_is_told_and_submits_nothing(student: Student, app: Flask) -> None:
    found = begin(student)
    put(student, found, RIGHT)
    assert student.post(f"/interviews/{found['id']}/abandon", {}).json["ending"] == "abandoned"
    with app.app_context(), db.reading() as session:
        assert session.scalars(sa.select(Submission)).all() == []


@pytest.mark.parametrize(
    ("at", "status"), [("1/texts/cobol", 404), ("3/texts/python", 404), ("0/texts/python", 404), ("1/texts/words", 404)]
)
def test_nothing_is_typed_where_nothing_is_asked(student: Student, at: str, status: int) -> None:
    assert put(student, begin(student), "x", at=at).status_code == status


@pytest.mark.parametrize("text", ["a\x00b", "x" * 200_000])
def test_what_cannot_be_kept_is_refused_with_the_reason(student: Student, text: str) -> None:
    answer = put(student, begin(student), text)
    assert answer.status_code in (413, 422)
    assert answer.json["detail"]


def test_what_happened_is_recorded_and_replayed_when_it_is_over(
    student: Student, make_student: Callable[[str], Student]
) -> None:
    found = begin(student)
    path = f"/interviews/{found['id']}"
    events = [
        {"ago": 20, "task": 1, "look": True},
        {"ago": 10, "task": 1, "name": "python", "from": 0, "to": 3, "text": "def"},
    ]
    assert student.post(f"{path}/events", {"key": "a-batch-1", "events": events}).json == {"recorded": True}
    assert student.get(f"{path}/replay").status_code == 404
    student.post(f"{path}/hand-in", {})
    told = student.get(f"{path}/replay").json
    assert told["edits"][0][1:] == [1, "python", 0, 3, "def"]
    assert {(text["task"], text["name"]) for text in told["texts"]} == {
        (task, name) for task in (1, 2) for name in languages()
    }
    other = make_student("bo@example.org")
    assert other.get(f"{path}/replay").status_code == 404
    assert other.post(f"{path}/events", {"key": "a-batch-2", "events": []}).status_code == 404


@pytest.mark.parametrize(
    "event", [{"task": 1, "ago": -1}, {"task": "x"}, {"task": 1, "colour": 2}, {"task": 9, "look": True}]
)
def test_events_that_are_none_are_refused(student: Student, event: dict[str, Any]) -> None:
    found = begin(student)
    answer = student.post(f"/interviews/{found['id']}/events", {"key": "a-batch-1", "events": [event]})
    assert answer.status_code == 422
