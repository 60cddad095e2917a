"""Consoles and files by the API: what a program can do, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.errors import EngineUnavailable, NoRoom
from tests.examples import make_debug, make_service
from tests.factories import publish_package
from tests.live import ScriptedSandbox, hosting
from tests.trainer.api.conftest import Student
from trainer.db import db
from trainer.web.runtime import Runtime, runtime
from trainer.work.consoles import Consoles

FILES = json.dumps({"app.py": "print(1)"})
CONSOLE = "/problems/keep-a-note/console"
GET = {"method": "GET", "path": "/notes/1"}


@pytest.fixture
def sandbox(app: Flask, bank: None) -> Iterator[ScriptedSandbox]:
    """A service and a broken one are published, and services run without boxes, two at a time."""
    made = ScriptedSandbox()
    with app.app_context():
        running, sessions = runtime(), db.sessions
        with db.writing() as session:
            publish_package(session, make_service())
            publish_package(session, make_debug())
    with hosting(sessions, running.news, made, 2) as host:
        running.consoles = Consoles(sessions, running.news, host)
        yield made


def start(student: Student, source: str = FILES) -> str:
    answer = student.post(CONSOLE, {"source": source})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def message(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.json
    return str(answer.json["detail"])


def test_a_service_is_told_with_its_files_and_steps(student: Student, sandbox: ScriptedSandbox) -> None:
    found = student.get("/problems/keep-a-note").json
    assert (found["kind"], found["languages"], found["signature"]) == ("service", ["files"], None)
    assert set(json.loads(found["starters"]["files"])) == {"app.py", "notes.py"}
    assert [sample["name"] for sample in found["samples"]] == ["A note that was sent can be read."]
    assert "outlives" not in json.dumps(found).replace("Notes outlive", "")


def test_a_broken_one_does_not_tell_its_cause(student: Student, sandbox: ScriptedSandbox) -> None:
    found = student.get("/problems/page-two").json
    assert "skips the ten rows" not in json.dumps(found)
    assert "right" not in json.dumps(found["starters"])
    service = found["service"]
    assert service["evidence"]
    assert len(service["cause"]["choices"]) >= 2
    assert service["most_changed_lines"] > 0
    assert service["start"]


def test_a_service_is_tried_out(student: Student, sandbox: ScriptedSandbox) -> None:
    answer = student.post(CONSOLE, {"source": FILES})
    assert answer.status_code == 201, answer.json
    assert answer.json["state"] == {"running": True, "log": "listening\n", "end": 10, "why": ""}
    name = answer.json["id"]
    body = {"method": "POST", "path": "/notes", "headers": "X-Mine: 1", "body": '{"text": "amber"}'}
    told = student.post(f"/consoles/{name}/requests", body).json
    assert told["reason"] == ""
    assert (told["exchange"]["status"], told["exchange"]["body"]) == (200, '{"id": 1}')
    assert told["exchange"]["request_headers"] == [["X-Mine", "1"], ["Content-Type", "application/json"]]
    assert student.get(f"/consoles/{name}", query_string={"since": 10}).json["log"] == "POST /notes\n"
    assert student._client.delete(f"/api/v1/consoles/{name}", headers=student._headers).status_code == 204
    assert sandbox.running == []
    assert message(student.get(f"/consoles/{name}"), 404) == "Your service is not there any more. Start it again."


def test_trying_out_counts_as_no_try(student: Student, sandbox: ScriptedSandbox) -> None:
    start(student)
    assert student.get("/progress").json["tries"] == 0


def test_a_second_start_ends_the_first(student: Student, sandbox: ScriptedSandbox) -> None:
    first, second = start(student), start(student)
    assert student.get(f"/consoles/{first}").status_code == 404
    assert student.get(f"/consoles/{second}").status_code == 200


def test_other_peoples_consoles_are_not_there(student: Student, other: Student, sandbox: ScriptedSandbox) -> None:
    name = start(student)
    assert message(other.get(f"/consoles/{name}"), 404)
    assert message(other.post(f"/consoles/{name}/requests", GET), 404)
    assert other._client.delete(f"/api/v1/consoles/{name}", headers=other._headers).status_code == 404
    assert student.get(f"/consoles/{name}").status_code == 200


def test_all_places_taken_is_busy(student: Student, other: Student, sandbox: ScriptedSandbox) -> None:
    sandbox.refuses = NoRoom("full")
    assert "All places" in message(student.post(CONSOLE, {"source": FILES}), 409)


def test_no_engine_is_said_and_is_no_fault_of_the_student(student: Student, sandbox: ScriptedSandbox) -> None:
    sandbox.refuses = EngineUnavailable("none")
    assert message(student.post(CONSOLE, {"source": FILES}), 503) == (
        "Services cannot be started at the moment. Your files are safe; try again in a moment."
    )


def test_a_lost_box_is_said(student: Student, sandbox: ScriptedSandbox) -> None:
    name = start(student)
    sandbox.opened[0].lost = True
    assert "Start it again" in message(student.post(f"/consoles/{name}/requests", GET), 404)


@pytest.mark.parametrize(
    ("source", "status", "words"),
    [
        ("", 422, "no JSON"),
        ("{}", 422, "There are no files"),
        ('{"../a.py": "x"}', 422, "no folder above, no dot first"),
        ('{"/etc/passwd": "x"}', 422, "no folder above"),
        ('{".env": "x"}', 422, "no dot first"),
        ('{"a": "x", "a/b": "y"}', 422, "a is a file and a folder at once"),
        ('{"a.png": "\\u0000"}', 422, "only text can be kept"),
        ('{"a.py": "\\ud800"}', 422, "only text can be kept"),
        (json.dumps({f"f{n}": "" for n in range(61)}), 422, "at most 60"),
        (json.dumps({"a.py": "x" * 70_000}), 422, "more than 64 KB together"),
        ("\x00", 422, "NUL"),
    ],
)
def test_files_that_cannot_be_taken_are_named(
    student: Student, sandbox: ScriptedSandbox, source: str, status: int, words: str
) -> None:
    answer = student.post(CONSOLE, {"source": source})
    assert words in message(answer, status)
    assert answer.json["errors"][0]["field"] == "source"
    assert sandbox.opened == []


def test_a_megabyte_of_files_is_refused_by_every_door(student: Student, sandbox: ScriptedSandbox) -> None:
    large = json.dumps({f"f{n}.py": "x" * 50_000 for n in range(18)})
    sent = {"language": "files", "source": large}
    assert "At most 160 KB can be judged" in message(student.post("/problems/keep-a-note/submissions", sent), 413)
    draft = student.put("/problems/keep-a-note/draft", sent | {"base_revision": 0})
    assert "At most 160 KB are kept" in message(draft, 413)
    assert "64 KB together" in message(student.post(CONSOLE, {"source": large}), 422)
    assert "Nothing was changed" in message(student.post(CONSOLE, {"source": large * 2}), 413)


@pytest.mark.parametrize(
    ("request_", "status", "field"),
    [
        ({"method": "FETCH"}, 422, "method"),
        ({"method": "x" * 21}, 422, "method"),
        ({"path": "notes"}, 422, "path"),
        ({"path": "/" + "x" * 2000}, 422, "path"),
        ({"headers": "none"}, 422, "headers"),
        ({"headers": "x" * 8001}, 422, "headers"),
        ({"body": "x" * 65537}, 422, "body"),
        ({"body": "\x00"}, 422, "body"),
        ({"body": "\ud800"}, 422, "body"),
        ({"extra": 1}, 422, "extra"),
        ({"path": 7}, 422, "path"),
        ([GET], 422, None),
    ],
)
def test_requests_that_cannot_be_sent_name_the_field(
    student: Student, sandbox: ScriptedSandbox, request_: Any, status: int, field: str | None
) -> None:
    answer = student.post(f"/consoles/{start(student)}/requests", request_)
    assert message(answer, status)
    assert field is None or answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "9" * 40])
def test_an_odd_place_in_the_log_is_refused_or_empty(student: Student, sandbox: ScriptedSandbox, since: str) -> None:
    answer = student.get(f"/consoles/{start(student)}", query_string={"since": since})
    assert answer.status_code == 422 or answer.json["log"] == ""


def test_only_services_can_be_tried_out(student: Student, sandbox: ScriptedSandbox) -> None:
    assert "no service" in message(student.post("/problems/double/console", {"source": "x"}), 422)
    assert message(student.post("/problems/none/console", {"source": FILES}), 404)


@pytest.mark.parametrize("path", ["problems/keep-a-note/console", "consoles/x/requests", "consoles/x"])
def test_whoever_is_not_signed_in_is_told_so(client: FlaskClient, sandbox: ScriptedSandbox, path: str) -> None:
    headers = {"Authorization": "Bearer trainer_forged"}
    method = "GET" if path.endswith("/x") else "POST"
    answer = client.open(
        f"/api/v1/{path}", method=method, json={"source": FILES} if "console" in path else GET, headers=headers
    )
    assert answer.status_code in (401, 422)


def test_files_that_cannot_be_read_are_a_compile_error(
    student: Student, sandbox: ScriptedSandbox, judges: Runtime
) -> None:
    sent = student.post("/problems/keep-a-note/submissions", {"language": "files", "source": '{"../a.py": "x"}'})
    feedback = student.wait(sent.json)["feedback"]
    assert feedback["verdict"] == "compile error"
    assert "'../a.py'" in feedback["compile_output"]


def test_consoles_are_described(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    paths = spec["paths"]
    assert set(paths["/api/v1/problems/{slug}/console"]["post"]["responses"]) == {
        "201", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503", "default",
    }  # fmt: skip
    assert set(paths["/api/v1/consoles/{console_id}"]) >= {"get", "delete"}
    assert set(paths["/api/v1/consoles/{console_id}/requests"]["post"]["responses"]) >= {"200", "404", "422", "429"}
