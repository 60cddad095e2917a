"""Admins by program: all that their pages do, by the same rules; mentors help students; nobody else sees anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, make_user
from tests.trainer.api.conftest import Student
from tests.trainer.pages.test_mail import SENDER, Inbox, mail_server
from trainer.db import db
from trainer.mail import MailServer
from trainer.models import ApiToken, IdempotencyKey, Invite, KeyScope, OneTimeLink, Role, User
from trainer.services import accounts, keys, passwords
from trainer.services.paging import PAGE
from trainer.web.mailer import Mailer
from trainer.web.runtime import runtime

ACCOUNTS = "/admin/accounts"
ADDRESSES = [
    ("GET", "/admin/accounts", None),
    ("POST", "/admin/accounts", {"email": "new@example.org", "role": "admin"}),
    ("POST", "/admin/accounts/batch", {"csv": "new@example.org, New, admin"}),
    ("GET", "/admin/accounts/1", None),
    ("PATCH", "/admin/accounts/1", {"role": "admin"}),
    ("POST", "/admin/accounts/1/link", None),
    ("POST", "/admin/accounts/1/disable", None),
    ("POST", "/admin/accounts/1/enable", None),
    ("POST", "/admin/accounts/1/delete", {"email": "root@example.org"}),
    ("GET", "/admin/sign-up", None),
    ("PUT", "/admin/sign-up", {"sign_up": "closed"}),
    ("GET", "/admin/invites", None),
    ("POST", "/admin/invites", {"name": "x"}),
    ("GET", "/admin/invites/1", None),
    ("POST", "/admin/invites/1/end", None),
    ("GET", "/admin/mail", None),
    ("POST", "/admin/mail/try", None),
]
OF_MENTORS = [
    ("GET", "/mentor/students", None),
    ("GET", "/mentor/students/1", None),
    ("POST", "/mentor/students/1/link", None),
]


@pytest.fixture
def admin(make_student: Callable[..., Student]) -> Student:
    return make_student("root@example.org", Role.ADMIN)


@pytest.fixture
def ada(app: Flask, admin: Student) -> int:
    """A student's number."""
    with app.app_context(), db.writing() as session:
        return make_user(session, "ada@example.org").id


def user_of(app: Flask, user_id: int) -> User | None:
    with app.app_context(), db.reading() as session:
        return session.get(User, user_id)


