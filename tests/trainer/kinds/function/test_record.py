"""A record keeps what somebody may see, bounded and harmless, and nothing else."""

from __future__ import annotations

import json

from sandbox.model import Case, ProgramError, Run, RunStatus
from sandbox.signature import parse_signature
from tests.trainer.kinds.function.problems import (
    HIDDEN,
    HISTORY,
    KIND,
    SAMPLES,
    judged,
    problem,
    raised,
    recorded,
    value,
)


def test_a_record_is_plain_json() -> None:
    kept = recorded(value(0), value(-8), raised())
    assert json.loads(json.dumps(kept, allow_nan=False)) == kept


def test_every_case_keeps_its_name_verdict_and_figures() -> None:
    kept = recorded(value(0, time_ms=12.345), value(1), Run(RunStatus.NOT_RUN))
    assert [case["name"] for case in kept["cases"]] == ["three", "four", "nothing", "below zero", "large"]
    assert [case["verdict"] for case in kept["cases"]] == ["accepted"] * 3 + ["wrong answer", None]
    assert kept["cases"][2]["time_ms"] == 12.35 or kept["cases"][2]["time_ms"] == 12.34
    assert kept["verdict"] == "wrong answer"


def test_details_stay_of_samples_and_of_the_first_hidden_failure_only() -> None:
    kept = recorded(value(0), value(1, stdout="one"), value(2, stdout="two"))
    assert ["details" in case for case in kept["cases"]] == [True, True, False, True, False]
    assert kept["cases"][3]["details"]["input"] == [{"name": "number", "text": "-4", "cut": False}]
    assert kept["cases"][3]["details"]["expected"]["text"] == "-8"
    assert kept["cases"][3]["details"]["got"]["text"] == "1"
    assert kept["cases"][3]["details"]["stdout"]["text"] == "one"


def test_everything_is_bounded() -> None:
    runs = [value("x" * 10**6, stdout="é" * 10**6, stderr="e" * 10**6) for _ in SAMPLES + HIDDEN]
    kept = KIND.record(problem(), judged(runs))
    assert len(json.dumps(kept, ensure_ascii=False).encode()) < 3 * 16 * 1024
    assert kept["cases"][0]["details"]["stdout"]["cut"]


def test_texts_that_no_database_takes_are_made_harmless() -> None:
    error = ProgramError("Odd\0Type", "m\ud800\0", 3, "t\0")
    run = Run(RunStatus.RAISED, error=error, stdout="a\0\udfffb")
    text = json.dumps(recorded(value("\0\ud800"), run, run, samples=[run, run]), ensure_ascii=False)
    text.encode()
    assert "\0" not in text
    assert "\\u0000" not in text


def test_values_that_are_no_numbers_are_kept_as_text() -> None:
    kept = recorded(value(float("nan")), value(-8), value(2 * 10**6))
    assert kept["cases"][2]["details"]["got"]["text"] == "nan"
    json.dumps(kept, allow_nan=False)


def test_own_input_keeps_what_came_back_and_expects_nothing() -> None:
    case = Case("your own input 1", (5,), judged=False)
    kept = KIND.record(problem(), judged([value(6), value(8), value(10)], (*SAMPLES, case)))
    assert kept["cases"][2]["verdict"] is None
    assert kept["cases"][2]["details"]["expected"] is None
    assert kept["cases"][2]["details"]["got"]["text"] == "10"


def test_class_problems_keep_their_calls_and_name_the_first_that_differs() -> None:
    calls = (["History", 3], ["visit", "a"], ["back", 1])
    case = Case("going back", calls, [None, None, "a"])
    kept = KIND.record(problem(HISTORY), judged([value([None, None, "b"])], (case,), HISTORY))
    assert [line["text"] for line in kept["cases"][0]["details"]["input"]] == ["History(3)", "visit('a')", "back(1)"]
    assert kept["cases"][0]["reason"] == "Call 3, back(1): expected 'a', got 'b'."


def test_an_error_in_a_class_names_its_call() -> None:
    case = Case("going back", (["History", 3], ["back", 1]), [None, None])
    run = Run(RunStatus.RAISED, error=ProgramError("KeyError", "1", 4, call=1))
    kept = KIND.record(problem(HISTORY), judged([run], (case,), HISTORY))
    assert kept["cases"][0]["details"]["error"]["call"] == "back(1), call 2"


def test_many_calls_are_cut() -> None:
    calls = (["History", 3], *(["visit", "page"] for _ in range(10_000)))
    case = Case("many", calls, [None] * 10_001)
    kept = KIND.record(problem(HISTORY), judged([value(1)], (case,), HISTORY))
    lines = kept["cases"][0]["details"]["input"]
    assert len(lines) < 500
    assert lines[-1] == {"name": "", "text": "…", "cut": True}


def test_small_arguments_behind_a_large_one_are_still_kept() -> None:
    signature = parse_signature("f(rows: list[int], limit: int) -> int")
    case = Case("large", ([7] * 100_000, 12), 1)
    kept = KIND.record(problem(signature), judged([value(2)], (case,), signature))
    assert [(line["name"], line["cut"]) for line in kept["cases"][0]["details"]["input"]] == [
        ("rows", True),
        ("limit", False),
    ]


def test_a_judging_that_never_was_has_a_record_too() -> None:
    kept = KIND.judge_error("no engine")
    assert (kept["verdict"], kept["cases"], kept["message"]) == ("judge error", [], "no engine")


FLOATS = parse_signature("mean(rows: list[float], by: int) -> list[float | None]")
METER = parse_signature("""class Meter:
    def __init__(self, limit: float): ...
    def add(self, by: float) -> float: ...""")


def test_an_int_that_stands_for_a_float_is_shown_as_one() -> None:
    case = Case("a case", ([1, 2.5], 3), [3, None, 1], sample=True)
    kept = KIND.record(problem(FLOATS), judged([value([3.0, None, 2])], (case,), FLOATS))["cases"][0]["details"]
    assert [line["text"] for line in kept["input"]] == ["[1.0, 2.5]", "3"]
    assert (kept["expected"]["text"], kept["got"]["text"]) == ("[3.0, None, 1.0]", "[3.0, None, 2.0]")


def test_a_call_that_answered_close_enough_is_not_blamed() -> None:
    case = Case("a case", (["Meter", 1], ["add", 0.1], ["add", 0.2]), [None, 1, 0.3], sample=True)
    run = value([None, 1.0000000001, 0.4])
    kept = KIND.record(problem(METER), judged([run], (case,), METER))["cases"][0]
    assert kept["reason"] == "Call 3, add(0.2): expected 0.3, got 0.4."
