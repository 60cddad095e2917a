"""A student of the API, and one of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import make_user, publish
from trainer.db import db
from trainer.models import KeyScope, Role
from trainer.services import keys
from trainer.web.runtime import runtime
from trainer.work.news import Inbox, News, submission_topic

WAIT_S = 20.0
SCOPES = {Role.STUDENT: KeyScope.PRACTISE, Role.MENTOR: KeyScope.MENTOR, Role.ADMIN: KeyScope.ADMIN}


class Student:
    """Calls the API with a key. `wait` returns when a submission is judged."""

    def __init__(self, client: FlaskClient, token: str, news: News) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}
        self._news = news

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._client.get(f"/api/v1{path}", headers=self._headers, **more)

    def post(self, path: str, json: Any) -> TestResponse:
        return self._client.post(f"/api/v1{path}", json=json, headers=self._headers)

    def patch(self, path: str, json: Any) -> TestResponse:
        return self._client.patch(f"/api/v1{path}", json=json, headers=self._headers)

    def put(self, path: str, json: Any) -> TestResponse:
        return self._client.put(f"/api/v1{path}", json=json, headers=self._headers)

    def delete(self, path: str) -> TestResponse:
        return self._client.delete(f"/api/v1{path}", headers=self._headers)

    def submit(self, source: str, slug: str = "double", what: str = "submissions", **more: Any) -> dict[str, Any]:
        answer = self.post(f"/problems/{slug}/{what}", {"language": "python", "source": source} | more)
        assert answer.status_code == 202, answer.json
        found: dict[str, Any] = answer.json
        return found

    def wait(self, sent: dict[str, Any]) -> dict[str, Any]:
        with Inbox(self._news, submission_topic(sent["id"])) as inbox:
            for _ in range(100):
                state: dict[str, Any] = self._client.get(sent["url"], headers=self._headers).json
                if state["status"] == "judged":
                    return state
                inbox.take(WAIT_S / 100)
        raise AssertionError(f"not judged in {WAIT_S} s: {state}")


@pytest.fixture
def make_student(app: Flask, client: FlaskClient) -> Callable[..., Student]:
    def make(email: str, role: Role = Role.STUDENT) -> Student:
        with app.app_context(), db.writing() as session:
            scope = SCOPES[role]
            token = keys.make_token(session, make_user(session, email, role), "test", scope=scope)
        with app.app_context():
            return Student(client, token, runtime().news)

    return make


@pytest.fixture
def bank(app: Flask) -> None:
    """One problem of each reveal policy, and a warm-up."""
    with app.app_context(), db.writing() as session:
        publish(session)
        publish(session, "by-name", reveal="name", topics="queues", difficulty="medium")
        publish(session, "in-the-dark", reveal="nothing", topics="queues")
        publish(session, "warm", warm_up="true")


@pytest.fixture
def student(make_student: Callable[[str], Student], bank: None) -> Student:
    return make_student("mira@example.org")


@pytest.fixture
def other(make_student: Callable[[str], Student], bank: None) -> Student:
    return make_student("other@example.org")
