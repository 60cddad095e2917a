"""A request that names itself does its work once, however often it comes."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import small_interviews
from tests.trainer.api.conftest import Student
from trainer.clock import now
from trainer.db import db
from trainer.models import IdempotencyKey, Interview, Submission
from trainer.web.runtime import Runtime, runtime

BODY = {"language": "python", "source": "def double(n): ..."}
SUBMIT = "/problems/double/submissions"


def post(student: Student, key: str, path: str = SUBMIT, body: Any = None) -> TestResponse:
    headers = student._headers | {"Idempotency-Key": key}
    return student._client.post(f"/api/v1{path}", json=BODY if body is None else body, headers=headers)


def count(app: Flask, table: type) -> int:
    with app.app_context(), db.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def same(first: TestResponse, second: TestResponse) -> bool:
    return (first.status_code, first.json, first.headers.get("Location")) == (
        second.status_code,
        second.json,
        second.headers.get("Location"),
    )


@pytest.mark.parametrize("path", [SUBMIT, "/problems/double/runs"])
def test_sent_again_it_is_answered_as_before(student: Student, app: Flask, path: str) -> None:
    first, second = post(student, "a-key", path), post(student, "a-key", path)
    assert first.status_code == 202
    assert same(first, second)
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert count(app, Submission) == 1


def test_it_is_the_same_after_the_judging_too(student: Student, app: Flask, judges: Runtime) -> None:
    first = post(student, "a-key")
    student.wait(first.json)
    assert same(first, post(student, "a-key"))
    assert count(app, Submission) == 1


def test_interviews_and_their_tasks_know_keys(student: Student, app: Flask) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()
    first = post(student, "begin", "/interviews", {"format": "pair-20"})
    assert same(first, post(student, "begin", "/interviews", {"format": "pair-20"}))
    assert first.headers["Location"] == f"/api/v1/interviews/{first.json['id']}"
    task = f"/interviews/{first.json['id']}/tasks/1/submissions"
    assert same(post(student, "send", task), post(student, "send", task))
    assert (count(app, Interview), count(app, Submission)) == (1, 1)


@pytest.mark.parametrize(
    ("path", "body"),
    [(SUBMIT, BODY | {"source": "x"}), ("/problems/by-name/submissions", BODY), ("/problems/double/runs", BODY)],
)
def test_a_key_stands_for_one_request(student: Student, app: Flask, path: str, body: Any) -> None:
    post(student, "a-key")
    answer = post(student, "a-key", path, body)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"
    assert count(app, Submission) == 1


def test_accounts_do_not_share_keys(student: Student, other: Student, app: Flask) -> None:
    first, second = post(student, "a-key"), post(other, "a-key")
    assert first.json["id"] != second.json["id"]
    assert "Idempotency-Replayed" not in second.headers


def test_a_refusal_is_not_kept(student: Student, app: Flask) -> None:
    assert post(student, "a-key", body={"language": "python"}).status_code == 422
    assert post(student, "a-key").status_code == 202
    assert post(student, "another").json["code"] == "busy"
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(Submission))
    answer = post(student, "another")
    assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (202, False)


def test_after_a_day_it_is_another_request(student: Student, app: Flask, judges: Runtime) -> None:
    first = post(student, "a-key")
    student.wait(first.json)
    with time_machine.travel(now() + timedelta(hours=23, minutes=59), tick=True):
        assert same(first, post(student, "a-key"))
    with time_machine.travel(now() + timedelta(hours=24, minutes=1), tick=True):
        assert post(student, "a-key", body=BODY | {"source": "another"}).json["id"] != first.json["id"]


def test_what_is_a_day_old_is_forgotten(student: Student, app: Flask, judges: Runtime) -> None:
    post(student, "a-key")
    assert judges.worker is not None
    with app.app_context():
        judges.worker._look_around()
        assert count(app, IdempotencyKey) == 1
        with time_machine.travel(now() + timedelta(hours=25), tick=True):
            judges.worker._look_around()
    assert count(app, IdempotencyKey) == 0


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "schlüssel"])
def test_a_key_that_is_none_is_refused(student: Student, app: Flask, key: str) -> None:
    answer = post(student, key.encode().decode("latin-1"))
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert count(app, Submission) == 0


def test_at_the_same_moment_one_does_the_work(student: Student, app: Flask) -> None:
    barrier, found = threading.Barrier(4), []

    def ask() -> None:
        client = app.test_client()
        barrier.wait()
        headers = student._headers | {"Idempotency-Key": "a-key"}
        found.append(client.post(f"/api/v1{SUBMIT}", json=BODY, headers=headers))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(same(found[0], answer) for answer in found)
    assert sum("Idempotency-Replayed" in answer.headers for answer in found) == 3
    assert count(app, Submission) == 1
