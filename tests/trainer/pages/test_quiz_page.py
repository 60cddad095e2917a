"""A quiz without scripts: questions, marks, drafts and attempts; and what the page's scripts ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import QUESTIONS, make_quiz, make_worker, publish_package
from tests.trainer.kinds.quiz.test_answers import PROBLEM, as_form, ids
from tests.trainer.kinds.quiz.test_quiz_kind import MATCH, MULTIPLE, NUMBER, ORDER, RIGHT, SINGLE, TEXT
from tests.trainer.pages.conftest import WAIT_S, Visitor, text_of
from trainer.db import db
from trainer.web.runtime import Runtime
from trainer.work.news import Inbox, submission_topic

SLUG = "small-quiz"
WRONG = RIGHT | {SINGLE.name: ids(SINGLE)[2], ORDER.name: ids(ORDER)[::-1], TEXT.name: "ETag"}


@pytest.fixture(autouse=True)
def quizzes(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish_package(session, make_quiz(SLUG))
        publish_package(session, make_quiz("by-name", reveal="name"))
        publish_package(session, make_quiz("in-the-dark", reveal="nothing"))


@pytest.fixture
def wait_for_marks(judges: Runtime) -> Callable[[Visitor, int], str]:
    """Waits until a submission is marked, and returns what scripts are sent then."""

    def wait(who: Visitor, number: int) -> str:
        with Inbox(judges.news, submission_topic(number)) as inbox:
            for _ in range(100):
                result = who.get(f"/submissions/{number}/result", fragment=True).text
                if result.count("data-replace") > 1:
                    return result
                inbox.take(WAIT_S / 100)
        raise AssertionError(f"not marked in {WAIT_S} s")

    return wait


@pytest.fixture
def hand_in(wait_for_marks: Callable[[Visitor, int], str]) -> Callable[..., int]:
    """Posts the form with these answers, waits for the marks, and returns the submission's number."""

    def send(who: Visitor, answers: dict[str, object], slug: str = SLUG) -> int:
        form = as_form(PROBLEM, answers) | {"action": ["submit"]}
        del form["csrf_token"]
        answer = who.post(f"/problems/{slug}/submissions", **form)
        assert answer.status_code == 303, text_of(answer)
        number = int(re.findall(r"submission=(\d+)", answer.location)[0])
        wait_for_marks(who, number)
        return number

    return send


def send_by_script(student: Visitor, source: str) -> TestResponse:
    """Send a sheet of which no draft is kept."""
    student.get(f"/problems/{SLUG}")
    return student._client.post(
        f"/api/v1/problems/{SLUG}/submissions",
        json={"language": "answers", "source": source},
        headers={"X-CSRFToken": student._token},
    )


@pytest.mark.parametrize("source", ["{}", json.dumps({SINGLE.name: "", MULTIPLE.name: []})])
def test_a_sheet_on_which_nothing_is_answered_is_no_try(student: Visitor, source: str) -> None:
    refused = send_by_script(student, source)
    assert refused.status_code == 422
    assert refused.get_json()["detail"] == "No question is answered yet. Answer at least one, then submit."
    assert student._client.get("/api/v1/submissions").get_json()["submissions"] == []


def test_a_form_without_an_answer_says_so_and_keeps_the_page(student: Visitor) -> None:
    answer = student.post(f"/problems/{SLUG}/submissions", action="submit", language="answers")
    assert answer.status_code == 422
    assert "No question is answered yet. Answer at least one, then submit." in text_of(answer)
    assert 'name="q1"' in answer.text


def test_a_result_says_whether_its_answers_are_those_of_the_sheet(
    student: Visitor, wait_for_marks: Callable[[Visitor, int], str]
) -> None:
    sent = send_by_script(student, json.dumps(RIGHT))
    assert sent.status_code == 202, sent.text
    result = wait_for_marks(student, sent.get_json()["id"])
    assert "data-of-try" in result
    assert "data-differs" in result


def order_of(text: str, field: str) -> list[str]:
    """Values of a question's choices as they stand on the page."""
    return re.findall(rf'name="{field}" value="(\w+)"', text)


def checked(text: str) -> set[str]:
    return set(re.findall(r'value="(\w+)"[^>]* checked', text))


def test_the_page_asks_and_gives_nothing_away(student: Visitor) -> None:
    answer = student.get(f"/problems/{SLUG}")
    text = text_of(answer)
    for words in ("Six questions about a small API.", "6 questions. About 4 min.", "Several may be right.", "seconds"):
        assert words in text
    for words in ("Time limit", "Run ", "hidden", "Starter", "It names what there is now.", "Gone is gone.", "17.5"):
        assert words not in text
    assert 'inputmode="decimal"' in answer.text
    assert 'name="language" value="answers"' in answer.text
    assert "data-starter aria-label" not in answer.text


