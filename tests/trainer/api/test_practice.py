"""Practice by the API: hints, the solution, notes, stars, tries, drafts and all that is kept, by the pages' rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.factories import small_interviews
from tests.trainer.api.conftest import Student
from trainer.web.runtime import Runtime, runtime

RIGHT, WRONG = "def double(n): ...", "# answers 6 \n"


def test_hints_open_one_after_the_other(student: Student, other: Student) -> None:
    assert student.get("/problems/double/hints").json == {"hints": [], "total": 2}
    too_early = student.post("/problems/double/hints/2", None)
    assert (too_early.status_code, too_early.json["code"]) == (422, "invalid")
    first = student.post("/problems/double/hints/1", None).json
    assert (first["number"], first["title"]) == (1, "What is twice?")
    assert first["body_html"] == "<p>Add it to itself.</p>"
    assert student.post("/problems/double/hints/1", None).json == first
    assert student.get("/problems/double/hints").json["hints"] == [first]
    assert student.post("/problems/double/hints/3", None).status_code == 404
    assert other.get("/problems/double/hints").json["hints"] == []


def test_the_solution_is_earned(student: Student, other: Student, judges: Runtime) -> None:
    closed = student.get("/problems/double/solution")
    assert (closed.status_code, closed.json["code"]) == (403, "solution_closed")
    assert "multiply" not in json.dumps(closed.json).lower()
    student.wait(student.submit(WRONG))
    assert student.get("/problems/double/solution").status_code == 403
    student.wait(student.submit(RIGHT))
    opened = student.get("/problems/double/solution").json
    assert "Multiply by two" in opened["solution"]
    assert "<h3>" in opened["solution_html"]
    assert other.get("/problems/double/solution").status_code == 403


def test_giving_up_opens_the_solution(student: Student) -> None:
    before = student.get("/problems/double/attempt").json
    assert (before["opened_at"], before["solution_open"]) == (None, False)
    after = student.post("/problems/double/give-up", None).json
    assert after["given_up_at"]
    assert after["solution_open"]
    assert student.get("/problems/double/solution").status_code == 200


def test_tries_are_numbered(student: Student, other: Student, judges: Runtime) -> None:
    student.wait(student.submit(WRONG))
    student.wait(student.submit(RIGHT, what="runs"))
    last = student.submit(RIGHT)
    student.wait(last)
    found = student.get("/problems/double/tries").json
    assert [(one["number"], one["verdict"]) for one in found["tries"]] == [(2, "accepted"), (1, "wrong answer")]
    assert (found["total"], found["tries"][0]["submission"]) == (2, last["id"])
    assert other.get("/problems/double/tries").json == {"tries": [], "total": 0, "next": None}


def test_stars_are_set_and_taken(student: Student) -> None:
    for _ in range(2):
        assert student.put("/problems/double/star", None).status_code == 204
    assert student.get("/problems/double/attempt").json["starred"]
    assert [one["slug"] for one in student.get("/problems?starred=true").json["problems"]] == ["double"]
    assert student.delete("/problems/double/star").status_code == 204
    assert not student.get("/problems/double/attempt").json["starred"]


def test_notes_are_ones_own(student: Student, other: Student) -> None:
    assert student.get("/problems/double/note").json == {"text": "", "saved_at": None}
    assert student.put("/problems/double/note", {"text": "mine"}).json["text"] == "mine"
    assert student.get("/problems/double/note").json["text"] == "mine"
    assert other.get("/problems/double/note").json["text"] == ""
    assert student.put("/problems/double/note", {"text": "x" * 20_001}).json["errors"][0]["field"] == "text"


def test_earlier_drafts_are_there(student: Student, other: Student) -> None:
    for revision, text in enumerate(["a", "bb", "ccc"]):
        body = {"language": "python", "source": text, "base_revision": revision, "device": f"device {revision}"}
        assert student.put("/problems/double/draft", body).status_code == 200
    found = student.get("/problems/double/draft/versions").json["versions"]
    assert [(one["revision"], one["characters"]) for one in found] == [(3, 3), (2, 2), (1, 1)]
    assert student.get("/problems/double/draft/versions/2").json["source"] == "bb"
    assert student.get("/problems/double/draft/versions/9").status_code == 404
    assert other.get("/problems/double/draft/versions").json == {"versions": []}
    assert other.get("/problems/double/draft/versions/2").status_code == 404


def test_problems_are_reported(student: Student, other: Student) -> None:
    sent = student.submit(WRONG)
    body = {"kind": "right refused", "text": "It is right.", "submission": sent["id"]}
    assert student.post("/problems/double/reports", body).status_code == 201
    assert other.post("/problems/double/reports", body).status_code == 404
    assert student.post("/problems/double/reports", body | {"kind": "odd"}).json["errors"][0]["field"] == "kind"


def test_who_asks_is_told(student: Student) -> None:
    found = student.get("/me").json
    assert (found["email"], found["role"], found["time_factor"]) == ("mira@example.org", "student", 1.0)


def test_all_that_is_kept_can_be_taken_out(student: Student) -> None:
    student.put("/problems/double/note", {"text": "mine"})
    with student.get("/me/export", buffered=True) as answer:
        assert answer.mimetype == "application/json"
        found = answer.get_json()
    assert found["account"]["email"] == "mira@example.org"
    assert [note["text"] for note in found["notes"]] == ["mine"]


PERSONAL: list[tuple[str, str]] = [
    ("GET", "/me"),
    ("GET", "/me/export"),
    ("GET", "/problems/double/hints"),
    ("POST", "/problems/double/hints/1"),
    ("GET", "/problems/double/solution"),
    ("GET", "/problems/double/attempt"),
    ("GET", "/problems/double/tries"),
    ("GET", "/problems/double/note"),
    ("GET", "/problems/double/draft/versions"),
    ("PUT", "/problems/double/star"),
    ("POST", "/problems/double/give-up"),
]


@pytest.mark.parametrize(("method", "path"), PERSONAL)
def test_guests_have_none_of_it(app: Flask, bank: None, method: str, path: str) -> None:
    answer = app.test_client().open(f"/api/v1{path}", method=method)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")


@pytest.mark.parametrize(("method", "path"), [one for one in PERSONAL if "double" in one[1]])
def test_an_interview_holds_all_of_it_back(app: Flask, student: Student, method: str, path: str) -> None:
    with app.app_context():
        runtime().interviews = small_interviews()
    assert student.post("/interviews", {"format": "pair-20"}).status_code == 201
    answer: Any = student._client.open(f"/api/v1{path}", method=method, headers=student._headers)
    assert (answer.status_code, answer.json["code"]) == (409, "in_your_interview")
