"""Languages by the API: which there are, and what is said where one is named that is none."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.languages import languages
from tests.trainer.api.conftest import Student
from trainer.languages import names

OTHER = list(languages())[-1]


def test_languages_are_listed_with_what_tells_them_apart(student: Student) -> None:
    answer = student.get("/languages")
    known = languages()[OTHER]
    assert [one["name"] for one in answer.json["languages"]] == list(languages())
    assert answer.json["languages"][-1] == {
        "name": OTHER,
        "title": known.title,
        "version": known.version,
        "ending": known.ending,
        "time_factor": known.time_factor,
        "is_ready": False,
    }
    again = student.get("/languages", query_string={})
    assert again.headers["ETag"] == answer.headers["ETag"]


def test_a_problem_tells_its_languages_with_a_starter_in_each(student: Student) -> None:
    found = student.get("/problems/double").json
    assert found["languages"] == list(languages())
    assert list(found["starters"]) == list(languages())


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("post", "/problems/double/submissions", {"source": "x"}),
        ("post", "/problems/double/runs", {"source": "x"}),
        ("put", "/problems/double/draft", {"source": "x", "base_revision": 0}),
    ],
)
def test_a_language_that_nobody_knows_is_refused_with_those_that_are_known(
    student: Student, verb: str, path: str, body: dict[str, Any]
) -> None:
    answer = getattr(student, verb)(path, body | {"language": "cobol"})
    assert answer.status_code == 422
    [error] = answer.json["errors"]
    assert error["field"] == "language"
    assert all(name in error["message"] for name in names())
    other_form = getattr(student, verb)(path, body | {"language": "sql"})
    assert other_form.status_code == 422
    assert other_form.json["detail"].endswith(f"It can in: {', '.join(languages())}.")


def test_submissions_are_listed_by_their_language(student: Student) -> None:
    sent = {name: student.submit("x", language=name)["id"] for name in languages()}
    for name, number in sent.items():
        found = student.get(f"/submissions?language={name}").json["submissions"]
        assert [one["id"] for one in found] == [number]
    assert len(student.get("/submissions").json["submissions"]) == len(sent)
    assert student.get("/submissions?language=cobol").status_code == 422


def test_each_language_has_a_draft_of_its_own(student: Student) -> None:
    for name in languages():
        answer = student.put("/problems/double/draft", {"language": name, "source": f"in {name}", "base_revision": 0})
        assert answer.status_code == 200, answer.json
    for name in languages():
        assert student.get(f"/problems/double/draft?language={name}").json["source"] == f"in {name}"
