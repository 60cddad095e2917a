"""The rules of sandbox/README.md, Values: what a returned value counts as, and what is said where it is another."""

from __future__ import annotations

import collections
import decimal
import enum
import fractions
import json
from typing import Any

import pytest

from sandbox import Case, Function, Job, Run, RunStatus, Verdict, parse_signature
from sandbox.judge import judge_case
from sandbox.languages.python.values import NoValue, decoder_of, encode
from sandbox.model import ProgramError
from sandbox.reports import read_report

Pair = collections.namedtuple("Pair", "a b")


class Level(enum.IntEnum):
    LOW = 1


def judged(value: Any, text: str, expected: Any) -> tuple[bool, str]:
    """What a student reads of this value, written and read as on its way out of a box."""
    signature = parse_signature(f"f(n: int) -> {text}")
    assert isinstance(signature, Function)
    case = Case("a case", (1,), expected)
    try:
        report = read_report(
            json.dumps({"status": "returned", "value": encode(value, signature.returns.spec())}).encode()
        )
        assert report is not None
        run = Run(RunStatus.RETURNED, report.value)
    except NoValue as what:
        run = Run(RunStatus.NO_VALUE, error=ProgramError(str(what)))
    result = judge_case(Job("python", "", signature, (case,)), case, run)
    return result.verdict is Verdict.ACCEPTED, result.reason


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (800, "int", 800),
        (Level.LOW, "int", 1),
        (800, "float", 800.0),
        (800.0, "float", 800),
        (0.1 + 0.2, "float", 0.3),
        (-0.0, "float", 0),
        (float("inf"), "float", float("inf")),
        (True, "bool", True),
        ("a", "str", "a"),
        (None, "None", None),
        (None, "int | None", None),
        ((1, 2), "list[int]", [1, 2]),
        (Pair(1, 2), "list[int]", [1, 2]),
        ([(1, 2)], "list[list[int]]", [[1, 2]]),
        ([1, 2.5], "list[float]", [1.0, 2.5]),
        (collections.Counter("aab"), "dict[str, int]", {"b": 1, "a": 2}),
        (collections.defaultdict(list, a=(1,)), "dict[str, list[int]]", {"a": [1]}),
        (collections.OrderedDict(b=1, a=2), "dict[str, int]", {"a": 2, "b": 1}),
    ],
)
def test_what_counts_as_right(value: Any, text: str, expected: Any) -> None:
    assert judged(value, text, expected) == (True, "")


@pytest.mark.parametrize(
    ("value", "text", "expected", "said"),
    [
        (800.0, "int", 800, "Returned float 800.0, expected int 800."),
        (True, "int", 1, "Returned bool True, expected int 1."),
        (True, "float", 1, "Returned bool True, expected float 1.0."),
        (1, "bool", True, "Returned int 1, expected bool True."),
        ("1", "int", 1, "Returned str '1', expected int 1."),
        (1, "str", "1", "Returned int 1, expected str '1'."),
        (None, "int", 1, "Returned None, expected int 1."),
        (1, "int | None", None, ""),
        (1.0, "int | None", 1, "Returned float 1.0, expected int 1."),
        (0, "None", None, "Returned int, expected None."),
        ("", "None", None, "Returned str, expected None."),
        (decimal.Decimal("1.5"), "float", 1.5, "Returned Decimal, expected float."),
        (fractions.Fraction(3, 2), "float", 1.5, "Returned Fraction, expected float."),
        (1j, "float", 1.5, "Returned complex, expected float."),
        (b"a", "str", "a", "Returned bytes, expected str."),
        ({1}, "list[int]", [1], "Returned set, expected list[int]."),
        (range(2), "list[int]", [0, 1], "Returned range, expected list[int]."),
        (collections.deque([1]), "list[int]", [1], "Returned deque, expected list[int]."),
        (map(str, []), "list[str]", [], "Returned map, expected list[str]."),
        ([1], "int", 1, "Returned list[int], expected int."),
        ([1.0], "list[int]", [1], "Returned list[float], expected list[int]: [0] is float 1.0."),
        ([[1], [2, True]], "list[list[int]]", [[1], [2, 1]],
         "Returned list[list[bool | int] | list[int]], expected list[list[int]]: [1][1] is bool True."),
        ({"a": {"b": None}}, "dict[str, dict[str, int]]", {}, "Returned dict[str, dict[str, None]], "
         "expected dict[str, dict[str, int]]: ['a']['b'] is None."),
        ({1: 1}, "dict[str, int]", {"1": 1}, "Returned dict with keys of type int, expected dict[str, int]."),
        ("x" * 50, "int", 1, "Returned str, expected int 1."),
        (float("nan"), "float", float("nan"), ""),
        (float("inf"), "float", -float("inf"), ""),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_is_said(value: Any, text: str, expected: Any, said: str) -> None:
    assert judged(value, text, expected) == (False, said)


@pytest.mark.parametrize(
    ("sent", "text", "arrives"),
    [
        (3, "float", 3.0),
        ([1, 2.5], "list[float]", [1.0, 2.5]),
        ([[1], []], "list[list[float]]", [[1.0], []]),
        ({"a": 1}, "dict[str, float]", {"a": 1.0}),
        (None, "float | None", None),
        (3, "int", 3),
        ([True], "list[bool]", [True]),
    ],
)
def test_what_parameters_are(sent: Any, text: str, arrives: Any) -> None:
    signature = parse_signature(f"f(x: {text}) -> int")
    assert isinstance(signature, Function)
    decode = decoder_of(signature.parameters[0].type.spec())
    assert repr(decode(sent) if decode else sent) == repr(arrives)


@pytest.mark.parametrize(
    ("signature", "parameter", "sent", "after", "said"),
    [
        ("f(slots: list[int]) -> None", "slots", [2, 1], [2, 1], "Change the list itself, e.g. slots[:] = …"),
        ("f(xs: list[float]) -> None", "xs", [2, 1], [2.0, 1.0], "Change the list itself, e.g. xs[:] = …"),
        ("f(by: dict[str, int]) -> None", "by", {"a": 2}, {"a": 2}, "Change the dict itself, e.g. by[key] = …"),
        ("f(head: ListNode | None) -> None", "head", [2, 1], [2, 1], "Change the nodes themselves"),
        ("f(slots: list[int]) -> None", "slots", [2, 1], [3, 1], ""),
    ],
)
def test_a_parameter_that_came_back_as_it_was_sent(
    signature: str, parameter: str, sent: Any, after: Any, said: str
) -> None:
    case = Case("a case", (sent,), {"a": 1} if isinstance(sent, dict) else [1, 2])
    job = Job("python", "", parse_signature(signature, parameter), (case,))
    reason = judge_case(job, case, Run(RunStatus.RETURNED, after)).reason
    assert said in reason
    assert reason == "" or reason.startswith(f"`{parameter}` came back as it was sent. ")
    assert reason == "" or reason.endswith("; binding the name anew does not reach the caller.")