def count(app: Flask, table: type) -> int:
    with app.app_context(), db.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def code(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def emails(answer: TestResponse) -> list[str]:
    return [account["email"] for account in answer.json["accounts"]]


def opens(app: Flask, link: str) -> bool:
    """Does a link let its holder choose a password?"""
    return app.test_client().get(f"/link/{link.rpartition('/')[2]}").status_code == 200


def send(who: Student, method: str, path: str, body: Any, **headers: str) -> TestResponse:
    return who._client.open(f"/api/v1{path}", method=method, json=body, headers=who._headers | headers)


def test_the_list_is_searched_filtered_sorted_and_paged(app: Flask, admin: Student) -> None:
    with app.app_context(), db.writing() as session:
        for number in range(PAGE):
            make_user(session, f"s{number}@example.org")
        bo = make_user(session, "bo@example.org", Role.MENTOR)
        bo.name = "Bo Lind"
        accounts.disable(session, make_user(session, "gone@example.org"))
        accounts.add_user(session, email="waits@example.org", name="Waits")
    first = admin.get(ACCOUNTS, query_string={"sort": "new"})
    assert (first.json["total"], len(first.json["accounts"])) == (PAGE + 4, PAGE)
    assert emails(first)[:2] == ["waits@example.org", "gone@example.org"]
    assert 'rel="next"' in first.headers["Link"]
    second = admin.get(first.json["next"].removeprefix("/api/v1"))
    assert (len(second.json["accounts"]), second.json["next"]) == (4, None)
    for query, found in (
        ({"q": "bo LIND"}, ["bo@example.org"]),
        ({"role": "mentor"}, ["bo@example.org"]),
        ({"state": "disabled"}, ["gone@example.org"]),
        ({"state": "waiting"}, ["waits@example.org"]),
        ({"sort": "seen", "role": "admin"}, ["root@example.org"]),
        ({"q": "nobody"}, []),
    ):
        assert emails(admin.get(ACCOUNTS, query_string=query)) == found
    entry = admin.get(ACCOUNTS, query_string={"q": "root"}).json["accounts"][0]
    assert (entry["role"], entry["state"], entry["time_factor"]) == ("admin", "active", 1.0)
    assert entry["seen_at"]
    for query in ({"role": "boss"}, {"state": "odd"}, {"sort": "worst"}, {"page": "0"}, {"x": "1"}):
        assert admin.get(ACCOUNTS, query_string=query).status_code == 422


def test_an_account_is_made_and_its_owner_chooses_a_password(app: Flask, admin: Student) -> None:
    body = {"email": "Ada@Example.org", "role": "mentor", "time_factor": 1.5}
    made = admin.post(ACCOUNTS, body)
    assert made.status_code == 201, made.json
    assert (made.json["email"], made.json["name"], made.json["state"]) == ("ada@example.org", "Ada", "waiting")
    assert opens(app, made.json["link"])
    there = admin.get(made.headers["Location"].removeprefix("/api/v1")).json
    assert (there["role"], there["time_factor"], there["submissions"]) == ("mentor", 1.5, 0)
    assert there["link_until"]
    assert code(admin.post(ACCOUNTS, body)) == (409, "conflict")
    assert admin.post(ACCOUNTS, {"email": "ada@example.org"}).json["errors"][0]["field"] == "email"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@example.org", "name": " \u202e"}, "name"),
        ({"email": "a@example.org", "time_factor": 3}, "time_factor"),
        ({"email": "a@example.org", "role": "boss"}, "role"),
        ({"email": "a@example.org", "password": "x"}, "password"),
        ({"email": "a@example.org", "send_mail": True}, "send_mail"),
        ({"email": "a\x00b@example.org"}, "email"),
        ({"email": "a\ud800b@example.org"}, "email"),
        ({}, "email"),
    ],
)
def test_what_cannot_be_an_account_is_told_by_its_field(
    app: Flask, admin: Student, body: dict[str, Any], field: str
) -> None:
    answer = admin.post(ACCOUNTS, body)
    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, [field])
    assert count(app, User) == 1


@pytest.mark.parametrize("form", ["csv", "accounts"])
def test_a_class_is_looked_at_and_then_made(app: Flask, admin: Student, ada: int, form: str) -> None:
    people = [("bo@example.org", "Bo Lind", "mentor", 1.5), ("ada@example.org", "Other", "student", 1)]
    body: dict[str, Any] = {
        "csv": "\n".join(", ".join(map(str, one)) for one in people),
        "accounts": [dict(zip(("email", "name", "role", "time_factor"), one, strict=True)) for one in people],
    }
    looked = admin.post(f"{ACCOUNTS}/batch", {form: body[form], "dry_run": True}).json
    assert (looked["dry_run"], looked["new"], looked["there"], looked["flawed"]) == (True, 1, 1, 0)
    assert [(line["outcome"], line["id"], line["link"]) for line in looked["lines"]] == [
        ("new", None, None),
        ("there", None, None),
    ]
    assert count(app, User) == 2
    made = admin.post(f"{ACCOUNTS}/batch", {form: body[form]}).json
    bo, other = made["lines"]
    assert (made["dry_run"], made["new"], bo["name"], bo["role"], bo["time_factor"]) == (
        False,
        1,
        "Bo Lind",
        "mentor",
        1.5,
    )
    assert opens(app, bo["link"])
    assert (other["link"], admin.get(f"{ACCOUNTS}/{ada}").json["name"]) == (None, "Mira Okafor")
    assert admin.get(f"{ACCOUNTS}/{bo['id']}").json["email"] == "bo@example.org"
    assert admin.post(f"{ACCOUNTS}/batch", {form: body[form]}).json["there"] == 2


