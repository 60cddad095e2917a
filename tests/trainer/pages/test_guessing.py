"""Guessing is bounded by what fails; a class behind one address is not."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask

from tests.factories import PASSWORD
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.config import Config
from trainer.db import db
from trainer.services import accounts
from trainer.web.guard import Guard
from trainer.web.security import limiter

CLASS = 30


@pytest.fixture
def config(config: Config) -> Config:
    return config.model_copy(update={"rate_limits": True})


@pytest.fixture(autouse=True)
def nothing_counted(app: Flask) -> None:
    limiter.reset()


def wrong(visitor: Visitor, email: str, times: int) -> list[int]:
    return [visitor.post("/sign-in", email=email, password="wrong password").status_code for _ in range(times)]


def test_a_class_behind_one_address_signs_up_and_in_and_opens_links(app: Flask, published: None) -> None:
    for number in range(CLASS):
        email = f"s{number}@example.org"
        visitor = Visitor(app.test_client())
        assert visitor.post("/sign-up", email=email, name=f"S {number}", password=PASSWORD).status_code == 303
        for _ in range(3):
            visitor = Visitor(app.test_client()).enter(email)
        with app.app_context(), db.writing() as session:
            user = accounts.find_by_email(session, email)
            assert user
            token = accounts.make_link(session, user)
        visitor = Visitor(app.test_client())
        assert visitor.get(f"/link/{token}").status_code == 200
        assert visitor.post(f"/link/{token}", password="another good one").status_code == 303


def test_wrong_passwords_of_one_account_are_bounded_whoever_guesses(
    app: Flask, student: Visitor, mentor: Visitor
) -> None:
    """From many addresses, signed in or not."""
    for number in range(10):
        guesser = Visitor(app.test_client()) if number % 2 else mentor
        assert wrong(guesser, "mira@example.org", 1) == [422]
    assert wrong(mentor, "mira@example.org", 1) == [429]
    assert wrong(mentor, " MIRA@example.org", 1) == [429]
    assert wrong(mentor, "ＭＩＲＡ@example.org", 1) == [429]
    assert wrong(mentor, "jonas@example.org", 1) == [422]


def test_wrong_passwords_from_one_address_are_bounded(app: Flask, visitor: Visitor) -> None:
    found = [wrong(Visitor(app.test_client()), f"a{number}@example.org", 1)[0] for number in range(31)]
    assert found == [422] * 30 + [429]


def test_right_ones_between_change_nothing(app: Flask, student: Visitor, visitor: Visitor) -> None:
    for _ in range(9):
        assert wrong(visitor, "mira@example.org", 1) == [422]
        Visitor(app.test_client()).enter("mira@example.org")
    assert wrong(visitor, "mira@example.org", 2) == [422, 429]


def test_a_refusal_says_when_and_keeps_what_was_typed(app: Flask, student: Visitor, visitor: Visitor) -> None:
    with time_machine.travel(now().replace(microsecond=0), tick=False):
        wrong(visitor, "mira@example.org", 10)
        answer = visitor.post("/sign-in", email="mira@example.org", password="wrong password", next="/progress")
    assert answer.status_code == 429
    seconds = re.search(r"Try again in (\d+) seconds", text_of(answer))
    assert seconds
    assert answer.headers["Retry-After"] == seconds[1]
    assert 50 <= int(seconds[1]) <= 60
    assert 'value="mira@example.org"' in answer.text
    assert 'value="/progress"' in answer.text
    assert "wrong password" not in answer.text


def test_the_password_of_an_open_session_is_no_easier_to_guess(student: Visitor) -> None:
    for _ in range(5):
        student.post("/account/password", old_password="wrong password", new_password="another good one")
        student.post("/account/delete", password="wrong password")
    for path, form in (
        ("/account/password", {"old_password": PASSWORD, "new_password": "another good one"}),
        ("/account/delete", {"password": PASSWORD}),
    ):
        answer = student.post(path, **form)
        assert answer.status_code == 429
        assert "Try again in" in text_of(answer)
        assert answer.headers["Retry-After"]


def test_a_flood_of_accounts_is_bounded_and_the_form_keeps_what_was_typed(app: Flask, visitor: Visitor) -> None:
    found: Guard = app.extensions["guard"]
    for _ in range(60):
        found.sign_ups.count("127.0.0.1")
    answer = visitor.post("/sign-up", email="ada@example.org", name="Ada Quist", password=PASSWORD)
    assert answer.status_code == 429
    assert "Try again in" in text_of(answer)
    assert 'value="Ada Quist"' in answer.text
    assert 'value="ada@example.org"' in answer.text
    assert PASSWORD not in answer.text


def test_links_that_are_none_are_bounded(app: Flask, visitor: Visitor) -> None:
    answers = [visitor.post(f"/link/x{number}", password=PASSWORD) for number in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]


def test_only_refusals_say_when_to_come_back(app: Flask, student: Visitor) -> None:
    with time_machine.travel(now().replace(microsecond=0), tick=False):
        answers = [student.post("/problems/double/note", text="x", fragment=True) for _ in range(121)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert not any("Retry-After" in answer.headers for answer in answers[:-1])
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"
    assert f"Try again in {answers[-1].headers['Retry-After']} seconds" in text_of(answers[-1])


@pytest.mark.parametrize(
    ("one", "other"), [("2001:db8::1", "2001:db8::ffff:2"), ("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "10.0.0.1")]
)
def test_a_network_is_one_address(app: Flask, student: Visitor, one: str, other: str) -> None:
    client = app.test_client()
    token = {"csrf_token": client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]}
    for number in range(31):
        form = {"email": f"a{number}@example.org", "password": "wrong password"} | token
        place = {"REMOTE_ADDR": one if number % 2 else other}
        status = client.post("/sign-in", data=form, environ_overrides=place).status_code
    assert status == 429


def test_another_address_is_not_bounded_by_it(app: Flask, student: Visitor, visitor: Visitor) -> None:
    for number in range(31):
        wrong(visitor, f"a{number}@example.org", 1)
    client = app.test_client()
    token = {"csrf_token": client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]}
    form = {"email": "mira@example.org", "password": PASSWORD} | token
    place = {"REMOTE_ADDR": "10.1.1.1"}
    assert client.post("/sign-in", data=form, environ_overrides=place).status_code == 303
