"""The JSON API: what a program can do, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from sandbox.backends.stub import StubBackend
from tests.examples import make_service
from tests.factories import make_package, make_quiz, make_worker, publish_package
from tests.trainer.api.conftest import Student
from tests.trainer.web.test_server import until
from trainer.bank.files import load_folder
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.db import db
from trainer.models import OldestVersion
from trainer.services.sorts import SORTS
from trainer.web.runtime import Runtime, runtime
from trainer.web.same_key import KeyWatch
from trainer.web.stream import STREAMS

RIGHT, WRONG, RAISES = "def double(n): ...", "# answers 6 \n", "# raises"


@pytest.fixture
def quiz(app: Flask) -> Problem:
    """A published quiz, as its author knows it."""
    package = make_quiz()
    with app.app_context(), db.writing() as session:
        publish_package(session, package)
    return read_package(package.files, package.slug)


def test_problems_are_listed_and_filtered(student: Student) -> None:
    def slugs(**query: Any) -> set[str]:
        return {p["slug"] for p in student.get("/problems", query_string=query).json["problems"]}

    assert slugs() == {"double", "by-name", "in-the-dark", "warm"}
    assert slugs(topic="queues") == {"by-name", "in-the-dark"}
    assert slugs(topic=["queues", "arrays"], difficulty="medium") == {"by-name"}
    assert slugs(q="DARK") == {"in-the-dark"}
    assert slugs(q="twice % _") == slugs()  # signs are no words
    assert slugs(q="twice_dark") == {"in-the-dark"}
    assert slugs(q="wice") == set()
    assert slugs(state="tried") == set()


def test_a_problem_tells_what_one_needs_and_no_hidden_case(student: Student) -> None:
    found = student.get("/problems/double").json
    assert found["signature"] == "double(number: int) -> int"
    assert "def double(number: int) -> int:" in found["starters"]["python"]
    assert found["samples"] == [{"name": "three", "input": "number = 3", "expected": "6"}]
    assert "below zero" not in json.dumps(found)


def test_a_query_is_told_what_it_can_ask(student: Student, app: Flask) -> None:
    package = load_folder(Path(__file__).parents[3] / "problems" / "stopped-ordering")
    with app.app_context(), db.writing() as session:
        publish_package(session, package)
    database = student.get("/problems/stopped-ordering").json["database"]
    assert [table["name"] for table in database["tables"]] == ["customers", "orders"]
    assert database["tables"][1]["columns"][1]["references"] == "customers.id"
    assert database["samples"][0]["customers"][0] == ["1", "Ada Lind"]
    assert student.get("/problems/double").json["database"] is None


def test_a_quiz_is_told_with_its_questions_and_without_its_answers(student: Student, quiz: Problem) -> None:
    found = student.get("/problems/small-quiz").json
    assert (found["kind"], found["signature"], found["languages"]) == ("quiz", None, ["answers"])
    assert found["time_limit_s"] > 0
    told = {question["name"]: question for question in found["questions"]}
    assert list(told) == [question.name for question in quiz.questions]
    for question in quiz.questions:
        one = told[question.name]
        assert set(one) == {"name", "type", "ask_html", "choices", "lefts", "unit"}
        assert {choice["id"] for choice in one["choices"]} == {choice.id for choice in question.choices}
        assert all(set(choice) == {"id", "text"} for choice in one["choices"] + one["lefts"])
    assert told["what a created thing answers"]["ask_html"].startswith("<p><code>POST /things</code>")
    order = next(question for question in quiz.questions if question.type == "order")
    assert [choice["id"] for choice in told[order.name]["choices"]] != [choice.id for choice in order.choices]
    assert told["how long it waits"]["unit"] == "seconds"
    text = json.dumps(found)
    for answer in ("17.5", "Location", "It names what there is now", "Gone is gone", "An answer needs a question"):
        assert answer not in text
    assert student.get("/problems/double").json["questions"] == []


def test_answers_to_a_quiz_are_marked(student: Student, quiz: Problem, judges: Runtime) -> None:
    single, *_ = quiz.questions
    answers = json.dumps({single.name: single.choices[1].id, "how long it waits": 17.5})
    state = student.wait(student.submit(answers, "small-quiz", language="answers"))
    assert (state["verdict"], state["score"]) == ("wrong answer", pytest.approx(1 / 6))
    told = {question["name"]: question for question in state["feedback"]["questions"]}
    assert told["how long it waits"]["right"]
    assert [part["why"] for part in told[single.name]["parts"]] == ["It says less than it could."]
    assert "It names what there is now" not in json.dumps(state)


def test_answers_to_another_question_are_told(student: Student, quiz: Problem, judges: Runtime) -> None:
    state = student.wait(student.submit('{"how long it wait": "1"}', "small-quiz", language="answers"))
    assert state["verdict"] == "compile error"
    assert "did you mean 'how long it waits'?" in state["feedback"]["compile_output"]


def test_a_quiz_cannot_be_run(student: Student, quiz: Problem) -> None:
    answer = student.post("/problems/small-quiz/runs", {"language": "answers", "source": "{}"})
    assert answer.status_code == 422
    assert answer.json["detail"] == "A quiz has nothing to run: submit your answers."


def test_a_right_submission_is_accepted(student: Student, judges: Runtime) -> None:
    state = student.wait(student.submit(RIGHT))
    assert (state["verdict"], state["score"]) == ("accepted", 1.0)
    assert state["feedback"]["hidden"] == {"passed": 3, "total": 3}
    listed = student.get("/problems", query_string={"state": "accepted"}).json["problems"]
    assert [problem["slug"] for problem in listed] == ["double"]


def test_a_wrong_one_says_which_case_failed_first(student: Student, judges: Runtime) -> None:
    state = student.wait(student.submit(WRONG))
    assert state["verdict"] == "wrong answer"
    failure = state["feedback"]["failure"]
    assert (failure["name"], failure["group"]) == ("nothing", "hidden")
    assert "".join(part["text"] for part in failure["got"]) == "6"


@pytest.mark.parametrize(("slug", "name"), [("by-name", "nothing"), ("in-the-dark", None)])
def test_a_policy_hides_what_it_should(student: Student, judges: Runtime, slug: str, name: str | None) -> None:
    state = student.wait(student.submit(RAISES, slug))
    told = json.dumps(state["feedback"]["failure"]) + json.dumps(state["feedback"]["casebar"])
    assert "no 0" not in json.dumps(state)
    assert ("nothing" in told) == (name is not None)


def test_a_run_uses_samples_and_own_input(student: Student, judges: Runtime) -> None:
    state = student.wait(student.submit(RIGHT, what="runs", own_inputs=[{"number": "21"}]))
    feedback = state["feedback"]
    assert [case["name"] for case in feedback["samples"]] == ["three"]
    assert "".join(part["text"] for part in feedback["own"][0]["got"]) == "42"
    assert feedback["own"][0]["verdict"] is None
    assert feedback["hidden"]["total"] == 0
    assert student.get("/progress").json["tries"] == 0


def test_own_input_that_does_not_fit_is_refused_with_the_fix(student: Student) -> None:
    answer = student.post(
        "/problems/double/runs", {"language": "python", "source": "x", "own_inputs": [{"number": "[1]"}]}
    )
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "number"


def test_progress_counts_by_topic(student: Student, judges: Runtime) -> None:
    student.wait(student.submit(WRONG))
    student.wait(student.submit(RIGHT))
    student.wait(student.submit(WRONG, "by-name"))
    found = student.get("/progress").json
    rows = {row["topic"]: row for row in found["topics"]}
    assert (rows["arrays"]["solved"], rows["arrays"]["attempted"], rows["arrays"]["tries"]) == (1, 1, 2)
    assert (rows["queues"]["solved"], rows["queues"]["attempted"], rows["queues"]["tries"]) == (0, 1, 1)
    assert rows["queues"]["next"] == found["next"] == "by-name"


def test_events_come_one_by_one_and_end_with_the_verdict(student: Student, judges: Runtime) -> None:
    events = student.submit(RIGHT)["events"].removeprefix("/api/v1")
    with student.get(events, buffered=False) as stream:
        assert stream.is_streamed
        assert "event: judged" in "".join(map(bytes.decode, stream.iter_encoded()))
    for _ in range(2 * STREAMS):
        student.get(events).close()
    assert student.get(events).status_code == 200


def test_other_peoples_submissions_do_not_exist(student: Student, other: Student, judges: Runtime) -> None:
    sent = student.submit(RIGHT)
    student.wait(sent)
    assert other.get(f"/submissions/{sent['id']}").status_code == 404
    assert other.get(f"/runs/{sent['id']}").status_code == 404
    assert student.get(f"/runs/{sent['id']}").status_code == 404
    assert other.get("/submissions").json == {"submissions": [], "next": None}
    assert len(student.get("/submissions").json["submissions"]) == 1


def test_one_submission_at_a_time(student: Student) -> None:
    student.submit(RIGHT)
    answer = student.post("/problems/double/submissions", {"language": "python", "source": RIGHT})
    assert (answer.status_code, answer.json["code"]) == (409, "busy")


def test_submissions_wait_while_the_engine_is_away(student: Student, judges: Runtime, backend: StubBackend) -> None:
    backend.available = False
    sent = student.submit(RIGHT)
    state = student.get(f"/submissions/{sent['id']}").json
    assert state["verdict"] is None
    backend.available = True
    assert student.wait(sent)["verdict"] == "accepted"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"language": "python", "source": "x" * (64 * 1024 + 1)}, 413, "source"),
        ({"language": "cobol", "source": "x"}, 422, "language"),
        ({"language": "python"}, 422, "source"),
        ({"language": "python", "source": 7}, 422, "source"),
        ({"language": "python", "source": "x", "extra": 1}, 422, "extra"),
        ([], 422, None),
        ("text", 422, None),
        (None, 422, "source"),
    ],
)
def test_bodies_that_cannot_be_used_are_refused(student: Student, body: Any, status: int, field: str | None) -> None:
    answer = student.post("/problems/double/submissions", body)
    assert answer.status_code == status
    assert answer.json["detail"]
    assert field is None or field in [error["field"] for error in answer.json["errors"]]


def test_a_byte_order_mark_is_not_kept(student: Student) -> None:
    answer = student.post("/problems/double/submissions", {"language": "python", "source": "\ufeff" + RIGHT})
    assert answer.status_code == 202
    assert student.get(answer.json["url"].removeprefix("/api/v1")).json["source"] == RIGHT


@pytest.mark.parametrize("source", ["\x00", "a\ud800b"])
def test_code_that_cannot_be_kept_is_refused(student: Student, source: str) -> None:
    answer = student.post("/problems/double/submissions", {"language": "python", "source": source})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "source")


@pytest.mark.parametrize("source", ["", "naïve = '✓'", "x = 1\r\n", "\u202e", "\ufffe"])
def test_any_text_can_be_sent(student: Student, judges: Runtime, source: str) -> None:
    assert student.wait(student.submit(source))["source"] is not None


def test_a_body_of_many_megabytes_is_refused(client: FlaskClient, student: Student) -> None:
    answer = student.post("/problems/double/submissions", {"language": "python", "source": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "Nothing was changed" in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/problems/none", 404),
        ("GET", "/problems/..%2f..%2fetc%2fpasswd", 404),
        ("POST", "/problems/none/runs", 404),
        ("GET", "/submissions/99999999999999999999", 404),
        ("GET", "/submissions/abc", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "/problems", 405),
        ("PUT", "/progress", 405),
    ],
)
def test_unknown_things_are_json_errors(
    client: FlaskClient, student: Student, method: str, path: str, status: int
) -> None:
    body = {"language": "python", "source": "x"} if method == "POST" else None
    answer = client.open(f"/api/v1{path}", method=method, json=body, headers=student._headers)
    assert answer.status_code == status
    assert answer.json["detail"]


def test_a_body_that_is_no_json_is_refused_with_the_fix(client: FlaskClient, student: Student) -> None:
    answer = client.post("/api/v1/problems/double/runs", data="language=python", headers=student._headers)
    assert (answer.status_code, answer.json["code"]) == (415, "not_json")
    assert "application/json" in answer.json["detail"]


@pytest.mark.parametrize("path", ["/progress", "/submissions", "/problems/double/draft"])
def test_what_is_personal_needs_a_sign_in(client: FlaskClient, bank: None, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")


def test_a_key_that_is_none_is_refused(client: FlaskClient, bank: None) -> None:
    headers = {"Authorization": "Bearer trainer_forged"}
    assert client.get("/api/v1/progress", headers=headers).status_code == 401


def test_a_cookie_alone_cannot_post(client: FlaskClient, bank: None) -> None:
    client.get("/sign-in")
    answer = client.post("/api/v1/problems/warm/submissions", json={"language": "python", "source": "x"})
    assert (answer.status_code, answer.json["code"]) == (400, "csrf")


def test_drafts_by_the_api(student: Student) -> None:
    def put(source: str, base: int, **more: Any) -> Any:
        body = {"language": "python", "source": source, "base_revision": base} | more
        return student.put("/problems/double/draft", body)

    assert student.get("/problems/double/draft").status_code == 404
    assert put("a", 0).json["revision"] == 1
    assert put("b", 1, device="phone").json["revision"] == 2
    refused = put("c", 1)
    assert refused.status_code == 409
    assert (refused.json["newer"]["source"], refused.json["code"]) == ("b", "newer_draft")
    assert put("c", 1, force=True).json["revision"] == 3
    assert student.get("/problems/double/draft").json["source"] == "c"


def test_the_description_is_openapi_3_1(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    assert spec["openapi"].startswith("3.1")
    assert {"/api/v1/problems", "/api/v1/progress", "/api/v1/problems/{slug}/runs"} <= set(spec["paths"])
    assert "/api/v1/submissions/{submission_id}" in spec["paths"]


def test_health(client: FlaskClient, judges: Runtime, backend: StubBackend) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    backend.available = False
    until(lambda: client.get("/readyz").status_code == 503, "not ready")
    assert client.get("/readyz").json["workers"] == {"present": 1, "able": 0}
    assert client.get("/readyz").json["sandbox"]["away"] == list(SORTS)


def test_whoever_waits_for_boxes_that_nobody_has_is_told_so(app: Flask, student: Student) -> None:
    """And by its stream as well; who sends a function is not told of it."""
    with app.app_context(), db.writing() as session:
        publish_package(session, make_service())
        publish_package(session, make_package("triple"))
        make_worker(session)
    body = {"language": "files", "source": json.dumps({"app.py": "x", "notes.py": "y"})}
    sent = student.post("/problems/keep-a-note/submissions", body).json
    state = student.get(sent["url"].removeprefix("/api/v1")).json
    assert (state["status"], state["waiting"]) == ("queued", True)
    assert state["why"].startswith("Services cannot be judged at the moment, because the sandboxes")
    other = student.post("/problems/triple/submissions", {"language": "python", "source": "x"}).json
    state = student.get(other["url"].removeprefix("/api/v1")).json
    assert (state["status"], state["waiting"], state["why"]) == ("queued", False, "")


def test_ready_is_who_can_judge_something_and_says_what_not(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.writing() as session:
        make_worker(session)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert answer.json["sandbox"]["away"] == ["service"]


def test_a_server_to_which_no_worker_belongs_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "waiting")
    assert answer.json["workers"] == {"present": 0, "able": 0}


def test_a_server_that_is_older_than_the_tables_is_not_ready_and_says_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(OldestVersion))
        session.add(OldestVersion(revision="z001"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["status"] == "too old"
    assert "Update this server" in answer.json["database"]
    assert client.get("/healthz").status_code == 200


def test_a_server_with_another_secret_key_is_not_ready_and_the_others_say_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.writing() as session:
        make_worker(session)
        mine = runtime().key_watch
        other = KeyWatch(db.sessions, "another key")
    mine.look()
    other.look()
    mine.look()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["secret_key"].startswith("Another server has another TRAINER_SECRET_KEY")
    assert other.is_other
    with app.app_context():
        runtime().key_watch = other
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "other key")
    assert answer.json["secret_key"].startswith("The TRAINER_SECRET_KEY of this server is not that of the others")
