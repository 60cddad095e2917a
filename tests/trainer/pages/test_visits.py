"""What each page answers to whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.models import Role

OPEN = ("/", "/problems", "/problems/double", "/sign-in", "/sign-up", "/forgot", "/how-judging-works", "/accessibility")
SIGNED_IN = ("/progress", "/account", "/account/export.json", "/account/delete", "/problems/double/reports", "/reports")
MENTORS = ("/mentor", "/mentor/reports", "/mentor/template/new-one.zip", "/mentor/problems/double.zip")


@pytest.mark.parametrize("path", OPEN)
def test_everybody_may_read(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", SIGNED_IN)
def test_guests_are_led_to_sign_in_and_back(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", SIGNED_IN)
def test_students_reach_their_pages(student: Visitor, path: str) -> None:
    assert student.get(path).status_code == 200


@pytest.mark.parametrize("path", MENTORS)
def test_mentors_pages_are_refused_to_students(student: Visitor, path: str) -> None:
    assert student.get(path).status_code == 403


@pytest.mark.parametrize("path", MENTORS)
def test_mentors_reach_them(mentor: Visitor, path: str) -> None:
    assert mentor.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/problems/nothing", "/problems/double?language=cobol", "/problems/double?submission=1",
     "/submissions/99", "/submissions/99/result", "/static/../config.py"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_leads_on(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Go to the problems" in text_of(answer)


def test_there_is_no_link_to_what_does_not_exist(make_visitor: Callable[..., Visitor], app: Flask) -> None:
    admin = make_visitor("admin@example.org", Role.ADMIN)
    for page in (*OPEN, *SIGNED_IN[:2], "/mentor"):
        links = set(re.findall(r'<a [^>]*href="(/[^"#]*)', admin.get(page).text))
        broken = {link for link in links if admin.get(link.replace("&amp;", "&")).status_code >= 400}
        assert broken == set(), page


def test_navigation_shows_only_what_one_may_use(visitor: Visitor, student: Visitor, mentor: Visitor) -> None:
    assert 'href="/mentor"' not in visitor.get("/").text
    assert 'href="/mentor"' not in student.get("/").text
    assert 'href="/mentor"' in mentor.get("/").text


def test_the_front_page_counts_what_the_bank_has(visitor: Visitor) -> None:
    text = text_of(visitor.get("/"))
    assert "Functions 3 problems" in text
    assert "First steps" in text


def test_an_empty_progress_page_says_what_to_do(student: Visitor) -> None:
    text = text_of(student.get("/progress"))
    assert "Nothing to show yet" in text
    assert "Start with “" in text


def test_the_theme_of_a_device_is_kept_without_scripts(student: Visitor) -> None:
    student.post("/account/theme", theme="dark")
    assert re.search(r'<html [^>]*data-theme="dark">', student.get("/account").text)
    student.post("/account/theme", theme="")
    assert re.search(r"<html (?![^>]*data-theme)[^>]*>", student.get("/account").text)
    assert student.cookie("theme") is None


def test_a_cookie_cannot_write_into_the_page(app: Flask, visitor: Visitor) -> None:
    visitor._client.set_cookie("theme", '"><script>')
    assert '<html lang="en">' in visitor.get("/").text


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 10**17, 2**63, 10**30])
def test_numbers_that_no_table_holds_are_no_error(student: Visitor, number: int) -> None:
    """PostgreSQL refuses to compare them."""
    for path in ("/submissions/{}/result", "/problems/double/attempts/{}", "/interviews/{}", "/api/v1/submissions/{}"):
        assert student.get(path.format(number)).status_code == 404, path
    for path in ("/?submission={}", "/problems/double?submission={}"):
        assert student.get(path.format(number)).status_code in (200, 404), path
    report = student.post("/problems/double/reports", kind="statement", text="What is meant?", submission=number)
    assert report.status_code in (303, 404)
