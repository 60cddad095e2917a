"""Mentors' pages: what is refused, what waits, what may be published."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import QUESTIONS, make_package, make_quiz
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.bank.archives import load_zip, to_zip
from trainer.bank.files import package
from trainer.db import db
from trainer.models import KnownMistakes, Role, Upload, UploadStatus

REPORT = {
    "findings": [{"rule": "package", "ok": True, "advice": False, "message": "10 files", "seconds": 0.1}],
    "kills": [{"case": "below zero", "by": ["submissions/wrong_answer/square.py"]}],
    "submissions": [{"expected": "wrong answer"}],
    "mistakes": {"0a1b": "It squares."},
    "running": "",
}


def send(mentor: Visitor, archive: bytes) -> str:
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(archive), "package.zip"))
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def finish(app: Flask, *, passed: bool) -> None:
    """End the check of the only upload, as the worker does."""
    with app.app_context(), db.writing() as session:
        upload = session.get_one(Upload, 1)
        upload.status, upload.passed, upload.report = UploadStatus.CHECKED, passed, REPORT


def test_an_upload_waits_for_its_check_and_shows_itself_as_a_student_sees_it(mentor: Visitor) -> None:
    address = send(mentor, to_zip(make_package("fresh", title="Fresh one")))
    text = text_of(mentor.get(address))
    assert "Waiting for a sandbox" in text
    assert "Not published yet" in text
    for words in ("Write double", "Hint 1 of 2", "What the editor begins with", "Solution opens when it is earned"):
        assert words in text, words
    assert f'data-watch="{address}"' in mentor.get(address, fragment=True).text
    assert "Waiting for its check" in text_of(mentor.get("/mentor"))


def test_an_uploaded_quiz_shows_its_questions_with_their_answers(mentor: Visitor) -> None:
    text = text_of(mentor.get(send(mentor, to_zip(make_quiz("fresh-quiz")))))
    assert "Six questions about a small API." in text
    assert "2. What may be sent twice" in text
    assert "Right: PUT of a whole thing It says what shall be." in text
    assert "17.5 seconds" in text


def test_a_broken_question_is_refused_with_its_place(mentor: Visitor) -> None:
    broken = to_zip(make_quiz("fresh-quiz", questions=QUESTIONS.replace("unit:", "unti:")))
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(broken), "package.zip"))
    assert answer.status_code == 422
    assert "questions.yaml: line 49: question 6: unti: unknown key (did you mean 'unit'?)" in text_of(answer)


def test_all_mistakes_of_a_package_are_told_at_once(mentor: Visitor) -> None:
    files = dict(make_package("fresh", difficulty="huge", topics="arays").files)
    files["data/secret.yaml"] = files["data/secret.yaml"].replace(b"{number: 0}", b"{nummer: 0}") + b"- {name: 07}\n"
    files["problem.md"] = files["problem.md"].replace(b"return twice", b"return <!-- hidden --> twice")
    files["notes.txt"] = b"?"
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(to_zip(package("fresh", files))), "fresh.zip"))
    said = text_of(answer)
    for flaw in (
        "problem.md: line 4: difficulty: 'huge' will not do",
        "problem.md: line 5: topics: unknown topic 'arays' (did you mean 'arrays'?)",
        "problem.md: line 14: a comment is shown like any text",
        "notes.txt: is no file of a package",
        "data/secret.yaml: line 1: case 1 'nothing': args: unknown parameter 'nummer' (did you mean 'number'?)",
        "data/secret.yaml: line 4: 07 is read as 7",
        "data/secret.yaml: line 4: case 4: 'args' is missing",
    ):
        assert flaw in said


def test_a_zip_without_its_folder_says_what_is_wanted(mentor: Visitor) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in make_package("fresh", topics="arays").files.items():
            archive.writestr(path, content)
    said = text_of(mentor.post("/mentor/uploads", package=(io.BytesIO(out.getvalue()), "fresh.zip")))
    assert "fresh.zip: has problem.md at its top, so the problem's name is not known" in said
    assert "pack the folder itself, not what is in it: my-problem/problem.md" in said
    assert "problem.md: line 5: topics: unknown topic 'arays'" in said
    assert "is no name for a package" not in said


def test_known_mistakes_are_there_as_soon_as_a_package_is_published(app: Flask, mentor: Visitor) -> None:
    address = send(mentor, to_zip(make_package("fresh")))
    finish(app, passed=True)
    mentor.post(f"{address}/publish")
    with app.app_context(), db.reading() as session:
        version = session.get_one(Upload, 1).version_id
        assert session.get_one(KnownMistakes, version).patterns == REPORT["mistakes"]


def test_only_what_passed_can_be_published_and_only_once(app: Flask, mentor: Visitor) -> None:
    address = send(mentor, to_zip(make_package("double", title="Double it again")))
    assert mentor.post(f"{address}/publish").status_code == 409
    finish(app, passed=True)
    page = text_of(mentor.get(address))
    assert "Passed" in page
    assert "below zero 1 of 1" in page
    question = text_of(mentor.get(f"{address}/publish"))
    assert "Publish version 2 of “Double it again”?" in question
    assert "1 file changed" in question
    assert "title: Double it again" in question
    assert mentor.post(f"{address}/publish", note="A better title").location == "/problems/double"
    assert "Double it again" in text_of(mentor.get("/problems"))
    assert mentor.post(f"{address}/publish").status_code == 409


def test_what_failed_can_be_discarded(app: Flask, mentor: Visitor) -> None:
    address = send(mentor, to_zip(make_package("fresh")))
    finish(app, passed=False)
    assert "Fix the files and send the package again" in text_of(mentor.get(address))
    assert mentor.get(f"{address}/publish").status_code == 409
    assert mentor.post(f"{address}/discard").status_code == 303
    assert "Discarded" in text_of(mentor.get("/mentor"))


@pytest.mark.parametrize("archive", [b"", b"no archive", to_zip(make_package("fresh", difficulty="quite hard"))])
def test_what_cannot_be_read_is_explained(mentor: Visitor, archive: bytes) -> None:
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(archive), "package.zip"))
    assert answer.status_code == 422
    assert "This package cannot be read. Nothing was kept." in text_of(answer)


def test_packages_may_be_larger_than_other_forms(mentor: Visitor) -> None:
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(b"x" * 3_000_000), "package.zip"))
    assert answer.status_code == 422
    answer = mentor.post("/mentor/uploads", package=(io.BytesIO(b"x" * 20_000_000), "package.zip"))
    assert answer.status_code == 413


def test_mentors_do_not_see_each_others_uploads(mentor: Visitor, make_visitor: Callable[..., Visitor]) -> None:
    address = send(mentor, to_zip(make_package("fresh")))
    other = make_visitor("other@example.org", Role.MENTOR)
    assert other.get(address).status_code == 404


def test_templates_and_published_packages_can_be_downloaded(mentor: Visitor) -> None:
    assert mentor.get("/mentor/template?slug=my-own").location == "/mentor/template/my-own.zip"
    assert "problem.md" in load_zip(mentor.get("/mentor/template/my-own.zip").data, "my-own").files
    asked = mentor.get("/mentor/template?slug=my-own&kind=service").location
    assert "starter/app.py" in load_zip(mentor.get(asked).data, "my-own").files
    assert mentor.get("/mentor/template/my-own.zip?kind=haiku").status_code == 404
    assert (
        load_zip(mentor.get("/mentor/problems/double.zip").data, "double").files
        == make_package("double", title="Double it").files
    )
    assert mentor.get("/mentor/template/Not%20a%20slug.zip").status_code in (404, 422)
