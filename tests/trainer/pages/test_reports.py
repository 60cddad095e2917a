"""A report gets an answer, and its student sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import Report


@pytest.fixture
def reported(student: Visitor) -> Visitor:
    student.post("/problems/double/reports", kind="statement", text="What is twice?")
    return student


def test_an_answer_stands_at_home_until_it_is_read(reported: Visitor, mentor: Visitor) -> None:
    assert "open" in text_of(reported.get("/reports"))
    closed = mentor.post("/mentor/reports/1/resolve", answer="Two times.\nThe text says so now.")
    assert closed.status_code == 303
    assert "its student sees your answer" in text_of(mentor.get("/mentor/reports"))
    home = text_of(reported.get("/"))
    assert "answered your report on Double it" in home
    assert "Two times. The text says so now." in home
    assert reported.post("/reports/1/read", next="/").location == "/"
    assert "Two times." not in text_of(reported.get("/"))
    assert "Two times." in text_of(reported.get("/reports"))
    assert "read by the student" in text_of(mentor.get("/mentor/reports?state=closed"))


def test_a_report_may_be_closed_without_a_word(reported: Visitor, mentor: Visitor) -> None:
    mentor.post("/mentor/reports/1/resolve")
    assert "answered" not in text_of(reported.get("/"))
    assert "closed it without an answer" in text_of(reported.get("/reports"))


@pytest.mark.parametrize(("answer", "words"), [("x" * 2001, "at most 2,000 characters"), ("a\x00b", "cannot be kept")])
def test_an_answer_that_cannot_be_kept_is_not_lost(reported: Visitor, mentor: Visitor, answer: str, words: str) -> None:
    refused = mentor.post("/mentor/reports/1/resolve", answer=answer)
    assert (refused.status_code, words in text_of(refused)) == (422, True)
    assert answer[:50].replace("\x00", "") in refused.text.replace("\x00", "")
    assert "What is twice?" in text_of(mentor.get("/mentor/reports"))


def test_nobody_reads_or_marks_the_reports_of_others(
    app: Flask, reported: Visitor, mentor: Visitor, make_visitor: Callable[..., Visitor]
) -> None:
    mentor.post("/mentor/reports/1/resolve", answer="Two times.")
    other = make_visitor("other@example.org")
    assert "You have reported nothing" in text_of(other.get("/reports"))
    assert other.post("/reports/1/read").status_code == 404
    with app.app_context(), db.reading() as session:
        assert session.get_one(Report, 1).answer_read_at is None


def test_a_report_comes_along_in_the_export(reported: Visitor, mentor: Visitor) -> None:
    mentor.post("/mentor/reports/1/resolve", answer="Two times.")
    found = reported.get("/account/export.json").get_json()["reports"]
    assert [(one["problem"], one["text"], one["answer"]) for one in found] == [
        ("double", "What is twice?", "Two times.")
    ]


def test_mentors_read_the_submission_that_comes_along(
    student: Visitor, mentor: Visitor, submit: Callable[..., int]
) -> None:
    number = submit(student, "# answers 7\n")
    student.post("/problems/double/reports", kind="right refused", text="Seven is right.", submission=str(number))
    assert 'href="/mentor/reports/1/submission"' in mentor.get("/mentor/reports").text
    page = text_of(mentor.get("/mentor/reports/1/submission"))
    for words in ("Sent by Mira Okafor", "Wrong answer", "Seven is right.", "Expected 6 Got 7", "# answers 7"):
        assert words in page
    assert student.get("/mentor/reports/1/submission").status_code == 403


def test_a_report_without_a_submission_leads_to_none(reported: Visitor, mentor: Visitor) -> None:
    assert "/submission" not in mentor.get("/mentor/reports").text
    assert mentor.get("/mentor/reports/1/submission").status_code == 404