@pytest.mark.parametrize("form", ["csv", "accounts"])
def test_all_flaws_of_a_list_are_told_and_nothing_is_made(app: Flask, admin: Student, form: str) -> None:
    lines = [
        "bo@example.org,Bo",
        "nobody,Nobody",
        "Bo@example.org,Bo again",
        "a\x00@example.org,X",
        "c@example.org,\u202e",
    ]
    body: dict[str, Any] = {"csv": "\n".join(lines)}
    if form == "accounts":
        body = {"accounts": [dict(zip(("email", "name"), line.split(","), strict=True)) for line in lines]}
    looked = admin.post(f"{ACCOUNTS}/batch", body | {"dry_run": True}).json
    assert [line["outcome"] for line in looked["lines"]] == ["new", "flawed", "flawed", "flawed", "flawed"]
    answer = admin.post(f"{ACCOUNTS}/batch", body)
    assert code(answer) == (422, "invalid")
    numbers = (2, 3, 4, 5) if form == "csv" else (1, 2, 3, 4)
    assert [error["field"] for error in answer.json["errors"]] == [f"{form}.{number}" for number in numbers]
    assert [error["message"] for error in answer.json["errors"]] == [line["flaw"] for line in looked["lines"][1:]]
    assert count(app, User) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"csv": "a@example.org", "accounts": [{"email": "b@example.org"}]}, "body"),
        ({"csv": " \n"}, "csv"),
        ({"csv": "x" * 300_000}, "csv"),
        ({"csv": "\n".join(f"s{number}@example.org" for number in range(501))}, "csv"),
        ({"accounts": [{"email": f"s{number}@example.org"} for number in range(501)]}, "accounts"),
        ({"accounts": [{"email": "a@example.org", "time_factor": 3}]}, "accounts.0.time_factor"),
    ],
)
def test_what_is_no_list_is_refused(app: Flask, admin: Student, body: dict[str, Any], field: str) -> None:
    for more in ({}, {"dry_run": True}):
        answer = admin.post(f"{ACCOUNTS}/batch", body | more)
        assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, [field])
    assert count(app, User) == 1


def test_an_account_is_changed_whole_or_not_at_all(app: Flask, admin: Student, ada: int) -> None:
    path = f"{ACCOUNTS}/{ada}"
    changed = admin.patch(path, {"name": "Ada Q.", "role": "mentor", "time_factor": 2}).json
    assert (changed["name"], changed["role"], changed["time_factor"]) == ("Ada Q.", "mentor", 2.0)
    assert admin.patch(path, {"role": "student"}).json["name"] == "Ada Q."
    assert admin.patch(path, {}).status_code == 200
    for body in (
        {"time_factor": 1.25, "name": " "},
        {"name": "B", "time_factor": 3},
        {"name": "B", "email": "x@y.org"},
    ):
        assert admin.patch(path, body).status_code == 422
    assert admin.get(path).json == changed | {"role": "student"}
    assert admin.patch(f"{ACCOUNTS}/999", {"name": "B"}).status_code == 404


def test_a_link_opens_once_and_earlier_ones_end(app: Flask, admin: Student, ada: int) -> None:
    first, second = admin.post(f"{ACCOUNTS}/{ada}/link", None), admin.post(f"{ACCOUNTS}/{ada}/link", None)
    assert (first.status_code, second.json["ends_at"] >= first.json["ends_at"]) == (201, True)
    assert (opens(app, first.json["link"]), opens(app, second.json["link"])) == (False, True)
    assert second.headers["Cache-Control"] == "private, no-store"
    admin.post(f"{ACCOUNTS}/{ada}/disable", None)
    assert code(admin.post(f"{ACCOUNTS}/{ada}/link", None)) == (409, "conflict")
    assert not opens(app, second.json["link"])


