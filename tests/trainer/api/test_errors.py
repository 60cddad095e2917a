"""How programs are told that something cannot be done: one form, every input at once, in words of the API."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.trainer.api.conftest import Student

MEMBERS = {"type", "title", "status", "detail", "code", "errors"}
SUBMIT = "/problems/double/submissions"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/problems/none", None, 404, "not_found"),
        ("GET", "/nothing", None, 404, "not_found"),
        ("DELETE", "/problems", None, 405, "method_not_allowed"),
        ("POST", SUBMIT, {}, 422, "invalid"),
        ("POST", SUBMIT, {"language": "python", "source": "x" * 70_000}, 413, "too_large"),
        ("GET", "/problems?q=%00", None, 400, "bad_request"),
    ],
)
def test_every_error_has_one_form(
    student: Student, client: FlaskClient, method: str, path: str, body: Any, status: int, code: str
) -> None:
    answer = client.open(f"/api/v1{path}", method=method, json=body, headers=student._headers)
    told = answer.get_json(force=True)
    assert answer.mimetype == "application/problem+json"
    assert set(told) == MEMBERS
    assert (answer.status_code, told["status"], told["code"], told["type"]) == (status, status, code, "about:blank")
    assert told["title"]
    assert told["detail"]


def test_all_that_is_wrong_is_told_at_once(student: Student) -> None:
    answer = student.post("/problems/double/runs", {"language": "cobol", "own_inputs": [{"number": 7}], "extra": 1})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["language", "source", "own_inputs.0.number", "extra"]
    assert all(error["message"] for error in answer.json["errors"])
    assert answer.json["detail"].startswith("4 inputs cannot be used: language, source")


@pytest.mark.parametrize("body", ['{"language": "python"', "{'a': 1}", "\xff", "[1,]"])
def test_broken_json_is_called_broken(client: FlaskClient, student: Student, body: str) -> None:
    headers = student._headers | {"Content-Type": "application/json"}
    answer = client.post(f"/api/v1{SUBMIT}", data=body.encode("latin-1"), headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, "broken_json")
    assert answer.json["detail"].startswith("The body is not JSON: ")
    assert len(answer.json["detail"]) > len("The body is not JSON: .")


@pytest.mark.parametrize("body", [[], "text", 7, [1]])
def test_a_body_that_is_no_object_is_told_so(student: Student, body: Any) -> None:
    answer = student.post(SUBMIT, body)
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        [{"field": "body", "message": "Send a JSON object"}],
    )


def test_an_address_that_the_api_does_not_have_is_told_in_its_words(student: Student) -> None:
    detail = student.get("/nothing").json["detail"]
    assert "openapi.json" in detail
    assert "page" not in detail


def test_what_an_address_takes_is_told(client: FlaskClient, student: Student) -> None:
    answer = client.delete("/api/v1/problems", headers=student._headers)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["/submissions/\u0663", "/runs/\u0661", "/interviews/\u09e7", "/submissions/\uff11"])
def test_numbers_are_written_in_ascii(student: Student, path: str) -> None:
    assert student.get(path).status_code == 404


def test_what_takes_no_body_needs_none(client: FlaskClient, student: Student) -> None:
    for path in ("hand-in", "abandon"):
        answer = client.post(f"/api/v1/interviews/99/{path}", headers=student._headers)
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_what_is_made_is_where_the_answer_says(student: Student) -> None:
    for what in ("runs", "submissions"):
        answer = student.post(f"/problems/double/{what}", {"language": "python", "source": "x"})
        assert answer.headers["Location"] == answer.json["url"]
        assert student.get(answer.headers["Location"].removeprefix("/api/v1")).status_code == 200


def test_only_refusals_say_when_to_come_back(student: Student, client: FlaskClient) -> None:
    assert "Retry-After" not in student.post("/problems/double/runs", {"language": "python", "source": "x"}).headers
    assert "Retry-After" not in student.post("/problems/double/runs", {}).headers
