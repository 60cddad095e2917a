"""Questions are read whole, or each flaw is named with its place and its fix; typed answers as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.flaws import Flaws
from trainer.bank.questions import (
    Question,
    QuestionType,
    is_right_text,
    known_wrong,
    read_number,
    read_question,
    shuffled,
    squeeze,
)
from trainer.errors import Flaw

CHOICES = [
    {"text": "a", "why": "because", "right": True},
    {"text": "b", "why": "not this"},
    {"text": "c", "why": "nor this"},
]
PAIRS = [{"left": "l", "right": "r", "why": "w"}, {"left": "m", "right": "s", "why": "w"}]
SINGLE = {"name": "one", "type": "single", "ask": "Which?", "choices": CHOICES}
MULTIPLE = SINGLE | {"type": "multiple"}
ORDER = {"name": "one", "type": "order", "ask": "In order?", "items": ["a", "b", "c"], "why": "so"}
MATCH = {"name": "one", "type": "match", "ask": "Which to which?", "pairs": PAIRS, "others": ["t"]}
TEXT = {"name": "one", "type": "text", "ask": "Which word?", "accept": ["Location", "location:"], "why": "so"}
NUMBER = {"name": "one", "type": "number", "ask": "How many?", "answer": 17.5, "unit": "seconds", "why": "so"}


def read(item: Any) -> tuple[Question | None, list[Flaw]]:
    flaws = Flaws("quiz")
    return read_question(item, flaws.at("questions.yaml", "question 1")), flaws.found


def question(item: Any) -> Question:
    found, flaws = read(item)
    assert flaws == []
    assert found is not None
    return found


@pytest.mark.parametrize("item", [SINGLE, MULTIPLE, ORDER, MATCH, TEXT, NUMBER], ids=lambda item: str(item["type"]))
def test_each_type_is_read(item: dict[str, Any]) -> None:
    found = question(item)
    assert (found.name, found.type, found.ask) == (item["name"], item["type"], item["ask"])


def test_choices_are_known_by_their_text_and_not_by_their_place() -> None:
    before = question(SINGLE)
    after = question(SINGLE | {"choices": CHOICES[::-1]})
    assert {choice.id for choice in before.choices} == {choice.id for choice in after.choices}
    assert before.choices[0].id == after.choices[-1].id
    assert "a" not in {choice.id for choice in before.choices}


def test_right_sides_of_pairs_come_before_the_others() -> None:
    found = question(MATCH)
    assert [left.text for left in found.lefts] == ["l", "m"]
    assert [right.text for right in found.choices] == ["r", "s", "t"]


FLAWED = [
    ("text", ["a"], "", "is no question", "'name: …'"),
    ("type", SINGLE | {"type": "singel"}, ": type", "'singel' is no type", "did you mean 'single'?"),
    ("no type", {"name": "one", "ask": "?"}, ": type", "is missing", "known: single"),
    ("missing", {key: SINGLE[key] for key in ("name", "type", "choices")}, ": ask", "is missing", "add 'ask: …'"),
    ("unknown", SINGLE | {"chioces": []}, ": chioces", "unknown key", "did you mean 'choices'?"),
    ("no why", SINGLE | {"choices": [*CHOICES, {"text": "d"}]}, ": choices[4].why", "is missing", "add 'why: …'"),
    ("none right", SINGLE | {"choices": CHOICES[1:]}, ": choices", "0 are right", "exactly one"),
    ("two right", SINGLE | {"choices": [*CHOICES, CHOICES[0] | {"text": "d"}]}, ": choices", "2 are right", "exactly"),
    ("all right", MULTIPLE | {"choices": [CHOICES[0], CHOICES[0] | {"text": "d"}]}, ": choices", "2 of 2", "not all"),
    ("twice", SINGLE | {"choices": [*CHOICES, CHOICES[1]]}, ": choices", "'b' stands there twice", "keep one"),
    ("item twice", ORDER | {"items": ["a", "b", "a"]}, ": items", "'a' stands there twice", "keep one"),
    ("left twice", MATCH | {"pairs": [*PAIRS, PAIRS[0] | {"right": "u"}]}, ": pairs", "'l' stands there", "keep one"),
    ("right twice", MATCH | {"others": ["r"]}, ": pairs", "'r' stands there twice", "keep one"),
    ("few", ORDER | {"items": ["a", "b"]}, ": items", "will not do", "at least 3"),
    ("long name", SINGLE | {"name": "n" * 81}, ": name", "will not do", "at most 80"),
    (
        "wrong is right",
        TEXT | {"wrong": [{"answer": "LOCATION.", "why": "w"}]},
        ": wrong",
        "'LOCATION.' is right",
        "out",
    ),
    ("wrong number", NUMBER | {"wrong": [{"answer": "many", "why": "w"}]}, ": wrong", "'many' is no number", "digits"),
    ("tolerance", NUMBER | {"tolerance": -1}, ": tolerance", "will not do", "greater than or equal"),
    ("text answer", NUMBER | {"answer": "17.5"}, ": answer", "will not do", "valid"),
]


@pytest.mark.parametrize(("item", "key", "problem", "fix"), [pytest.param(*f[1:], id=f[0]) for f in FLAWED])
def test_a_flaw_is_named_with_its_place_and_its_fix(item: Any, key: str, problem: str, fix: str) -> None:
    found, flaws = read(item)
    assert found is None
    assert any(
        f.file == "questions.yaml" and f.key.startswith(f"question 1{key}") and problem in f.problem and fix in f.fix
        for f in flaws
    ), flaws


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1500", "1500"),
        (" 1 500 ", "1500"),
        ("1_500", "1500"),
        ("1,500", "1500"),
        ("1,234,567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("17.5", "17.5"),
        ("17,5", "17.5"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3,5", "-3.5"),
        ("+4", "4"),
        ("1e3", "1000"),
        ("12 %", "12"),
        ("\N{FULLWIDTH DIGIT ONE}2", "12"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("17.5 seconds", "seconds", "17.5"),
        ("17,5seconds", "seconds", "17.5"),
        ("1 Second", "seconds", "1"),
        ("12 %", "%", "12"),
        ("12 percent", "percent", "12"),
        ("12 %", "percent", "12"),
        ("5 req / s", "req/s", "5"),
    ],
)
def test_the_questions_unit_may_stand_behind_a_number(text: str, unit: str, value: str) -> None:
    assert read_number(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", ""), ("many", ""), ("1,2,3", ""), ("12,34,567", ""), ("1.500,5", ""), ("0x10", ""), ("nan", ""),
        ("inf", ""), ("1e99", ""), ("9" * 41, ""), ("5 rows", "queries"), ("5 %", "rows"), ("rows", "rows"),
        ("5 minutes", "seconds"), ("1-2", ""),
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str, unit: str) -> None:
    assert read_number(text, unit) is None


@given(st.integers(-(10**15), 10**15))
def test_groups_of_thousands_change_nothing(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"{number:_}", f"{number:,}".replace(",", " ")):
        assert read_number(text) == number


@given(st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False))
def test_a_decimal_comma_is_a_decimal_point(number: Decimal) -> None:
    assert read_number(f"{number}".replace(".", ",")) == number


@given(st.text(max_size=60), st.sampled_from(["", "rows", "%"]))
def test_any_text_can_be_asked_for_a_number(text: str, unit: str) -> None:
    value = read_number(text, unit)
    assert value is None or value.is_finite()


def test_texts_are_compared_without_case_blanks_and_a_full_stop() -> None:
    assert squeeze("  If-None-Match  .") == squeeze("if-none-match")
    assert is_right_text(question(TEXT), " LOCATION ")
    assert not is_right_text(question(TEXT), "Location header")


def test_a_number_is_right_within_its_tolerance() -> None:
    near = question(NUMBER | {"tolerance": 0.5})
    assert is_right_text(near, "18 seconds")
    assert is_right_text(near, "17,0")
    assert not is_right_text(near, "18.1")
    assert not is_right_text(near, "seventeen")


def test_a_known_wrong_answer_is_found_however_it_is_written() -> None:
    asked = question(NUMBER | {"wrong": [{"answer": 7.5, "why": "Those are the waits."}]})
    assert known_wrong(asked, "7,5 seconds") == "Those are the waits."
    assert known_wrong(asked, "8") == known_wrong(asked, "no number") == ""


items = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=3, max_size=8, unique=True)


@given(items, st.text(max_size=20))
def test_items_are_never_shown_in_their_right_order(texts: list[str], seed: str) -> None:
    asked = question(ORDER | {"items": texts})
    shown = shuffled(asked, seed)
    assert shown != asked.choices
    assert sorted(shown, key=lambda c: c.id) == sorted(asked.choices, key=lambda c: c.id)
    assert shown == shuffled(asked, seed)


def test_another_seed_is_another_order() -> None:
    asked = question(ORDER | {"items": list("abcdefgh")})
    assert len({shuffled(asked, str(seed)) for seed in range(20)}) > 15


def test_a_heading_begins_with_a_capital_letter() -> None:
    assert question(SINGLE | {"name": "what the API says"}).heading == "What the API says"
    assert question(SINGLE).type is QuestionType.SINGLE