def test_disabling_ends_keys_at_once_and_enabling_gives_none_back(
    app: Flask, admin: Student, make_student: Callable[..., Student]
) -> None:
    bo = make_student("bo@example.org", Role.ADMIN)
    assert bo.get(ACCOUNTS).status_code == 200
    bo_id = bo.get(ACCOUNTS, query_string={"q": "bo@"}).json["accounts"][0]["id"]
    assert admin.post(f"{ACCOUNTS}/{bo_id}/disable", None).json["state"] == "disabled"
    for method, path, body in ADDRESSES:
        assert code(send(bo, method, path, body)) == (401, "bad_key")
    assert admin.post(f"{ACCOUNTS}/{bo_id}/enable", None).json["disabled_at"] is None
    assert code(bo.get(ACCOUNTS)) == (401, "bad_key")


def test_who_is_admin_no_more_can_nothing_at_once(
    app: Flask, admin: Student, make_student: Callable[..., Student]
) -> None:
    bo = make_student("bo@example.org", Role.ADMIN)
    bo_id = bo.get(ACCOUNTS, query_string={"q": "bo@"}).json["accounts"][0]["id"]
    admin.patch(f"{ACCOUNTS}/{bo_id}", {"role": "mentor"})
    for method, path, body in ADDRESSES:
        assert code(send(bo, method, path, body)) == (403, "refused")
    assert bo.get("/mentor/students").status_code == 200


def test_the_only_admin_stays(app: Flask, admin: Student, make_student: Callable[..., Student]) -> None:
    root = admin.get(ACCOUNTS, query_string={"role": "admin"}).json["accounts"][0]["id"]
    answer = admin.patch(f"{ACCOUNTS}/{root}", {"role": "student", "name": "Nobody"})
    assert (*code(answer), "is the only admin" in answer.json["detail"]) == (409, "conflict", True)
    assert admin.post(f"{ACCOUNTS}/{root}/disable", None).status_code == 409
    assert admin.post(f"{ACCOUNTS}/{root}/delete", {"email": "root@example.org"}).status_code == 409
    user = user_of(app, root)
    assert user is not None
    assert (user.role, user.name, user.is_disabled) == (Role.ADMIN, "Mira Okafor", False)
    make_student("bo@example.org", Role.ADMIN)
    assert admin.patch(f"{ACCOUNTS}/{root}", {"role": "student"}).status_code == 200
    assert code(admin.get(ACCOUNTS)) == (403, "refused")


def test_deleting_asks_for_the_address(app: Flask, admin: Student, ada: int) -> None:
    path = f"{ACCOUNTS}/{ada}/delete"
    assert admin.post(path, {"email": "root@example.org"}).json["errors"][0]["field"] == "email"
    assert admin.post(path, {}).status_code == 422
    assert user_of(app, ada) is not None
    assert admin.post(path, {"email": "Ada@example.org "}).status_code == 204
    assert user_of(app, ada) is None
    assert admin.post(path, {"email": "ada@example.org"}).status_code == 404


def without_links(answer: dict[str, Any]) -> dict[str, Any]:
    if "lines" in answer:
        return answer | {"lines": [line | {"link": None} for line in answer["lines"]]}
    return answer | {"link": None}


def test_sent_again_it_is_made_once_and_the_link_is_kept_nowhere(app: Flask, admin: Student) -> None:
    for path, body in (
        (ACCOUNTS, {"email": "ada@example.org"}),
        (f"{ACCOUNTS}/batch", {"csv": "bo@example.org\ncy@example.org"}),
    ):
        first = send(admin, "POST", path, body, **{"Idempotency-Key": path})
        second = send(admin, "POST", path, body, **{"Idempotency-Key": path})
        assert second.headers["Idempotency-Replayed"] == "true"
        assert (second.status_code, second.headers.get("Location")) == (
            first.status_code,
            first.headers.get("Location"),
        )
        tokens = re.findall(r"/link/([\w-]+)", first.text)
        assert tokens
        assert "/link/" not in second.text
        assert second.json == without_links(first.json)
        with app.app_context(), db.reading() as session:
            kept = " ".join(session.scalars(sa.select(IdempotencyKey.body)))
            assert not [token for token in tokens if token in kept]
    assert count(app, User) == 4


