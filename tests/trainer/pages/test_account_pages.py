"""Accounts on the pages: signing up and in, one-time links, settings, leaving."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.factories import PASSWORD
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.clock import now
from trainer.db import db
from trainer.models import ApiToken
from trainer.services import accounts

ADA = {"name": "Ada Quist", "email": "ada@example.org", "password": "several words make one"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "ada"}, "An address looks like"),
        ({"password": "too brief"}, "10 to 200 characters"),
        ({"name": " "}, "1 to 80 characters"),
        ({"email": "mira@example.org"}, "There is an account with this address"),
    ],
)
def test_a_sign_up_that_cannot_be_used_says_why_beside_the_field(
    student: Visitor, visitor: Visitor, changes: dict[str, str], words: str
) -> None:
    answer = visitor.post("/sign-up", **(ADA | changes))
    assert answer.status_code in (409, 422)
    assert words in text_of(answer)
    assert 'aria-invalid="true"' in answer.text
    assert (ADA | changes)["password"] not in answer.text


def test_pages_say_what_a_stranger_has_to_know(student: Visitor, visitor: Visitor) -> None:
    assert "Any mentor can make a link for you" in text_of(visitor.get("/forgot"))
    for path in ("/", "/problems", "/sign-up"):
        assert "Programs are written in Python" in text_of(visitor.get(path))
    account = student.get("/account").text
    assert "/api/v1/openapi.json" in account
    assert 'curl -H "Authorization: Bearer' in text_of(student.get("/account"))


def test_a_new_account_goes_on_where_it_was_led_from(visitor: Visitor) -> None:
    assert visitor.post("/sign-up", next="/problems/double", **ADA).location == "/problems/double"


def test_nobody_is_led_elsewhere(visitor: Visitor) -> None:
    assert visitor.post("/sign-up", next="//elsewhere.example", **ADA).location == "/"


def test_a_wrong_password_says_no_more_than_that(student: Visitor, visitor: Visitor) -> None:
    for email in ("mira@example.org", "nobody@example.org"):
        answer = visitor.post("/sign-in", email=email, password="wrong password")
        assert answer.status_code == 422
        assert "Email or password is wrong." in text_of(answer)


def test_signing_out_ends_the_session(student: Visitor) -> None:
    assert student.post("/sign-out").status_code == 303
    assert student.get("/account").status_code == 302


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, student: Visitor) -> None:
    thief = app.test_client()
    for name in ("trainer", "trainer_remember"):
        if (value := student.cookie(name)) is not None:
            thief.set_cookie(name, value)
    assert thief.get("/account").status_code == 200
    student.post("/sign-out")
    assert thief.get("/account").status_code == 302


def test_a_session_outlives_the_browser_only_where_that_was_asked_for(app: Flask, student: Visitor) -> None:
    other = Visitor(app.test_client())
    other.post("/sign-in", email="mira@example.org", password=PASSWORD, remember="1")
    kept = other.cookie("trainer_remember")
    assert student.cookie("trainer_remember") is None
    assert kept
    later = app.test_client()
    later.set_cookie("trainer_remember", kept)
    assert later.get("/account").status_code == 200
    other._token = ""
    assert other.post("/sign-out").status_code == 303
    again = app.test_client()
    again.set_cookie("trainer_remember", kept)
    assert again.get("/account").status_code == 302


def test_the_account_lists_its_devices_and_ends_them(app: Flask, student: Visitor) -> None:
    others = [Visitor(app.test_client()).enter("mira@example.org") for _ in range(3)]
    page = student.get("/account").text
    assert page.count("This one") == 1
    numbers = re.findall(r"/account/sessions/(\d+)/end", page)
    assert len(numbers) == 3
    student.post(f"/account/sessions/{numbers[0]}/end")
    assert sorted(other.get("/account").status_code for other in others) == [200, 200, 302]
    assert student.post("/account/sessions/end").location == "/account#sessions"
    assert [other.get("/account").status_code for other in others] == [302, 302, 302]
    assert "You are signed in nowhere else." in text_of(student.get("/account"))


def test_nobody_ends_the_session_of_somebody_else(student: Visitor, mentor: Visitor) -> None:
    for number in range(1, 5):
        mentor.post(f"/account/sessions/{number}/end")
    assert student.get("/account").status_code == 200


def test_a_new_password_ends_other_devices_and_keys(app: Flask, student: Visitor) -> None:
    other = Visitor(app.test_client()).enter("mira@example.org")
    copied = student.cookie("trainer")
    assert copied
    headers = {"Authorization": f"Bearer {_key(student)}"}
    assert "Keep my keys for the API" in text_of(student.get("/account"))
    student.post("/account/password", old_password=PASSWORD, new_password="another good password")
    student._token = ""
    assert student.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert app.test_client().get("/api/v1/progress", headers=headers).status_code == 401
    thief = app.test_client()
    thief.set_cookie("trainer", copied)
    assert thief.get("/account").status_code == 302


def test_keys_can_be_kept_with_a_new_password(app: Flask, student: Visitor) -> None:
    headers = {"Authorization": f"Bearer {_key(student)}"}
    student.post("/account/password", old_password=PASSWORD, new_password="another good password", keep_keys="1")
    assert app.test_client().get("/api/v1/progress", headers=headers).status_code == 200


def test_a_used_key_says_when(app: Flask, student: Visitor) -> None:
    headers = {"Authorization": f"Bearer {_key(student)}"}
    assert "never" in _last_used(student)
    app.test_client().get("/api/v1/progress", headers=headers)
    assert "never" not in _last_used(student)


def _last_used(student: Visitor) -> str:
    """What stands in that column of the row of the key x."""
    row = student.get("/account").text.partition('<th scope="row">x</th>')[2].partition("</tr>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", row)[2]


def _key(student: Visitor) -> str:
    found = re.search(r'id="new-token"[^>]*>(trainer_[^<]+)<', student.post("/account/tokens", token_name="x").text)
    assert found
    return found[1]


def test_a_one_time_link_sets_a_password_once(app: Flask, student: Visitor, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        user = accounts.find_by_email(session, "mira@example.org")
        assert user
        token = accounts.make_link(session, user)
    assert "For mira@example.org" in text_of(visitor.get(f"/link/{token}"))
    assert visitor.post(f"/link/{token}", password="short").status_code == 422
    assert visitor.post(f"/link/{token}", password="another good password").status_code == 303
    visitor._token = ""
    assert visitor.get("/account").status_code == 200
    assert visitor.post(f"/link/{token}", password="another good password").status_code == 404


def test_a_link_that_was_used_leads_to_the_sign_in(visitor: Visitor) -> None:
    for answer in (visitor.get("/link/used-already"), visitor.post("/link/used-already", password="x")):
        assert answer.status_code == 404
        assert "This link cannot be used This link was used, or is too old. Ask for a new one." in text_of(answer)
        assert 'href="/sign-in"' in answer.text
        assert 'href="/forgot"' in answer.text


def test_settings_change_what_they_say(student: Visitor) -> None:
    student.post("/account/name", name="Mira O.")
    assert "account of Mira O." in text_of(student.get("/"))
    wrong = student.post("/account/password", old_password="no", new_password="another good password")
    assert "This is not your current password." in text_of(wrong)
    assert (
        student.post("/account/password", old_password=PASSWORD, new_password="another good password").status_code
        == 303
    )
    student._token = ""
    assert student.get("/account").status_code == 200


def test_a_key_is_shown_once_works_and_can_be_dropped(app: Flask, student: Visitor) -> None:
    made = student.post("/account/tokens", token_name="laptop")
    found = re.search(r'id="new-token"[^>]*>(trainer_[^<]+)<', made.text)
    assert found
    headers = {"Authorization": f"Bearer {found[1]}"}
    other = app.test_client()
    assert other.get("/api/v1/progress", headers=headers).status_code == 200
    assert found[1] not in student.get("/account").text
    student.post("/account/tokens/1/drop")
    assert other.get("/api/v1/progress", headers=headers).status_code == 401


def test_everything_can_be_taken_out(student: Visitor) -> None:
    student.post("/problems/double/note", text="mine")
    answer = student.get("/account/export.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.text)
    assert data["account"]["email"] == "mira@example.org"
    assert data["notes"][0]["text"] == "mine"


def test_deleting_asks_for_the_password_and_then_nothing_is_left(student: Visitor) -> None:
    refused = student.post("/account/delete", password="wrong password")
    assert refused.status_code == 422
    assert "Nothing was deleted" in text_of(refused)
    assert student.post("/account/delete", password=PASSWORD).status_code == 303
    student._token = ""
    assert student.post("/sign-in", email="mira@example.org", password=PASSWORD).status_code == 422


def test_a_new_key_has_a_scope_and_an_end(app: Flask, student: Visitor) -> None:
    page = text_of(student.get("/account"))
    assert "Practise: all that a student does" in page
    assert "Mentor: publish packages" not in page
    assert "/api/v1/progress" in page
    made = student.post("/account/tokens", token_name="laptop", token_scope="read", token_days="30")
    assert "read" in text_of(made)
    with app.app_context(), db.reading() as session:
        key = session.scalars(sa.select(ApiToken)).one()
        assert (key.scope, key.ends_at and (key.ends_at - key.created_at).days) == ("read", 30)


@pytest.mark.parametrize("fields", [{"token_scope": "mentor"}, {"token_scope": "all"}, {"token_days": "31"}])
def test_other_keys_are_refused(student: Visitor, fields: dict[str, str]) -> None:
    answer = student.post("/account/tokens", token_name="laptop", **fields)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "trainer_" not in answer.text


def test_a_key_that_has_ended_says_so(student: Visitor) -> None:
    student.post("/account/tokens", token_name="laptop", token_days="30")
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert "expired" in text_of(student.get("/account"))
