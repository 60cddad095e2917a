"""Accounts in the browser: admins look after them, mentors help students, nobody else sees them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import make_worker
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.config import Config
from trainer.db import db
from trainer.models import Role, User
from trainer.services import accounts, keys

ADA = {"name": "Ada Quist", "email": "ada@example.org", "password": "several words make one"}


@pytest.fixture
def admin(make_visitor: Callable[..., Visitor]) -> Visitor:
    return make_visitor("root@example.org", Role.ADMIN)


def user_of(app: Flask, email: str) -> User:
    with app.app_context(), db.reading() as session:
        found = accounts.find_by_email(session, email)
        assert found
        return found


def path_of(app: Flask, email: str) -> str:
    return f"/accounts/{user_of(app, email).id}"


def link_in(answer: TestResponse, *, to: str = "link") -> str:
    found = re.search(rf"http://[^/]+(/{to}/[\w-]+)", answer.text)
    assert found, text_of(answer)
    return found[1]


def test_students_see_no_account_but_their_own(app: Flask, student: Visitor, admin: Visitor) -> None:
    mine = path_of(app, "mira@example.org")
    for path in ("/accounts", mine, "/accounts/add", "/accounts/sign-up", f"{mine}/delete"):
        assert student.get(path).status_code == 403
    for path in (f"{mine}/role", f"{mine}/link", "/accounts/add", "/accounts/invites", "/accounts/mail/try"):
        assert student.post(path, role="admin").status_code == 403
    assert user_of(app, "mira@example.org").role is Role.STUDENT


def test_mentors_see_students_and_change_nothing(app: Flask, mentor: Visitor, student: Visitor, admin: Visitor) -> None:
    page = text_of(mentor.get("/accounts"))
    assert "mira@example.org" in page
    assert "root@example.org" not in page
    mira, root = path_of(app, "mira@example.org"), path_of(app, "root@example.org")
    assert mentor.get(mira).status_code == 200
    assert mentor.get(root).status_code == 404
    assert mentor.post(f"{root}/link").status_code == 404
    for what in ("role", "time", "name", "disable", "enable", "delete"):
        assert mentor.post(f"{mira}/{what}", role="admin", factor="2", name="x").status_code == 403
    assert "Disable the account" not in mentor.get(mira).text


@pytest.mark.parametrize("who", ["mentor", "admin"])
def test_a_student_who_forgot_the_password_gets_a_link(
    app: Flask, request: pytest.FixtureRequest, who: str, student: Visitor
) -> None:
    helper: Visitor = request.getfixturevalue(who)
    answer = helper.post(f"{path_of(app, 'mira@example.org')}/link")
    assert "This link is shown once" in text_of(answer)
    assert "One waits to be opened" in text_of(helper.get(path_of(app, "mira@example.org")))
    fresh = Visitor(app.test_client())
    assert fresh.post(link_in(answer), password="several words make one").status_code == 303
    assert student.get("/account").status_code == 302


def test_admins_read_how_programs_are_run(app: Flask, admin: Visitor, mentor: Visitor) -> None:
    def tell(why_single: str = "", message: str = "") -> str:
        with app.app_context(), db.writing() as session:
            make_worker(session, message=message, why_single=why_single)
        return text_of(admin.get("/accounts"))

    assert "Boxes are kept" in tell()
    assert "Each box serves one submission and is replaced, because new namespaces were refused." in tell(
        why_single="new namespaces were refused"
    )
    assert "Submissions wait until one can." in tell(message="no Docker-compatible engine answers")
    assert "Workers" not in text_of(mentor.get("/accounts"))


def test_the_list_is_searched(app: Flask, student: Visitor, admin: Visitor) -> None:
    assert "mira@example.org" in text_of(admin.get("/accounts?q=MIRA"))
    assert "root@example.org" not in re.sub(
        r"<header.*?</header>", "", admin.get("/accounts?role=student").text, flags=re.S
    )
    assert "Nobody found" in text_of(admin.get("/accounts?q=zeppelin&state=active"))


@pytest.mark.parametrize(("role", "words"), [("mentor", "a mentor"), ("admin", "an admin")])
def test_a_new_role_has_its_article(app: Flask, student: Visitor, admin: Visitor, role: str, words: str) -> None:
    mira = path_of(app, "mira@example.org")
    admin.post(f"{mira}/role", role=role)
    assert f"is {words} now." in text_of(admin.get(mira))


def test_an_admin_changes_name_role_and_time(app: Flask, student: Visitor, admin: Visitor) -> None:
    mira = path_of(app, "mira@example.org")
    for what, form in (("name", {"name": "Mira L."}), ("role", {"role": "mentor"}), ("time", {"factor": "1.5"})):
        assert admin.post(f"{mira}/{what}", **form).status_code == 303
    user = user_of(app, "mira@example.org")
    assert (user.name, user.role, user.time_factor) == ("Mira L.", Role.MENTOR, 1.5)


@pytest.mark.parametrize(
    ("what", "form", "words"),
    [
        ("name", {"name": " "}, "1 to 80 characters"),
        ("role", {"role": "boss"}, "Choose a role."),
        ("time", {"factor": "3"}, "one of 1, 1.25, 1.5, 2"),
        ("time", {"factor": "x"}, "Choose one of the times."),
    ],
)
def test_a_change_that_cannot_be_made_says_why(
    app: Flask, student: Visitor, admin: Visitor, what: str, form: dict[str, str], words: str
) -> None:
    answer = admin.post(f"{path_of(app, 'mira@example.org')}/{what}", **form)
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert user_of(app, "mira@example.org").time_factor == 1.0


def test_the_only_admin_stays(app: Flask, admin: Visitor) -> None:
    root = path_of(app, "root@example.org")
    answer = admin.post(f"{root}/role", role="student")
    assert (answer.status_code, "is the only admin" in text_of(answer)) == (409, True)
    for what, form in (("disable", {}), ("delete", {"email": "root@example.org"})):
        assert "your own account" in text_of(admin.post(f"{root}/{what}", **form))
    assert user_of(app, "root@example.org").role is Role.ADMIN


def test_a_disabled_account_lets_nobody_in(app: Flask, student: Visitor, admin: Visitor) -> None:
    admin.post("/accounts/sign-up", sign_up="open", contact="Dr. Lind")
    mira = path_of(app, "mira@example.org")
    assert "signed out everywhere" in text_of(admin.get(f"{mira}/disable"))
    assert admin.post(f"{mira}/disable").status_code == 303
    assert student.get("/account").status_code == 302
    answer = Visitor(app.test_client()).post("/sign-in", email="mira@example.org", password="correct horse battery")
    assert (answer.status_code, "This account is disabled. Ask Dr. Lind." in text_of(answer)) == (403, True)
    wrong = Visitor(app.test_client()).post("/sign-in", email="mira@example.org", password="no such password")
    assert "disabled" not in text_of(wrong)
    assert admin.post(f"{mira}/enable").status_code == 303
    Visitor(app.test_client()).enter("mira@example.org")


def test_a_key_of_a_disabled_account_is_none(app: Flask, student: Visitor, admin: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        token = keys.make_token(session, user_of(app, "mira@example.org"), "laptop")
    client = app.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/progress", headers=headers).status_code == 200
    admin.post(f"{path_of(app, 'mira@example.org')}/disable")
    assert client.get("/api/v1/progress", headers=headers).status_code == 401


def test_deleting_asks_for_the_address(app: Flask, student: Visitor, admin: Visitor) -> None:
    mira = path_of(app, "mira@example.org")
    refused = admin.post(f"{mira}/delete", email="mira")
    assert (refused.status_code, "Nothing was deleted" in text_of(refused)) == (422, True)
    assert admin.post(f"{mira}/delete", email=" Mira@example.org").status_code == 303
    assert admin.get(mira).status_code == 404
    assert student.get("/account").status_code == 302


def test_one_account_is_added_with_a_link(app: Flask, admin: Visitor) -> None:
    answer = admin.post("/accounts/add", email="Ada@example.org", name="", role="mentor")
    assert "1 account made" in text_of(answer)
    assert Visitor(app.test_client()).post(link_in(answer), password="several words make one").status_code == 303
    assert user_of(app, "ada@example.org").role is Role.MENTOR
    again = admin.post("/accounts/add", email="ada@example.org", name="", role="student")
    assert (again.status_code, "There is an account with this address" in text_of(again)) == (409, True)
    assert 'value="ada@example.org"' in again.text


def test_a_class_is_looked_at_before_it_is_made(app: Flask, student: Visitor, admin: Visitor) -> None:
    text = "\n".join(["mira@example.org, Mira"] + [f"s{n}@example.org, Student {n}" for n in range(30)])
    shown = text_of(admin.post("/accounts/add/preview", list=text))
    assert "30 new accounts" in shown
    assert "Has an account" in shown
    assert admin.get("/accounts").text.count("@example.org") < 5  # nothing is made yet
    made = admin.post("/accounts/add/list", list=text)
    links = re.search(r"<textarea[^>]*>(.*?)</textarea>", made.text, flags=re.S)
    assert links
    rows = list(csv.DictReader(io.StringIO(links[1])))
    assert [row["email"] for row in rows] == [f"s{n}@example.org" for n in range(30)]
    for row in rows[:3]:
        path = row["link"].partition("/link/")[2]
        fresh = Visitor(app.test_client())
        assert fresh.post(f"/link/{path}", password="several words make one").status_code == 303


def test_a_file_is_taken_as_a_list(app: Flask, admin: Visitor) -> None:
    file = (io.BytesIO("Zoë;zoe@example.org".encode("cp1252")), "class.csv")
    assert "Zoë" in text_of(admin.post("/accounts/add/preview", file=file))
    binary = (io.BytesIO(b"PK\x03\x04\x81\x8d\x8f"), "class.xlsx")
    assert "Save the list as CSV" in text_of(admin.post("/accounts/add/preview", file=binary))


def test_a_list_with_a_flaw_makes_nothing_and_stays(app: Flask, admin: Visitor) -> None:
    text = "ada@example.org, Ada\nnobody, Nobody"
    for path in ("preview", "list"):
        answer = admin.post(f"/accounts/add/{path}", list=text)
        assert "1 line cannot be used" in text_of(answer)
        assert "nobody, Nobody</textarea>" in answer.text
    with app.app_context(), db.reading() as session:
        assert accounts.find_by_email(session, "ada@example.org") is None


def test_lines_that_cannot_be_used_are_named_above_the_list(admin: Visitor) -> None:
    lines = [f"ada{number}@example.org, Ada" for number in range(20)]
    lines[17] = "no address, Nobody"
    page = text_of(admin.post("/accounts/add/preview", list="\n".join(lines)))
    above = page.partition("19 new accounts")[0]
    assert "Line 18, “no address”: " in above
    assert "marked below" not in above
    above = text_of(admin.post("/accounts/add/preview", list="\n".join(["nobody, Nobody"] * 12))).partition("0 new")[0]
    assert (above.count("Line "), "2 more are marked below." in above) == (10, True)


def test_an_invite_lets_in_where_sign_up_is_closed(app: Flask, admin: Visitor) -> None:
    admin.post("/accounts/sign-up", sign_up="closed", contact="Dr. Lind")
    guest = Visitor(app.test_client())
    closed = text_of(guest.get("/sign-up"))
    assert "Ask Dr. Lind." in closed
    assert guest.post("/sign-up", **ADA).status_code == 403
    admin.post("/accounts/invites", name="Spring course", days="7", most="1")
    join = link_in(admin.get("/accounts/sign-up"), to="join")
    assert "You are invited: Spring course." in text_of(guest.get(join))
    assert guest.post(join, **ADA).location == "/"
    assert "by the invite “Spring course”" in text_of(admin.get(path_of(app, "ada@example.org")))
    assert "you need no invite" in text_of(guest.get(guest.get(join).location))
    late = Visitor(app.test_client())
    assert (late.get(join).status_code, late.post(join, **ADA | {"email": "bo@example.org"}).status_code) == (403, 403)
    for answer in (late.get(join), late.post(join, **ADA)):
        assert "This link cannot be used This invite is used up" in text_of(answer)
        assert 'class="btn main big full" href="/sign-in"' in answer.text


def test_an_invite_is_not_used_by_a_form_that_is_refused(app: Flask, admin: Visitor) -> None:
    admin.post("/accounts/invites", name="Spring course", days="7", most="1")
    join = link_in(admin.get("/accounts/sign-up"), to="join")
    guest = Visitor(app.test_client())
    refused = guest.post(join, **ADA | {"email": "root@example.org"})
    assert (refused.status_code, "There is an account with this address" in text_of(refused)) == (409, True)
    assert 'value="Ada Quist"' in refused.text
    assert guest.post(join, **ADA).status_code == 303


def test_an_invite_is_ended(app: Flask, admin: Visitor) -> None:
    admin.post("/accounts/invites", name="Spring course", days="7", most="30")
    page = admin.get("/accounts/sign-up")
    end = re.search(r'action="(/accounts/invites/\d+/end)"', page.text)
    assert end
    assert admin.post(end[1]).status_code == 303
    assert "This invite has ended" in text_of(Visitor(app.test_client()).get(link_in(page, to="join")))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "x", "days": "0", "most": "1"}, "1 to 365 days"),
        ({"name": "x", "days": "1", "most": "many"}, "Write a whole number"),
        ({"name": "", "days": "1", "most": "1"}, "1 to 80 characters"),
    ],
)
def test_an_invite_that_cannot_be_made_says_why(admin: Visitor, form: dict[str, str], words: str) -> None:
    answer = admin.post("/accounts/invites", **form)
    assert (answer.status_code, words in text_of(answer)) == (422, True)


class TestWhereTheServerClosesSignUp:
    @pytest.fixture
    def config(self, config: Config) -> Config:
        return config.model_copy(update={"sign_up": False})

    def test_no_rule_opens_it(self, app: Flask, admin: Visitor) -> None:
        admin.post("/accounts/sign-up", sign_up="open")
        assert "TRAINER_SIGN_UP" in text_of(admin.get("/accounts/sign-up"))
        assert Visitor(app.test_client()).post("/sign-up", **ADA).status_code == 403
