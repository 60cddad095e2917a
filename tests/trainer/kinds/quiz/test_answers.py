"""Answers come by form or as JSON, and are read the same; what cannot be read says which question and why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_quiz
from trainer import kinds
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.bank.questions import Question, QuestionType
from trainer.errors import InputError
from trainer.kinds.quiz.answers import as_json, known_answers, read_answers, write_answers

PROBLEM = read_package(make_quiz().files, "small-quiz")
SINGLE, MULTIPLE, ORDER, MATCH, TEXT, NUMBER = PROBLEM.questions
KIND = kinds.get("quiz")


def ids(question: Question) -> list[str]:
    return [choice.id for choice in question.choices]


def as_form(problem: Problem, answers: dict[str, Any]) -> dict[str, list[str]]:
    """What a browser would post of the page on which these answers stand."""
    form: dict[str, list[str]] = {"language": ["answers"], "csrf_token": ["x"]}
    for number, question in enumerate(problem.questions, 1):
        given, field = answers.get(question.name), f"q{number}"
        match question.type:
            case QuestionType.ORDER:
                places = {id: str(place) for place, id in enumerate(given or (), 1)}
                form |= {f"{field}.{id}": [places.get(id, "")] for id in ids(question)}
            case QuestionType.MATCH:
                form |= {f"{field}.{left.id}": [(given or {}).get(left.id, "")] for left in question.lefts}
            case QuestionType.MULTIPLE:
                form |= {field: given} if given else {}
            case QuestionType.SINGLE:
                form |= {field: [given]} if given else {}
            case _:
                form[field] = [given or ""]
    return form


def anything() -> st.SearchStrategy[dict[str, Any]]:
    """Answers to some of the questions, right or wrong."""
    typed = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
    return st.fixed_dictionaries(
        {},
        optional={
            SINGLE.name: st.sampled_from(ids(SINGLE)),
            MULTIPLE.name: st.lists(st.sampled_from(ids(MULTIPLE)), min_size=1, unique=True).map(sorted),
            ORDER.name: st.permutations(ids(ORDER)),
            MATCH.name: st.fixed_dictionaries(
                {MATCH.lefts[0].id: st.sampled_from(ids(MATCH))},
                optional={MATCH.lefts[1].id: st.sampled_from(ids(MATCH))},
            ),
            TEXT.name: typed.map(str.strip).filter(bool),
            NUMBER.name: st.integers().map(str),
        },
    )


@given(anything())
def test_what_a_form_posts_is_what_is_read(answers: dict[str, Any]) -> None:
    source = write_answers(PROBLEM, as_form(PROBLEM, answers))
    assert read_answers(PROBLEM.questions, source) == answers
    assert known_answers(PROBLEM.questions, source) == answers
    assert KIND.from_form(PROBLEM, as_form(PROBLEM, answers)) == source


@given(anything())
def test_reading_and_writing_again_changes_nothing(answers: dict[str, Any]) -> None:
    read = read_answers(PROBLEM.questions, json.dumps(answers))
    assert read_answers(PROBLEM.questions, as_json(read)) == read


def refusal(source: str) -> str:
    """What is said of answers that cannot be read, or nothing."""
    try:
        read_answers(PROBLEM.questions, source)
    except InputError as error:
        return str(error)
    return ""


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner)))
def test_any_json_is_read_or_refused_with_a_sentence(value: Any) -> None:
    for question in PROBLEM.questions:
        source = json.dumps({question.name: value})
        said = refusal(source)
        assert not said or (said.endswith(".") and question.name in said)
        assert not said or known_answers(PROBLEM.questions, source) == {}


@given(st.text())
def test_any_text_can_be_shown_on_a_page(source: str) -> None:
    known_answers(PROBLEM.questions, source)
    assert isinstance(KIND.to_read(PROBLEM, source), str)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object: write an answer for each question's name"),
        ('{"nothing of that name": 1}', "There is no question 'nothing of that name'"),
        ('{"how long it wait": "1"}', "did you mean 'how long it waits'?"),
        (json.dumps({SINGLE.name: ["a"]}), "has no choice"),
        (json.dumps({SINGLE.name: ids(MULTIPLE)[0]}), "has no choice"),
        (json.dumps({MULTIPLE.name: ids(MULTIPLE)[0]}), "is answered by a list of choices"),
        (json.dumps({MULTIPLE.name: ids(MULTIPLE)[:1] * 2}), "names a choice twice"),
        (json.dumps({ORDER.name: ids(ORDER)[:2]}), "is answered by all 3 items in order, each once"),
        (json.dumps({ORDER.name: [*ids(ORDER)[:2], ids(ORDER)[0]]}), "is answered by all 3 items in order"),
        (json.dumps({ORDER.name: "first"}), "is answered by a list of items"),
        (json.dumps({MATCH.name: [1]}), "is answered by pairs"),
        (json.dumps({MATCH.name: {"x": ids(MATCH)[0]}}), "has no choice 'x'"),
        (json.dumps({MATCH.name: {MATCH.lefts[0].id: "x"}}), "has no choice 'x'"),
        (json.dumps({TEXT.name: {"a": 1}}), "is answered by a text"),
        (json.dumps({TEXT.name: True}), "is answered by a text"),
        (json.dumps({TEXT.name: "x" * 301}), "takes at most 300 characters"),
    ],
)
def test_answers_that_cannot_be_read_say_why(source: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)) as refused:
        read_answers(PROBLEM.questions, source)
    assert len(str(refused.value)) < 400


def test_nothing_given_is_no_answer() -> None:
    source = json.dumps({SINGLE.name: None, MULTIPLE.name: [], ORDER.name: [], MATCH.name: {}, TEXT.name: "  "})
    assert read_answers(PROBLEM.questions, source) == {}


def test_zero_is_an_answer() -> None:
    assert read_answers(PROBLEM.questions, json.dumps({NUMBER.name: 0})) == {NUMBER.name: "0"}


def test_what_cannot_be_shown_does_not_get_into_a_record() -> None:
    source = json.dumps({TEXT.name: "a\x00b\ud800c"})
    assert read_answers(PROBLEM.questions, source) == {TEXT.name: "a␀b\ufffdc"}


def test_a_draft_of_older_questions_keeps_what_still_fits() -> None:
    source = json.dumps({SINGLE.name: "gone", TEXT.name: "Location", "an old question": "x"})
    assert known_answers(PROBLEM.questions, source) == {TEXT.name: "Location"}


def places(choose: Callable[[int], str]) -> list[str]:
    """The order that is read where each item, in its right order, is given such a place."""
    form = {f"q3.{id}": [choose(place)] for place, id in enumerate(ids(ORDER), 1)}
    found = json.loads(write_answers(PROBLEM, form)).get(ORDER.name, [])
    assert isinstance(found, list)
    return found


def test_places_make_an_order() -> None:
    assert places(str) == ids(ORDER)
    assert places(lambda place: str(4 - place)) == ids(ORDER)[::-1]


@pytest.mark.parametrize("place", ["1", "9", "x", "٣", "9" * 5000])
def test_the_same_place_for_all_is_not_the_right_order(place: str) -> None:
    assert sorted(places(lambda _: place)) == sorted(ids(ORDER))
    assert places(lambda _: place) != ids(ORDER)


def test_no_place_at_all_is_no_answer() -> None:
    assert places(lambda _: "") == []


def test_an_earlier_try_is_read_in_words_and_without_ids() -> None:
    answers = {
        SINGLE.name: ids(SINGLE)[0],
        MULTIPLE.name: ids(MULTIPLE)[:1],
        ORDER.name: ids(ORDER),
        MATCH.name: {MATCH.lefts[0].id: ids(MATCH)[2]},
        NUMBER.name: "17,5",
    }
    assert KIND.to_read(PROBLEM, as_json(answers)).splitlines() == [
        "1. What a created thing answers",
        "   201 Created",
        "2. What may be sent twice",
        "   - PUT of a whole thing",
        "3. From request to answer",
        "   1. the request arrives",
        "   2. the handler runs",
        "   3. the answer leaves",
        "4. Who says what",
        "   nobody is signed in → 418",
        "5. The header with the address",
        "   not answered",
        "6. How long it waits",
        "   17,5",
    ]
    assert KIND.to_read(PROBLEM, "no answers") == "no answers"
