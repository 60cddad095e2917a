"""Keys and cookies: a request has the one or the other."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, make_user, publish
from trainer.db import db
from trainer.services import accounts

SENT = {"language": "python", "source": "x", "base_revision": 0}
DRAFT = "/api/v1/problems/double/draft"


@pytest.fixture
def key(app: Flask) -> str:
    """Of somebody else than who is signed in."""
    with app.app_context(), db.writing() as session:
        publish(session)
        make_user(session)
        return accounts.make_token(session, make_user(session, "other@example.org"), "test")


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
    assert set(client.get("/readyz").json["sandbox"]) == {"available", "warm"}
