"""Keys and cookies: a request has the one or the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, make_user, publish
from trainer.clock import now
from trainer.db import db
from trainer.errors import Invalid
from trainer.models import KeyScope, Role, User
from trainer.services import keys

SENT = {"language": "python", "source": "x", "base_revision": 0}
DRAFT = "/api/v1/problems/double/draft"


@pytest.fixture
def key(app: Flask) -> str:
    """Of somebody else than who is signed in."""
    with app.app_context(), db.writing() as session:
        publish(session)
        make_user(session)
        return keys.make_token(session, make_user(session, "other@example.org"), "test")


@pytest.fixture
def browser(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    token = client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]
    form = {"email": "mira@example.org", "password": PASSWORD, "csrf_token": token, "remember": "1"}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def code(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


@pytest.mark.parametrize("header", ["", "x", "Basic eDp5", "Bearer", "Bearer nonsense", "bearer nonsense", "Bearer  "])
def test_no_header_takes_the_protection_of_a_cookie_away(browser: FlaskClient, header: str) -> None:
    answer = browser.put(DRAFT, json=SENT, headers={"Authorization": header})
    assert code(answer) in ((400, "csrf"), (401, "bad_key"))
    assert browser.get(DRAFT, query_string={"language": "python"}).status_code == 404


def test_who_sends_a_key_is_its_owner_whatever_the_cookies_say(browser: FlaskClient, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    assert browser.put(DRAFT, json=SENT, headers=headers).status_code == 200
    asked = {"language": "python"}
    assert browser.get(DRAFT, query_string=asked).status_code == 404
    assert browser.get(DRAFT, query_string=asked, headers=headers).json["source"] == "x"


@pytest.mark.parametrize("path", ["/problems", "/problems/double", "/progress", "/openapi.json"])
@pytest.mark.parametrize("header", ["Bearer nonsense", "bearer", "BEARER trainer_x"])
def test_a_wrong_key_is_told_everywhere(app: Flask, browser: FlaskClient, path: str, header: str) -> None:
    for client in (app.test_client(), browser):
        answer = client.get(f"/api/v1{path}", headers={"Authorization": header})
        assert code(answer) == (401, "bad_key")
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_program_without_a_key_is_told_to_send_one(app: Flask, key: str) -> None:
    answer = app.test_client().put(DRAFT, json=SENT)
    assert (*code(answer), answer.headers["WWW-Authenticate"]) == (401, "sign_in_needed", "Bearer")


def test_readiness_tells_nothing_of_the_machine(client: FlaskClient) -> None:
    found = client.get("/readyz").json
    assert set(found) == {"status", "database", "secret_key", "broker", "workers", "sandbox"}
    assert set(found["workers"]) == {"present", "able"}
    assert set(found["sandbox"]) == {"available", "warm", "boxes", "away"}


@pytest.fixture
def with_key(app: Flask) -> Callable[..., FlaskClient]:
    """Whose requests carry a key of this scope."""

    def make(scope: KeyScope, days: int | None = None, role: Role = Role.MENTOR) -> FlaskClient:
        with app.app_context(), db.writing() as session:
            publish(session)
            token = keys.make_token(session, make_user(session, role=role), "test", scope=scope, days=days)
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    return make


@pytest.mark.parametrize(
    ("scope", "method", "path", "needed"),
    [
        (KeyScope.READ, "GET", "/problems/double", None),
        (KeyScope.READ, "GET", "/me/export", None),
        (KeyScope.READ, "PUT", "/problems/double/star", "practise"),
        (KeyScope.READ, "POST", "/problems/double/submissions", "practise"),
        (KeyScope.READ, "GET", "/mentor/uploads", "mentor"),
        (KeyScope.PRACTISE, "PUT", "/problems/double/star", None),
        (KeyScope.PRACTISE, "GET", "/mentor/uploads", "mentor"),
        (KeyScope.PRACTISE, "POST", "/mentor/reports/1/resolve", "mentor"),
        (KeyScope.MENTOR, "GET", "/mentor/uploads", None),
        (KeyScope.MENTOR, "PUT", "/problems/double/star", None),
    ],
)
def test_a_key_does_what_it_was_made_for(
    with_key: Callable[..., FlaskClient], scope: KeyScope, method: str, path: str, needed: str | None
) -> None:
    answer = with_key(scope).open(f"/api/v1{path}", method=method, buffered=True)
    if needed is None:
        assert answer.status_code < 300
        return
    assert code(answer) == (403, "key_scope")
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{needed}"'


def test_a_key_does_no_more_than_its_account(app: Flask, with_key: Callable[..., FlaskClient]) -> None:
    client = with_key(KeyScope.MENTOR)
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(User).values(role=Role.STUDENT))
    assert code(client.get("/api/v1/mentor/uploads")) == (403, "refused")


def test_a_student_gets_no_key_for_what_mentors_do(with_key: Callable[..., FlaskClient]) -> None:
    with pytest.raises(Invalid, match="Only mentors"):
        with_key(KeyScope.MENTOR, role=Role.STUDENT)


def test_a_key_ends(with_key: Callable[..., FlaskClient]) -> None:
    client = with_key(KeyScope.READ, days=30)
    assert client.get("/api/v1/me").json["key"]["scope"] == "read"
    with time_machine.travel(now() + timedelta(days=29, hours=23), tick=True):
        assert client.get("/api/v1/me").status_code == 200
    with time_machine.travel(now() + timedelta(days=30, minutes=1), tick=True):
        answer = client.get("/api/v1/problems")
        assert code(answer) == (401, "key_ended")
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert "Make a new one" in answer.json["detail"]
