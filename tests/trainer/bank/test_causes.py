"""The cause of a broken service: read strictly, judged on the host, and never given away."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import make_debug
from trainer.bank.causes import Cause, changed_lines, judge_cause, judge_size, read_cause
from trainer.bank.flaws import Flaws
from trainer.bank.package import read_package

_SERVICE = read_package(make_debug().files, "page-two").service
assert _SERVICE is not None
assert _SERVICE.cause is not None
CHOICE: Cause = _SERVICE.cause
LINES = Cause("Which line?", (), "app.py", 12, 14, "CANARY: the offset begins at one.")
STARTER = {"app.py": "one\n" * 20}


def flaws_of(text: str | None) -> list[tuple[str, str]]:
    flaws = Flaws("x")
    read_cause(text, STARTER, flaws)
    return [(flaw.key, f"{flaw.problem} ({flaw.fix})") for flaw in flaws.found]


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (None, "ask", "is missing"),
        ("[]", "ask", "is missing"),
        ("ask: 7", "ask", "is missing"),
        ("ask: Why?", "choices", "is missing"),
        ("ask: Why?\nlines: {file: app.py, from: 1, to: 2}", "lines", "is not complete"),
        ("ask: Why?\nlines: [1]", "lines", "is not complete"),
        ("ask: Why?\nlines: {file: app.py, from: 0, to: 2, why: x}", "lines", "has no lines 0 to 2"),
        ("ask: Why?\nlines: {file: app.py, from: 5, to: 4, why: x}", "lines", "has no lines 5 to 4"),
        ("ask: Why?\nlines: {file: app.py, from: 20, to: 21, why: x}", "lines", "has no lines 20 to 21"),
        ("ask: Why?\nlines: {file: other.py, from: 1, to: 1, why: x}", "lines", "the starter's other.py"),
        ("ask: Why?\nlines: {file: app.py, from: one, to: 1, why: x}", "lines", "count from 1"),
        ("ask: Why?\nlinse: {}", "linse", "did you mean 'lines'?"),
        (
            f"ask: Why?\nchoices: [{{text: a, right: true, why: b}}, {{text: c, why: {'d' * 601}}}]",
            "choice 2: why",
            "600 bytes",
        ),
        ("ask: Why?\nchoices: [{text: a, why: b}, {text: c, why: d}]", "cause", "right"),
    ],
)
def test_a_flaw_is_named(text: str | None, key: str, words: str) -> None:
    assert any(k.startswith(key) and words in said for k, said in flaws_of(text)), flaws_of(text)


def test_a_range_of_lines_is_read() -> None:
    flaws = Flaws("x")
    text = "ask: Which line?\nlines: {file: app.py, from: 12, to: 14, why: So.}"
    assert read_cause(text, STARTER, flaws) == Cause("Which line?", (), "app.py", 12, 14, "So.")
    assert flaws.found == []


def test_the_right_answer_is_right() -> None:
    assert judge_cause(CHOICE, CHOICE.right).passed
    assert judge_cause(CHOICE, f" {CHOICE.right}\n").passed
    assert judge_cause(LINES, LINES.right).passed


@pytest.mark.parametrize(("named", "passed"), [("app.py:11", False), ("app.py:12", True), ("app.py:14", True),
                                               ("app.py:15", False), ("notes.py:12", False), ("app.py: 12", False),
                                               ("12", False), ("app.py:123456", False)])  # fmt: skip
def test_a_line_in_the_range_is_right(named: str, passed: bool) -> None:
    assert judge_cause(LINES, named).passed is passed


def test_of_a_wrong_choice_its_own_explanation_is_told() -> None:
    for choice in CHOICE.choices:
        if not choice.right:
            assert judge_cause(CHOICE, choice.id).reason == choice.why


def test_nothing_named_is_said() -> None:
    told = judge_cause(CHOICE, " ")
    assert (told.passed, told.expected, told.got) == (False, "a cause", "none named")


@given(st.sampled_from([choice.id for choice in CHOICE.choices]) | st.text(max_size=30))
def test_of_a_wrong_choice_nothing_of_the_right_one_is_told(named: str) -> None:
    told = judge_cause(CHOICE, named)
    right = next(choice for choice in CHOICE.choices if choice.right)
    if not told.passed:
        for secret in (right.id, right.text, right.why):
            assert secret not in str(dataclasses.astuple(told))


@given(st.integers(0, 99999).map("app.py:{}".format) | st.text(max_size=30))
def test_of_a_wrong_line_nothing_of_the_range_is_told(named: str) -> None:
    told = judge_cause(LINES, named)
    if not told.passed:
        said = str(dataclasses.astuple(told)).replace(named.strip().partition(":")[2] or "\0", "")
        assert "CANARY" not in said
        assert not {"13", "14"} & set(said.replace(".", " ").split())


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", 0),
        ("a\nb\nc\n", "a\nb  \nc", 0),
        ("a\nb\nc\n", "a\nB\nc\n", 1),
        ("a\nb\nc\n", "a\nc\n", 1),
        ("a\nb\nc\n", "a\nb\nnew\nmore\nc\n", 2),
        ("a\nb\nc\n", "x\ny\nb\nc\n", 2),
        ("a\nb\nc\n", "", 3),
        ("a\nb\n", "b\na\n", 2),
    ],
)
def test_changed_lines_are_counted(before: str, after: str, count: int) -> None:
    assert changed_lines({"app.py": before}, {"app.py": after}) == count


def test_new_files_and_removed_ones_count() -> None:
    assert changed_lines({"a": "1\n2\n", "b": "3\n"}, {"a": "1\n2\n", "c": "4\n5\n"}) == 3


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_a_change_costs_the_same_both_ways_and_never_more_than_all(old: list[str], new: list[str]) -> None:
    before, after = {"f": "\n".join(old)}, {"f": "\n".join(new)}
    assert (changed_lines(before, after) == 0) == (old == new)
    assert changed_lines(before, after) <= len(old) + len(new)


def test_the_bound_itself_is_allowed() -> None:
    assert judge_size({"a": "1\n2\n"}, {"a": "x\ny\n"}, 2).passed
    told = judge_size({"a": "1\n2\n"}, {"a": "x\ny\n"}, 1)
    assert (told.passed, told.expected, told.got) == (False, "at most 1 line changed", "2 lines changed")


SERVICE = {"app.py": "import json\n" + "def answer(request):\n    return request\n" * 40}


@pytest.mark.parametrize(
    "line",
    [
        f"exec({SERVICE['app.py'] * 2!r})",
        f"exec(bytes.fromhex('{'00' * 2000}'))",
        "; ".join(f"x{n} = {n}" for n in range(200)),
        "answer = " + "(lambda request: " * 60 + "1" + ")" * 60,
    ],
)
def test_a_program_in_one_line_is_no_small_change(line: str) -> None:
    told = judge_size(SERVICE, {"app.py": SERVICE["app.py"] + line + "\n"}, 4)
    assert not told.passed
    assert told.reason == "A line of more than 120 characters counts as several."
    assert changed_lines(SERVICE, {"app.py": SERVICE["app.py"] + line}) == -(-len(line) // 120)


def test_lines_as_long_as_those_of_the_broken_service_count_once() -> None:
    before = {"app.py": f"statement = {'x' * 300!r}\nlimit = 1\n"}
    assert changed_lines(before, {"app.py": f"statement = {'y' * 300!r}\nlimit = 1\n"}) == 1
    assert changed_lines(before, {"app.py": f"statement = {'x' * 300!r}\nlimit = {'1' * 300}\n"}) == 1


def test_many_short_lines_cost_no_explanation_of_long_ones() -> None:
    assert judge_size(SERVICE, {}, 4).reason == ""