def test_the_rule_for_sign_up_is_read_and_set(app: Flask, admin: Student) -> None:
    assert admin.get("/admin/sign-up").json == {
        "sign_up": "open",
        "domains": [],
        "contact": "",
        "closed_by_setting": False,
    }
    rule = {"sign_up": "domains", "domains": ["Example.edu", "*.example.org"], "contact": "Dr. Lind"}
    told = admin.put("/admin/sign-up", rule).json
    assert (told["domains"], told["contact"]) == (["example.edu", "*.example.org"], "Dr. Lind")
    assert admin.get("/admin/sign-up").json == told
    assert "an address of example.edu or a domain below example.org" in app.test_client().get("/sign-up").text
    for body, field in (
        ({"sign_up": "domains"}, "domains"),
        ({"sign_up": "domains", "domains": ["no domain"]}, "domains.0"),
        ({"sign_up": "domains", "domains": ["@@"]}, "domains"),
        ({"sign_up": "some"}, "sign_up"),
        ({"sign_up": "open", "contact": "a\x00b"}, "contact"),
        ({}, "sign_up"),
    ):
        answer = admin.put("/admin/sign-up", body)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert admin.get("/admin/sign-up").json == told


def test_invites_are_made_listed_and_ended(app: Flask, admin: Student) -> None:
    made = admin.post("/admin/invites", {"name": "Spring", "days": 7, "most": 1})
    assert made.status_code == 201, made.json
    place = made.headers["Location"].removeprefix("/api/v1")
    assert admin.get(place).json == made.json
    assert (made.json["state"], made.json["used"], made.json["most"]) == ("open", 0, 1)
    join = made.json["link"].partition("://")[2].partition("/")[2]
    assert app.test_client().get(f"/{join}").status_code == 200
    other = admin.post("/admin/invites", {"name": "Autumn"}).json
    assert [one["name"] for one in admin.get("/admin/invites").json["invites"]] == ["Autumn", "Spring"]
    ended = admin.post(f"/admin/invites/{other['id']}/end", None).json
    assert (ended["state"], ended["link"]) == ("ended", None)
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(Invite).where(Invite.name == "Spring").values(used=1))
    assert [one["state"] for one in admin.get("/admin/invites").json["invites"]] == ["ended", "used up"]
    for body, field in (
        ({"name": " "}, "name"),
        ({"name": "x", "days": 0}, "days"),
        ({"name": "x", "most": 1001}, "most"),
    ):
        answer = admin.post("/admin/invites", body)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert admin.post("/admin/invites/99/end", None).status_code == admin.get("/admin/invites/99").status_code == 404


