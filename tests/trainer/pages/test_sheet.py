"""The sheet of a quiz: shuffled for each person and try, with answers and marks where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_quiz
from tests.trainer.kinds.quiz.test_answers import PROBLEM, anything, ids
from tests.trainer.kinds.quiz.test_quiz_kind import MATCH, MULTIPLE, ORDER, RIGHT, SINGLE, TEXT, told
from trainer.bank.package import read_package
from trainer.kinds.feedback import Feedback
from trainer.kinds.quiz.answers import as_json
from trainer.pages.problem.sheet import Card, sheet


@dataclass
class Marked:
    """As much of a submission as the sheet looks at."""

    source: str
    feedback: Feedback | None


def cards(answers: dict[str, Any], seed: str = "", marked: dict[str, Any] | None = None) -> dict[str, Card]:
    shown = Marked(as_json(marked), told(marked)) if marked is not None else None
    return {card.name: card for card in sheet(PROBLEM, as_json(answers), seed, shown)}  # type: ignore[arg-type]


def order(card: Card) -> list[str]:
    return [option.id for option in card.options]


def test_a_seed_keeps_the_order_and_another_one_shuffles_anew() -> None:
    assert cards({}, "1") == cards({}, "1")
    for name in (SINGLE.name, MULTIPLE.name):
        assert len({tuple(order(cards({}, str(seed))[name])) for seed in range(20)}) > 3
    assert len({tuple(o.id for o in cards({}, str(seed))[MATCH.name].rights) for seed in range(20)}) > 3


@given(st.text(max_size=30))
def test_items_never_lie_in_their_right_order_at_first(seed: str) -> None:
    assert order(cards({}, seed)[ORDER.name]) != ids(ORDER)


@given(anything(), st.text(max_size=10))
def test_what_was_answered_stands_there_however_it_is_shuffled(answers: dict[str, Any], seed: str) -> None:
    shown = cards(answers, seed)
    assert {name for name, card in shown.items() if card.answered} == set(answers)
    for question in (SINGLE, MULTIPLE):
        given = answers.get(question.name, [])
        chosen = {option.id for option in shown[question.name].options if option.chosen}
        assert chosen == ({given} if isinstance(given, str) else set(given))
    if ORDER.name in answers:
        assert order(shown[ORDER.name]) == answers[ORDER.name]
    pairs = {option.id: option.match for option in shown[MATCH.name].options if option.match}
    assert pairs == answers.get(MATCH.name, {})
    assert shown[TEXT.name].text == answers.get(TEXT.name, "")


def test_marks_stand_beside_what_was_taken() -> None:
    card = cards({SINGLE.name: ids(SINGLE)[1]}, marked={SINGLE.name: ids(SINGLE)[1]})[SINGLE.name]
    assert (card.mark, card.changed) == ("wrong", False)
    (option,) = (option for option in card.options if option.mark)
    assert (option.id, option.mark, option.taken) == (ids(SINGLE)[1], "wrong", True)
    assert "It says less than it could." in option.why


def test_a_mark_of_another_answer_says_so() -> None:
    shown = cards({SINGLE.name: ids(SINGLE)[0]}, marked={SINGLE.name: ids(SINGLE)[1], TEXT.name: "ETag"})
    assert (shown[SINGLE.name].mark, shown[SINGLE.name].changed) == ("wrong", True)
    assert (shown[TEXT.name].mark, shown[TEXT.name].changed) == ("wrong", True)
    assert (shown[MATCH.name].mark, shown[MATCH.name].changed) == ("open", False)


def test_right_answers_bring_their_explanations() -> None:
    shown = cards(RIGHT, marked=RIGHT)
    assert {card.mark for card in shown.values()} == {"right"}
    assert "An answer needs a question." in shown[ORDER.name].why
    assert all(option.why for option in shown[SINGLE.name].options)


def test_before_anything_was_marked_nothing_is_said() -> None:
    for card in cards({}).values():
        assert (card.mark, card.reason, card.why, card.changed) == ("", "", "", False)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "`<b>`", "**a** & <i onclick=x>b</i>"])
def test_texts_where_no_html_can_stand_have_none(text: str) -> None:
    questions = (
        f"- name: one\n  type: single\n  ask: a\n  choices:\n    - {{text: {text!r}, right: true, why: because}}\n"
        "    - {text: c, why: otherwise}\n"
    )
    problem = read_package(make_quiz(questions=questions).files, "small-quiz")
    (card,) = sheet(problem, "{}")
    for option in card.options:
        assert "<script" not in option.html
        assert "<i" not in option.html
        assert "**" not in option.words
