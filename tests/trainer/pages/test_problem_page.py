"""The problem page and its forms, judged by the stub sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import make_worker
from tests.trainer.pages.conftest import Visitor, text_of
from trainer.db import db
from trainer.models import Submission

RIGHT = "def double(number):\n    return 2 * number\n"
WRONG = "# answers 7\n"


def test_the_page_has_all_that_is_needed(visitor: Visitor) -> None:
    text = text_of(visitor.get("/problems/double"))
    for words in ("Write double", "Easy", "Arrays", "Time limit 2 s", "memory limit 256 MiB", "2 hints", "three"):
        assert words in text
    assert "Add it to itself" not in text
    assert "Multiply by two" not in text


def test_a_wrong_and_a_right_submission_show_what_they_should(student: Visitor, submit: Callable[..., int]) -> None:
    number = submit(student, WRONG)
    text = text_of(student.get(f"/problems/double?submission={number}"))
    assert "Wrong answer 0 of 3 hidden cases pass. First failure: sample 1." in text
    assert "Expected 6 Got 7" in text
    assert "My right code was judged wrong" in text

    number = submit(student, RIGHT)
    text = text_of(student.get(f"/problems/double?submission={number}"))
    assert "3 of 3 hidden cases, second try, no hints, under a minute." in text
    assert "My wrong code was accepted" in text
    assert "Multiply by two" in text


def test_what_was_sent_without_scripts_is_kept_as_draft(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, "# answers 7\r\nkept = 'as draft'\r\n")
    assert "kept = &#39;as draft&#39;" in student.get("/problems/double").text


def test_a_fragment_brings_head_body_attempts_and_solution(student: Visitor, submit: Callable[..., int]) -> None:
    number = submit(student, RIGHT)
    text = student.get(f"/submissions/{number}/result", fragment=True).text
    for part in ("result-head", "result-body", "attempts-count", "panel-attempts", "panel-solution"):
        assert f'data-replace="{part}"' in text


def test_attempts_show_what_changed(student: Visitor, submit: Callable[..., int]) -> None:
    submit(student, WRONG)
    number = submit(student, RIGHT)
    answer = student.get(f"/problems/double/attempts/{number}", fragment=True)
    text = text_of(answer)
    assert "Try 2" in text
    assert "Changed since try 1" in text
    assert '<div class="del"># answers 7</div>' in answer.text
    assert "<html" not in answer.text
    assert "<html" in student.get(f"/problems/double/attempts/{number}").text


def test_other_peoples_submissions_are_not_there(
    make_visitor: Callable[..., Visitor], submit: Callable[..., int]
) -> None:
    number = submit(make_visitor(), RIGHT)
    other = make_visitor("eve@example.org")
    for path in (
        f"/submissions/{number}",
        f"/submissions/{number}/result",
        f"/api/v1/submissions/{number}/events",
        f"/problems/double?submission={number}",
        f"/problems/double/attempts/{number}",
    ):
        assert other.get(path).status_code == 404, path


def test_hints_open_in_order_and_their_price_stands_before(student: Visitor) -> None:
    assert "is noted in your record" in text_of(student.get("/problems/double"))
    assert student.post("/problems/double/hints/2").status_code == 422
    assert student.post("/problems/double/hints/1").status_code == 303
    text = text_of(student.get("/problems/double"))
    assert "Add it to itself" in text
    assert "Hint 2 of 2" in text
    fragment = student.post("/problems/double/hints/2", fragment=True)
    assert "There is." in fragment.text
    assert "<html" not in fragment.text
    assert student.post("/problems/double/hints/3").status_code == 404


def test_giving_up_asks_first_and_opens_the_solution(student: Visitor) -> None:
    assert "Multiply by two" not in student.get("/problems/double?tab=solution").text
    assert "Go on trying" in text_of(student.get("/problems/double/give-up"))
    assert student.post("/problems/double/give-up").location == "/problems/double?tab=solution"
    assert "Multiply by two" in student.get("/problems/double?tab=solution").text


def test_star_and_note_are_kept(student: Visitor) -> None:
    student.post("/problems/double/star", starred="1")
    assert 'aria-label="Star this problem" aria-pressed="true"' in student.get("/problems/double").text
    student.post("/problems/double/star", starred="0")
    assert 'aria-label="Star this problem" aria-pressed="false"' in student.get("/problems/double").text
    assert student.post("/problems/double/note", fragment=True, text="<b>twice</b>").text == ""
    assert "&lt;b&gt;twice&lt;/b&gt;" in student.get("/problems/double?tab=notes").text


def test_a_report_says_what_is_missing_and_reaches_the_mentors(student: Visitor, mentor: Visitor) -> None:
    refused = student.post("/problems/double/reports", kind="statement", text=" ")
    assert refused.status_code == 422
    assert "Say in 1 to 2,000 characters what is wrong." in text_of(refused)
    assert student.post("/problems/double/reports", kind="statement", text="What is twice?").status_code == 303
    assert "1 report from students" in text_of(mentor.get("/mentor"))
    assert "What is twice?" in text_of(mentor.get("/mentor/reports"))
    mentor.post("/mentor/reports/1/resolve")
    assert "No open reports" in text_of(mentor.get("/mentor/reports"))


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"source": "#" * 70_000}, 413, "At most 64 KB"),
        ({"source": "x", "language": "cobol"}, 422, "cannot be answered in"),
        ({"source": "x = 1", "action": "run", "own_input_number": "two"}, 422, "number"),
    ],
)
def test_refused_forms_come_back_with_what_was_typed(
    student: Visitor, form: dict[str, str], status: int, words: str
) -> None:
    answer = student.post("/problems/double/submissions", **({"language": "python", "action": "submit"} | form))
    assert answer.status_code == status
    assert words in text_of(answer)
    assert form["source"] in answer.text


def test_one_at_a_time_and_the_second_is_not_lost(student: Visitor) -> None:
    for _ in range(2):
        answer = student.post("/problems/double/submissions", language="python", source="x = 'mine'", action="submit")
    assert answer.status_code == 409
    assert "still being judged" in text_of(answer)
    assert "x = &#39;mine&#39;" in answer.text


def test_a_page_that_waits_says_where_it_stands_and_reloads_itself(app: Flask, student: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        make_worker(session)
    sent = student.post("/problems/double/submissions", language="python", source="x", action="submit")
    answer = student.get(sent.location)
    assert "Yours is next." in text_of(answer)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in answer.text


def test_a_page_that_waits_says_that_no_judge_is_there(app: Flask, student: Visitor) -> None:
    sent = student.post("/problems/double/submissions", language="python", source="x", action="submit")
    assert "The judge is not available." in text_of(student.get(sent.location))
    with app.app_context(), db.writing() as session:
        make_worker(session, message="no engine answers")
    assert "The judge is not available." in text_of(student.get(sent.location))


def test_tries_are_numbered_alike_however_many_there_are(
    app: Flask, student: Visitor, submit: Callable[..., int]
) -> None:
    submit(student, "def double(number): return 0")
    with app.app_context(), db.writing() as session:
        first = session.get_one(Submission, 1)
        names = {column.name for column in Submission.__table__.columns} - {"id"}
        values = {name: getattr(first, name) for name in names}
        session.execute(sa.insert(Submission), [values] * 119)
    last = submit(student, RIGHT)
    text = text_of(student.get(f"/problems/double?submission={last}&tab=attempts"))
    assert "121st try" in text
    assert "121 Accepted" in text
    assert "120 " in text.split("121 Accepted")[1][:40]


def test_guests_run_the_warm_up_and_nothing_else(visitor: Visitor, submit: Callable[..., int]) -> None:
    submit(visitor, RIGHT, "first-steps", **{"from": "front"})
    assert "Accepted 3 of 3 hidden cases." in text_of(visitor.get("/"))
    refused = visitor.post("/problems/double/submissions", language="python", source=RIGHT, action="submit")
    assert (refused.status_code, refused.location.startswith("/sign-in?next=")) == (302, True)


def test_what_a_guest_did_comes_along_to_the_account(visitor: Visitor, submit: Callable[..., int]) -> None:
    submit(visitor, RIGHT, "first-steps")
    visitor.post("/sign-up", name="Ada Quist", email="ada@example.org", password="several words make one")
    visitor._token = ""
    text = text_of(visitor.get("/progress"))
    assert "1 of 3 problems accepted" in text
    front = visitor.get("/")
    assert "Next Double it" in text_of(front)
    assert "More on Arrays." in text_of(front)
    assert "Recent Progress Accepted First steps" in text_of(front)
    assert "data-warm-up" not in front.text
