"""An SQL problem shows what is expected of its sample data, and nothing of the hidden data sets."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import publish_package, small_interviews
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.bank.data import data_digest, dump_cases
from trainer.bank.files import load_folder
from trainer.bank.interviews import Disclosure, Format, Interviews, TaskRule
from trainer.bank.package import read_package
from trainer.clock import now
from trainer.db import db
from trainer.models import TestData
from trainer.services import publishing, sample_answers
from trainer.web.runtime import runtime

SLUG = "stopped-ordering"
PACKAGE = load_folder(Path(__file__).parents[3] / "problems" / SLUG)
COLUMNS = [["name", "text"], ["orders", "int8"]]
SEEN, HIDDEN = [["Seen One", "4"], ["Seen Two", None]], [["Never Shown", "7"]]


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Answers are kept by the address of the data, which is the same in each test."""
    sample_answers._kept.clear()
    yield
    sample_answers._kept.clear()


@pytest.fixture(autouse=True)
def problem(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish_package(session, PACKAGE)


def make_data(session: Session, columns: list[list[str]] = COLUMNS) -> None:
    """What the reference is said to have answered."""
    content = read_package(PACKAGE.files, SLUG)
    cases = [
        dataclasses.replace(case, judged=True, expected={"columns": columns, "rows": SEEN if case.sample else HIDDEN})
        for case in (*content.samples, *content.secrets)
    ]
    data = TestData(digest=data_digest(content), cases=dump_cases(tuple(cases)), count=1, created_at=now())
    publishing.keep(session, data)


def test_expected_rows_stand_on_the_page_before_anything_ran(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        make_data(session)
    page = visitor.get(f"/problems/{SLUG}")
    text = text_of(page)
    assert "Expected rows: five customers, two of them quiet 2 rows" in text
    assert "name text orders number Seen One 4 Seen Two NULL" in text
    assert "Never Shown" not in page.text


def test_until_they_are_made_the_page_says_so(visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/problems/{SLUG}"))
    assert "The rows that are expected of the sample data are being worked out." in text


def test_of_a_query_that_is_refused_postgresql_speaks(app: Flask, student: Visitor, submit: Callable[..., int]) -> None:
    with app.app_context(), db.writing() as session:
        make_data(session, [["name", "text"], ["last_order", "date"]])
    number = submit(student, "# seen not compiled", slug=SLUG, language="sql")
    text = text_of(student.get(f"/submissions/{number}/result"))
    assert "The query does not run" in text
    assert "What PostgreSQL says" in text
    assert "compiler" not in text


@pytest.mark.parametrize(("reveal", "shown"), [(Disclosure.SAMPLES, True), (Disclosure.NONE, False)])
def test_a_room_shows_them_where_it_shows_samples(
    app: Flask, student: Visitor, reveal: Disclosure, shown: bool
) -> None:
    with app.app_context():
        known = small_interviews()
        form = dataclasses.replace(
            known.formats[0], id="sql-10", reveal=reveal, tasks=(TaskRule(kinds=("sql",), minutes=10, points=100),)
        )
        assert isinstance(form, Format)
        runtime().interviews = Interviews((form,), known.questions)
        with db.writing() as session:
            make_data(session)
    student.get("/interviews/new/sql-10")
    room = student.post("/interviews/new/sql-10")
    assert room.status_code == 303
    page = student.get(str(room.location))
    assert ("Seen One" in page.text) == shown
    assert "Never Shown" not in page.text
