"""A visitor of the pages: keeps cookies, fills forms with the token that the page before gave."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, make_user, publish
from trainer.db import db
from trainer.models import Role
from trainer.web.runtime import Runtime
from trainer.work.news import Inbox, submission_topic

WAIT_S = 20.0


class Visitor:
    """One browser without scripts."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self._token = ""

    def get(self, path: str, *, fragment: bool = False, **more: Any) -> TestResponse:
        headers = {"X-Fragment": "1"} if fragment else {}
        more.setdefault("buffered", True)  # downloads lie in files, which are closed when they are read
        answer = self._client.get(path, headers=headers, **more)
        if answer.mimetype == "text/html":
            found = re.search(r'name="csrf-token" content="([^"]+)"', answer.text)
            self._token = found[1] if found else self._token
        return answer

    def post(self, path: str, *, fragment: bool = False, **form: Any) -> TestResponse:
        if not self._token:
            self.get("/how-judging-works")
        headers = {"X-Fragment": "1"} if fragment else {}
        answer = self._client.post(path, data={"csrf_token": self._token} | form, headers=headers)
        answer.request.environ["wsgi.input"].close()  # a large body lies in a file of the test client's
        return answer

    def enter(self, email: str) -> Visitor:
        assert self.post("/sign-in", email=email, password=PASSWORD).status_code == 303
        self._token = ""
        return self

    def cookie(self, name: str) -> str | None:
        found = self._client.get_cookie(name)
        return found.value if found else None


def text_of(answer: TestResponse) -> str:
    """What a reader sees, in one line."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def html_of(answer: TestResponse) -> str:
    """All that was sent, without what is drawn by lot and could spell any short word: the nonce and the token."""
    return re.sub(r'nonce="[^"]*"|csrf.token" (content|value)="[^"]*"', "", answer.text)


@pytest.fixture
def published(app: Flask) -> None:
    """Three problems, one of them the warm-up."""
    with app.app_context(), db.writing() as session:
        publish(session, "double", title="Double it")
        publish(session, "window", title="Window of requests", difficulty="medium", topics="sliding-window, queues")
        publish(session, "first-steps", title="First steps", warm_up="true")


@pytest.fixture
def visitor(app: Flask, published: None) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def make_visitor(app: Flask, published: None) -> Callable[..., Visitor]:
    """Makes an account and a browser in which it is signed in."""

    def make(email: str = "mira@example.org", role: Role = Role.STUDENT) -> Visitor:
        with app.app_context(), db.writing() as session:
            make_user(session, email, role)
        return Visitor(app.test_client()).enter(email)

    return make


@pytest.fixture
def student(make_visitor: Callable[..., Visitor]) -> Visitor:
    return make_visitor()


@pytest.fixture
def mentor(make_visitor: Callable[..., Visitor]) -> Visitor:
    return make_visitor("jonas@example.org", Role.MENTOR)


@pytest.fixture
def submit(judges: Runtime) -> Callable[..., int]:
    """Sends code by form, waits until it is judged, and returns the submission's number."""

    def send(who: Visitor, source: str, slug: str = "double", **form: Any) -> int:
        answer = who.post(
            f"/problems/{slug}/submissions", **({"language": "python", "source": source, "action": "submit"} | form)
        )
        assert answer.status_code == 303, text_of(answer)
        found = re.search(r"submission=(\d+)", answer.location)
        assert found
        number = int(found[1])
        with Inbox(judges.news, submission_topic(number)) as inbox:
            for _ in range(100):
                if who.get(f"/submissions/{number}/result", fragment=True).text.count("data-replace") > 1:
                    return number
                inbox.take(WAIT_S / 100)
        raise AssertionError(f"not judged in {WAIT_S} s")

    return send
