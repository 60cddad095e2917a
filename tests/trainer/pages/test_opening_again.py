"""Tries and earlier drafts are opened again, and nothing that stood in the editor is lost by it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import Draft, Submission

RIGHT = "def double(number):\n    return 2 * number\n"
WRONG = "# answers 7\n"


def kept(app: Flask) -> list[str]:
    """All drafts, the latest first."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Draft.source).order_by(Draft.revision.desc())))


def strip(answer: str) -> str:
    found = re.search(r'<div class="oftry".*?</div>', answer, re.S)
    assert found
    return found[0]


def test_a_result_says_which_try_it_is_of(student: Visitor, submit: Callable[..., int]) -> None:
    first = submit(student, WRONG)
    second = submit(student, RIGHT)
    page = student.get(f"/problems/double?submission={first}")
    assert "Result of try 1 of 2 · " in text_of(page)
    assert "data-differs" in strip(page.text)
    assert "not the code in the editor" in strip(page.text)
    assert "data-differs" not in strip(student.get(f"/problems/double?submission={second}").text)


def test_a_judge_error_is_no_try(app: Flask, student: Visitor, submit: Callable[..., int]) -> None:
    first = submit(student, WRONG)
    with app.app_context(), db.writing() as session:
        session.get_one(Submission, first).verdict = "judge error"
    second = submit(student, RIGHT)
    assert "Result of try 1 of 1 · " in text_of(student.get(f"/problems/double?submission={second}"))
    text = text_of(student.get(f"/problems/double?submission={first}"))
    assert "Result of a submission that was not counted · " in text


def test_a_run_and_a_guest_have_no_number(student: Visitor, visitor: Visitor, submit: Callable[..., int]) -> None:
    number = submit(visitor, RIGHT, "first-steps")
    assert "oftry" not in visitor.get(f"/problems/first-steps?submission={number}").text


def test_a_try_is_opened_without_scripts(app: Flask, student: Visitor, submit: Callable[..., int]) -> None:
    first = submit(student, WRONG)
    submit(student, RIGHT)
    opened = student.post(f"/problems/double/attempts/{first}/open")
    assert (opened.status_code, opened.location) == (303, "/problems/double?language=python#code")
    page = student.get(opened.location)
    assert "# answers 7" in page.text
    assert "This is try 1. What stood here before is the first of your earlier drafts" in text_of(page)
    assert kept(app)[:2] == [WRONG, RIGHT]


def test_what_was_just_typed_is_the_first_earlier_draft(
    app: Flask, student: Visitor, submit: Callable[..., int]
) -> None:
    first = submit(student, WRONG)
    submit(student, RIGHT)
    typed = "# typed a moment ago\n" + RIGHT
    submit(student, typed)
    student.post(f"/problems/double/attempts/{first}/open")
    submit(student, "# and on from there\n")
    page = text_of(student.get("/problems/double?tab=attempts"))
    assert "Earlier drafts" in page
    assert typed in kept(app)
    with app.app_context():
        revision = db.session.scalars(sa.select(Draft.revision).where(Draft.source == typed)).one()
    shown = student.get(f"/problems/double/drafts/python/{revision}")
    assert '<div class="add"># typed a moment ago</div>' in shown.text
    back = student.post(f"/problems/double/drafts/python/{revision}/open")
    assert "# typed a moment ago" in student.get(back.location).text


def test_scripts_get_the_draft_and_the_list(student: Visitor, submit: Callable[..., int]) -> None:
    first = submit(student, WRONG)
    submit(student, RIGHT)
    opened = json.loads(student.post(f"/problems/double/attempts/{first}/open", fragment=True).text)
    assert (opened["name"], opened["source"], opened["language"], opened["revision"]) == ("try 1", WRONG, "python", 3)
    assert "Earlier drafts" in opened["list"]


def test_nobody_opens_what_is_not_theirs(make_visitor: Callable[..., Visitor], submit: Callable[..., int]) -> None:
    number = submit(make_visitor(), RIGHT)
    other = make_visitor("eve@example.org")
    assert other.post(f"/problems/double/attempts/{number}/open").status_code == 404
    assert other.get("/problems/double/drafts/python/1").status_code == 404
    assert other.post("/problems/double/drafts/python/1/open").status_code == 404


def test_opening_needs_the_token(student: Visitor, submit: Callable[..., int]) -> None:
    number = submit(student, RIGHT)
    student._token = "forged"
    assert student.post(f"/problems/double/attempts/{number}/open").status_code == 400


def set_time(app: Flask, number: int, time_ms: float) -> None:
    with app.app_context(), db.writing() as session:
        row = session.get_one(Submission, number)
        cases = [case | {"time_ms": time_ms} for case in (row.record or {})["cases"]]
        row.record = (row.record or {}) | {"cases": cases}


def test_the_fastest_accepted_try_is_marked(app: Flask, student: Visitor, submit: Callable[..., int]) -> None:
    numbers = [submit(student, RIGHT)]
    assert "Fastest" not in text_of(student.get("/problems/double?tab=attempts"))
    numbers += [submit(student, f"# {n}\n{RIGHT}") for n in (1, 2)]
    submit(student, WRONG)
    for number, time_ms in zip(numbers, (40.0, 12.0, 30.0), strict=True):
        set_time(app, number, time_ms)
    page = text_of(student.get("/problems/double?tab=attempts"))
    assert page.count("Fastest") == 1
    assert re.search(r"2 Accepted\s+Fastest, 12 ms", page)