def test_a_wrong_and_a_right_try_show_what_they_should(student: Visitor, hand_in: Callable[..., int]) -> None:
    number = hand_in(student, WRONG)
    answer = student.get(f"/problems/{SLUG}?submission={number}")
    text = text_of(answer)
    assert "Wrong answer 3 of 6 questions are right. Read what is said of your answers, then try again." in text
    assert "Something was found, or made." in text
    assert "That names a version." in text
    assert "1 of 3 is in the right place." in text
    assert "An answer needs a question." not in text
    assert "A client follows it." not in text
    assert "It opens when your answers are right." in text
    assert "My right answer was judged wrong" in text
    assert (text.count(" Right "), text.count("Not answered")) == (3 + 2 + 2, 0)

    number = hand_in(student, RIGHT)
    text = text_of(student.get(f"/problems/{SLUG}?submission={number}"))
    assert "Accepted 6 of 6 questions, second try, under a minute." in text
    assert "It says less than it could." in text
    assert "My wrong answer was accepted" in text
    assert "Every question with its answer, and why the others are wrong" in text
    assert "1. What a created thing answers" in text
    assert "code" not in text.split("Questions", 1)[1].partition("Submit")[0].replace("status code", "")


def test_answers_and_marks_are_there_after_a_reload(student: Visitor, hand_in: Callable[..., int]) -> None:
    hand_in(student, WRONG)
    text = student.get(f"/problems/{SLUG}").text
    assert checked(text) == {WRONG[SINGLE.name], *WRONG[MULTIPLE.name]}
    assert re.findall(r'data-item="(\w+)"', text) == WRONG[ORDER.name]
    assert re.findall(r'<option value="(\w+)" selected>', text) == list(WRONG[MATCH.name].values())
    assert 'value="ETag"' in text
    assert "Something was found, or made." in text
    assert "data-changed" not in text


def test_a_reload_keeps_the_order_and_a_new_try_shuffles_anew(student: Visitor, hand_in: Callable[..., int]) -> None:
    seen = []
    for _ in range(6):
        first, second = (order_of(student.get(f"/problems/{SLUG}").text, "q2") for _ in range(2))
        assert first == second
        seen.append(tuple(first))
        hand_in(student, WRONG)
    assert len(set(seen)) > 1


def test_two_people_see_different_orders(make_visitor: Callable[..., Visitor]) -> None:
    people = [make_visitor(f"person{n}@example.org") for n in range(8)]
    assert len({tuple(order_of(who.get(f"/problems/{SLUG}").text, "q2")) for who in people}) > 1


def test_a_mark_of_another_answer_says_so(student: Visitor, hand_in: Callable[..., int], app: Flask) -> None:
    number = hand_in(student, WRONG)
    hand_in(student, WRONG | {NUMBER.name: "5"})
    text = student.get(f"/problems/{SLUG}?submission={number}").text
    assert 'value="17,5 seconds"' in text
    assert "data-kept=" in text
    assert "&#34;5&#34;" in re.findall(r'data-kept="([^"]*)"', text)[0]
    latest = student.get(f"/problems/{SLUG}").text
    assert 'value="5"' in latest
    assert "data-kept=" not in latest


def test_attempts_are_read_in_words(student: Visitor, hand_in: Callable[..., int]) -> None:
    hand_in(student, WRONG)
    number = hand_in(student, RIGHT)
    answer = student.get(f"/problems/{SLUG}/attempts/{number}", fragment=True)
    text = text_of(answer)
    assert "Try 2" in text
    assert "Changed since try 1" in text
    assert '<div class="del">   404 Not Found</div>' in answer.text
    assert '<div class="add">   201 Created</div>' in answer.text
    assert "The answers 1. What a created thing answers Right 201 Created" in text
    assert "nobody is signed in → 401" in text
    assert "17,5 seconds" in text
    assert RIGHT[SINGLE.name] not in text
    assert "The code" not in text


def test_a_fragment_brings_every_mark_to_its_place(student: Visitor, hand_in: Callable[..., int]) -> None:
    number = hand_in(student, WRONG)
    fragment = student.get(f"/submissions/{number}/result", fragment=True).text
    page = student.get(f"/problems/{SLUG}").text
    places = re.findall(r'data-replace="([\w-]+)"', fragment)
    assert {"result-head", "result-body", "attempts-count", "panel-attempts", "panel-solution"} <= set(places)
    assert {"q1-mark", "q6-outcome", f"q1-{ids(SINGLE)[0]}", f"q4-{MATCH.lefts[0].id}"} <= set(places)
    assert [place for place in places if f'id="{place}"' not in page] == []
    marked = unescape(re.findall(r'data-replace="q2-mark"><span[^>]*data-marked="([^"]*)"', fragment)[0])
    assert marked == str(sorted(WRONG[MULTIPLE.name])).replace("'", '"').replace(" ", "")


