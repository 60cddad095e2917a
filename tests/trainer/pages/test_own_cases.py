"""Own cases on the problem page: kept without scripts, run with the samples, made of a case that failed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import OwnCase, Submission

HOME = "/problems/double"
RIGHT = "def double(number):\n    return 2 * number\n"
FIVE = {"own_input_#": "five", "own_input_number": "5", "own_input_=": "10"}


def keep(who: Visitor, **own: str) -> str:
    answer = who.post(f"{HOME}/submissions", language="python", source="# draft\n", action="keep", **own)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def test_a_case_is_kept_without_scripts_and_stands_in_the_fields(student: Visitor) -> None:
    page = student.get(keep(student, **FIVE).partition("#")[0])
    assert (
        'name="own_input_#" data-parameter="#" form="answer" maxlength="80" autocomplete="off" value="five"'
        in page.text
    )
    assert re.search(r'name="own_input_number"[^>]*>\n5</textarea>', page.text)
    assert re.search(r'name="own_input_="[^>]*>\n10</textarea>', page.text)
    assert "# draft" in page.text
    cases = json.loads(unescape(re.findall(r'data-cases="([^"]*)"', page.text)[0]))
    assert [case["values"] for case in cases] == [{"#": "five", "number": "5", "=": "10"}]


def test_a_case_is_deleted_without_scripts(app: Flask, student: Visitor) -> None:
    number = re.findall(r"case=(\d+)", keep(student, **FIVE))[0]
    assert student.post(f"{HOME}/cases/{number}/delete").status_code == 303
    assert student.post(f"{HOME}/cases/{number}/delete").status_code == 404
    with app.app_context():
        assert db.session.scalars(sa.select(OwnCase)).all() == []


def test_a_run_without_scripts_takes_what_is_typed_and_what_is_kept(app: Flask, student: Visitor) -> None:
    keep(student, **FIVE)
    sent = student.post(
        f"{HOME}/submissions",
        language="python",
        source=RIGHT,
        action="run",
        own_input_number="7",
        **{"own_input_=": ""},
    )
    assert sent.status_code == 303
    with app.app_context():
        inputs = db.session.scalars(sa.select(Submission.own_inputs)).one()
    assert inputs == [{"number": "7", "=": ""}, {"number": "5", "#": "five", "=": "10"}]


def test_a_kept_case_that_stands_in_the_fields_runs_once(app: Flask, student: Visitor) -> None:
    keep(student, **FIVE)
    student.post(f"{HOME}/submissions", language="python", source=RIGHT, action="run", **FIVE)
    with app.app_context():
        assert len(db.session.scalars(sa.select(Submission.own_inputs)).one()) == 1


@pytest.mark.parametrize(("expected", "words"), [("10", "1 of 1 own case gives"), ("11", "0 of 1 own case gives")])
def test_a_run_says_whether_it_gives_what_is_expected(
    student: Visitor, submit: Callable[..., int], expected: str, words: str
) -> None:
    number = submit(student, RIGHT, **(FIVE | {"own_input_=": expected, "action": "run"}))
    page = text_of(student.get(f"{HOME}?submission={number}"))
    assert f"Samples pass 1 of 1 sample passes. Submit runs the hidden cases. {words} what you expect." in page
    assert f"Expected {expected} Got 10" in page


def test_an_expected_value_that_does_not_fit_is_told_beside_its_field(student: Visitor) -> None:
    form = FIVE | {"own_input_=": "'ten'"}
    answer = student.post(f"{HOME}/submissions", language="python", source=RIGHT, action="run", **form)
    assert answer.status_code == 422
    assert 'id="own--expected-say">' in answer.text
    assert "Expected value: is a str, the signature says int" in text_of(answer)


def test_a_failed_case_is_made_an_own_one(student: Visitor, submit: Callable[..., int]) -> None:
    number = submit(student, "# raises\ndef double(number): ...\n")
    page = student.get(f"{HOME}?submission={number}")
    found = re.search(r'data-keep-case="([^"]*)"', page.text)
    assert found
    assert json.loads(unescape(found[1])) == {"number": "0", "#": "nothing", "=": "0"}
    filled = student.get(f"{HOME}?submission={number}&own=1").text
    assert re.search(r'name="own_input_="[^>]*>\n0</textarea>', filled)


def test_a_failed_sample_is_made_an_own_case_too(student: Visitor, submit: Callable[..., int]) -> None:
    page = student.get(f"{HOME}?submission={submit(student, '# answers 7')}").text
    found = re.search(r'data-keep-case="([^"]*)"', page)
    assert found
    assert json.loads(unescape(found[1])) == {"number": "3", "#": "three", "=": "6"}
    assert "data-run-case" not in page


def test_nobody_touches_the_cases_of_others(make_visitor: Callable[..., Visitor]) -> None:
    number = re.findall(r"case=(\d+)", keep(make_visitor(), **FIVE))[0]
    other = make_visitor("eve@example.org")
    assert other.post(f"{HOME}/cases/{number}/delete").status_code == 404
    assert "five" not in other.get(f"{HOME}?case={number}").text


def test_a_guest_keeps_no_case_with_us(visitor: Visitor) -> None:
    answer = visitor.post(f"{HOME}/submissions", language="python", source="x", action="keep", **FIVE)
    assert answer.location.startswith("/sign-in")
    assert 'data-url=""' in visitor.get(HOME).text