@pytest.mark.parametrize("path", [ACCOUNTS, f"{ACCOUNTS}/1", "/admin/sign-up", "/admin/invites", "/mentor/students"])
def test_what_has_not_changed_is_not_sent_again(admin: Student, path: str) -> None:
    admin.get(path)  # the first request writes down that the key is used
    first = admin.get(path)
    assert send(admin, "GET", path, None, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    admin.put("/admin/sign-up", {"sign_up": "closed"})
    admin.post("/admin/invites", {"name": "x"})
    admin.post(ACCOUNTS, {"email": "ada@example.org"})
    admin.patch(f"{ACCOUNTS}/1", {"name": "Root"})
    assert send(admin, "GET", path, None, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    with app.app_context():
        running = runtime()
    with mail_server() as (taken, port):
        mailer = running.mailer = Mailer(MailServer.of(f"smtp://127.0.0.1:{port}", SENDER))
        mailer.start()
        yield taken
        mailer.stop()


def test_links_go_by_mail_where_that_is_asked(app: Flask, admin: Student, inbox: Inbox) -> None:
    made = admin.post(ACCOUNTS, {"email": "ada@example.org", "send_mail": True}).json
    message = inbox.next()
    assert message["To"] == "ada@example.org"
    assert made["link"] in message.as_string()
    admin.post(f"{ACCOUNTS}/batch", {"csv": "bo@example.org", "send_mail": True})
    assert inbox.next()["To"] == "bo@example.org"
    admin.post(f"{ACCOUNTS}/batch", {"csv": "cy@example.org", "send_mail": True, "dry_run": True})
    admin.post(f"{ACCOUNTS}/batch", {"csv": "cy@example.org\nnobody", "send_mail": True})
    told = admin.get("/admin/mail").json
    assert (told["sends"], told["sender"], told["failure"]) == (True, SENDER, None)
    assert admin.post("/admin/mail/try", None).json == {"to": "root@example.org"}
    assert inbox.next()["Subject"] == "Mail works"
    assert inbox.taken.empty()


def test_trouble_with_mail_is_told(
    app: Flask, admin: Student, inbox: Inbox, make_student: Callable[..., Student]
) -> None:
    refused = make_student("refused@example.org", Role.ADMIN)
    answer = refused.post("/admin/mail/try", None)
    assert (*code(answer), "no such mailbox" in answer.json["detail"]) == (503, "unavailable", True)
    with app.app_context():
        runtime().mailer = Mailer(None)
    assert code(admin.post("/admin/mail/try", None)) == (409, "conflict")
    assert admin.get("/admin/mail").json == {"sends": False, "sender": "", "failure": None}


@pytest.mark.parametrize("role", [Role.STUDENT, Role.MENTOR])
def test_it_is_for_admins(app: Flask, admin: Student, make_student: Callable[..., Student], role: Role) -> None:
    """Also where the body is wrong, or there is no such thing; a key with the scope changes nothing."""
    other = make_student("bo@example.org", Role.ADMIN)
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(User).where(User.email == "bo@example.org").values(role=role))
    for method, path, body in ADDRESSES:
        for sent in (body, {"odd": 1}, None):
            answer = send(other, method, path.replace("/1", "/99") if sent is None else path, sent)
            assert code(answer) == (403, "refused"), (method, path, sent)
            assert set(answer.json) == {"type", "title", "status", "detail", "code", "errors"}
    for method, path, body in OF_MENTORS if role is Role.STUDENT else ():
        assert code(send(other, method, path, body)) == (403, "refused")
    assert (count(app, User), count(app, Invite), count(app, OneTimeLink)) == (2, 0, 0)


@pytest.mark.parametrize("scope", [KeyScope.READ, KeyScope.PRACTISE, KeyScope.MENTOR])
def test_an_admins_key_for_less_looks_after_nobody(app: Flask, admin: Student, scope: KeyScope) -> None:
    with app.app_context(), db.writing() as session:
        root = session.scalars(sa.select(User)).one()
        headers = {"Authorization": f"Bearer {keys.make_token(session, root, 'less', scope=scope)}"}
    for method, path, body in ADDRESSES:
        answer = admin._client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
        assert code(answer) == (403, "key_scope"), (method, path)
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="admin"'
    for method, path, body in OF_MENTORS if scope is not KeyScope.MENTOR else ():
        answer = admin._client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="mentor"', path
    assert (count(app, User), count(app, Invite), count(app, OneTimeLink)) == (1, 0, 0)


@pytest.mark.parametrize("path", ["/admin//accounts", "//admin/accounts", "/admin/accounts/", "/Admin/accounts"])
def test_no_other_spelling_of_an_address_needs_less(app: Flask, admin: Student, path: str) -> None:
    with app.app_context(), db.writing() as session:
        root = session.scalars(sa.select(User)).one()
        headers = {"Authorization": f"Bearer {keys.make_token(session, root, 'less', scope=KeyScope.READ)}"}
    answer = admin._client.get(f"/api/v1{path}", headers=headers, follow_redirects=True)
    assert answer.status_code in (403, 404)
    assert "accounts" not in answer.json


def test_every_address_for_admins_is_tried_above(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/admin")]
    served = {
        (method, re.sub("<[^>]*>", "1", rule.rule.removeprefix("/api/v1")))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(method, path) for method, path, _ in ADDRESSES}


def test_a_guest_is_asked_who_asks(app: Flask, admin: Student) -> None:
    for method, path, body in [*ADDRESSES, *OF_MENTORS]:
        answer = app.test_client().open(f"/api/v1{path}", method=method, json=body)
        assert code(answer) == (401, "sign_in_needed"), (method, path)


def test_a_browser_needs_its_token_against_forgery(app: Flask, admin: Student) -> None:
    client = app.test_client()
    token = client.get("/sign-in").text.split('name="csrf-token" content="')[1].split('"')[0]
    form = {"email": "root@example.org", "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code == 303
    assert client.get(f"/api/v1{ACCOUNTS}").status_code == 200
    assert code(client.post(f"/api/v1{ACCOUNTS}", json={"email": "ada@example.org"})) == (400, "csrf")
    assert count(app, User) == 1


@pytest.mark.parametrize("role", [Role.STUDENT, Role.MENTOR])
def test_only_admins_have_keys_for_what_admins_do(app: Flask, role: Role) -> None:
    with app.app_context(), db.writing() as session:
        user = make_user(session, role=role)
        with pytest.raises(accounts.Invalid, match="Only admins"):
            keys.make_token(session, user, "test", scope=KeyScope.ADMIN)
    assert count(app, ApiToken) == 0


@pytest.mark.parametrize("role", [Role.MENTOR, Role.ADMIN])
def test_mentors_help_students_and_see_nobody_else(
    app: Flask, admin: Student, ada: int, make_student: Callable[..., Student], role: Role
) -> None:
    """An admin's key, too, reaches students alone there: it may be one for what mentors do."""
    helper = make_student("bo@example.org", role)
    assert emails(helper.get("/mentor/students")) == ["ada@example.org"]
    assert emails(helper.get("/mentor/students", query_string={"q": "root"})) == []
    assert helper.get(f"/mentor/students/{ada}").json["email"] == "ada@example.org"
    assert opens(app, helper.post(f"/mentor/students/{ada}/link", None).json["link"])
    assert helper.get("/mentor/students", query_string={"role": "admin"}).status_code == 422
    root = admin.get(ACCOUNTS, query_string={"q": "root@"}).json["accounts"][0]["id"]
    for number in (root, 99):
        assert helper.get(f"/mentor/students/{number}").status_code == 404
        assert helper.post(f"/mentor/students/{number}/link", None).status_code == 404
    assert count(app, OneTimeLink) == 1


def test_what_was_done_is_in_the_log(admin: Student, ada: int) -> None:
    with structlog.testing.capture_logs() as said:
        admin.patch(f"{ACCOUNTS}/{ada}", {"role": "mentor", "name": "Ada Q."})
        admin.post(f"{ACCOUNTS}/{ada}/disable", None)
        admin.post(f"{ACCOUNTS}/batch", {"csv": "bo@example.org"})
        admin.post(f"{ACCOUNTS}/{ada}/delete", {"email": "ada@example.org"})
    deeds = [(line["account"], line["what"]) for line in said if line["event"] == "an account was changed"]
    assert deeds == [(ada, "name"), (ada, "role"), (ada, "disabled"), (ada + 1, "added"), (ada, "deleted")]


def test_a_password_that_was_chosen_is_not_touched(app: Flask, admin: Student) -> None:
    made = admin.post(ACCOUNTS, {"email": "ada@example.org"}).json
    with app.app_context(), db.writing() as session:
        accounts.use_link(session, made["link"].rpartition("/")[2], passwords.new("several words make one"))
    assert admin.get(f"{ACCOUNTS}/{made['id']}").json["state"] == "active"