def test_what_a_policy_hides_is_not_on_the_page(student: Visitor, hand_in: Callable[..., int]) -> None:
    hand_in(student, WRONG, "by-name")
    answer = student.get("/problems/by-name")
    assert "Something was found" not in text_of(answer)
    assert (answer.text.count("Wrong</span>"), answer.text.count("Right</span>")) == (3, 3)
    hand_in(student, WRONG, "in-the-dark")
    answer = student.get("/problems/in-the-dark")
    assert "3 of 6 questions are right." in text_of(answer)
    assert (answer.text.count("Wrong</span>"), answer.text.count("Right</span>")) == (0, 0)


def test_answers_that_no_longer_fit_are_told_and_the_rest_stays(
    student: Visitor, hand_in: Callable[..., int], app: Flask
) -> None:
    hand_in(student, WRONG)
    with app.app_context(), db.writing() as session:
        newer = QUESTIONS.replace("`404 Not Found`", "`410 Gone`")
        publish_package(session, make_quiz(SLUG, questions=newer))
    text = student.get(f"/problems/{SLUG}").text
    assert checked(text) == set(WRONG[MULTIPLE.name])
    assert "Something was found, or made." not in text
    number = hand_in(student, WRONG)
    text = text_of(student.get(f"/problems/{SLUG}?submission={number}"))
    assert "Answers not readable" in text
    assert "‘what a created thing answers’ has no choice" in text


def test_a_form_that_is_refused_comes_back_as_it_was(student: Visitor) -> None:
    form = as_form(PROBLEM, WRONG) | {"language": ["cobol"], "action": ["submit"]}
    del form["csrf_token"]
    answer = student.post(f"/problems/{SLUG}/submissions", **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert checked(answer.text) == {WRONG[SINGLE.name], *WRONG[MULTIPLE.name]}


def test_a_page_that_waits_says_that_answers_are_marked(app: Flask, student: Visitor) -> None:
    with app.app_context(), db.writing() as session:
        make_worker(session)
    form = as_form(PROBLEM, WRONG) | {"action": ["submit"]}
    del form["csrf_token"]
    answer = student.get(student.post(f"/problems/{SLUG}/submissions", **form).location)
    assert "Yours is next." in text_of(answer)
    assert 'data-starting="Your answers are being marked."' in answer.text


def test_a_quiz_cannot_be_run(student: Visitor) -> None:
    form = as_form(PROBLEM, WRONG) | {"action": ["run"]}
    del form["csrf_token"]
    answer = student.post(f"/problems/{SLUG}/submissions", **form)
    assert answer.status_code == 422
    assert "A quiz has nothing to run: submit your answers." in text_of(answer)


def test_guests_read_and_are_asked_to_sign_in(visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/problems/{SLUG}"))
    assert "Sign in to submit" in text
    assert "what there is now" not in text


def test_the_list_says_that_it_is_a_quiz(student: Visitor, hand_in: Callable[..., int]) -> None:
    answer = student.get("/problems?kind=quiz")
    assert "3 problems" in text_of(answer)
    assert answer.text.count("#i-talk") == 3
    hand_in(student, RIGHT)
    assert "Accepted" in text_of(student.get("/problems?kind=quiz"))
    assert "/problems?kind=quiz" in student.get("/").text


def test_a_report_speaks_of_answers(student: Visitor) -> None:
    text = text_of(student.get(f"/problems/{SLUG}/reports"))
    assert "My right answer was judged wrong" in text
    assert "Your answer comes along only if you report a submission." in text
    assert "My right code was judged wrong" in text_of(student.get("/problems/double/reports"))


def test_typed_texts_are_escaped(student: Visitor, hand_in: Callable[..., int]) -> None:
    hand_in(student, {TEXT.name: '"><script>alert(1)</script>', NUMBER.name: "<b>5</b>"})
    text = student.get(f"/problems/{SLUG}").text
    assert "<script>alert(1)" not in text
    assert "<b>5</b>" not in text
    assert "&#34;&gt;&lt;script&gt;" in text


def test_odd_forms_are_taken_as_they_come(student: Visitor) -> None:
    odd = {f"q{number}": ["x", "x"] for number in range(99)} | {f"q3.{ids(ORDER)[0]}": ["²", "9" * 9000]}
    sent = student.post(f"/problems/{SLUG}/submissions", language="answers", action="submit", **odd)
    assert sent.status_code == 303
    assert student.get(sent.location).status_code == 200


def test_the_answers_of_a_try_are_opened_again(student: Visitor, hand_in: Callable[..., int]) -> None:
    first = hand_in(student, WRONG)
    hand_in(student, RIGHT)
    assert "Open these answers" in student.get(f"/problems/{SLUG}/attempts/{first}", fragment=True).text
    opened = student.post(f"/problems/{SLUG}/attempts/{first}/open")
    page = student.get(opened.location.partition("#")[0]).text
    assert ids(SINGLE)[2] in checked(page)
    assert 'value="ETag"' in page
    drafts = re.findall(rf"/problems/{SLUG}/drafts/answers/\d+", student.get(f"/problems/{SLUG}?tab=attempts").text)
    again = student.get(student.post(f"{drafts[0]}/open").location.partition("#")[0]).text
    assert ids(SINGLE)[2] not in checked(again)
