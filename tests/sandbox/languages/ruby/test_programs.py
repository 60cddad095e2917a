"""Ruby programs in the real box."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from sandbox import Case, Job, Limits, RunStatus, Sandbox, Verdict, parse_signature
from tests.sandbox.languages.programs import run_program

pytestmark = pytest.mark.engine

N = 100_000
LARGE: Mapping[str, tuple[str, Any]] = {
    "a chain": ("ListNode", list(range(N))),
    "a tree in one line": ("TreeNode", [0, *(value for n in range(1, N) for value in (None, n))]),
    "texts": ("list[str]", [f"name {n} é" for n in range(N)]),
    "pairs": ("list[list[int]]", [[n, 2**64 + n] for n in range(N)]),
    "floats": ("dict[str, list[float]]", {"a": [0.1, 1e300, 5e-324, -0.0] * N}),
}


run = partial(run_program, "ruby")


@pytest.mark.parametrize(("type_", "value"), LARGE.values(), ids=LARGE)
def test_large_values_come_out_as_they_went_in(type_: str, value: Any, sandbox: Sandbox) -> None:
    seen = run(sandbox, "def f(x) = x", f"f(x: {type_}) -> {type_}", (value,))
    assert seen.value == value


def test_a_megabyte_that_is_printed_before_the_end_is_kept_whole(sandbox: Sandbox) -> None:
    source = 'def f(n)\n  $stdout.print("é" * (n / 2))\n  exit!(0)\nend\n'
    seen = run(sandbox, source, "f(n: int) -> int", (1 << 20,), Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "é" * (1 << 19))


def test_what_a_program_has_not_flushed_is_kept(sandbox: Sandbox) -> None:
    seen = run(sandbox, "def f(n)\n  $stdout.sync = false\n  puts n\n  n\nend", "f(n: int) -> int", (1,))
    assert (seen.value, seen.stdout) == (1, "1\n")


def test_an_error_shows_the_programs_own_lines_in_the_order_of_the_calls(sandbox: Sandbox) -> None:
    source = "require 'set'\ndef inner(x)\n  x.y\nend\ndef f(n)\n  Set[n].map! { |x|\n    inner(x)\n  }\nend\n"
    error = run(sandbox, source, "f(n: int) -> int", (1,)).error
    assert error is not None
    assert (error.type, error.line) == ("NoMethodError", 3)
    places = [
        error.trace.index(part)
        for part in ("line 6, in f", "… in a library", "line 7, in block in f", "line 3, in inner")
    ]
    assert places == sorted(places)
    assert "    x.y\n" in error.trace
    assert "runner.rb" not in error.trace


def test_a_syntax_error_shows_line_and_place(sandbox: Sandbox) -> None:
    source = "def f(n)\n  return 1 +* n\nend\n"
    job = Job("ruby", source, parse_signature("f(n: int) -> int"), (Case("a", (1,), 1),) * 2)
    judgement = sandbox.judge(job)
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert "  return 1 +* n\n            ^\n" in judgement.compile_output
    assert "runner.rb" not in judgement.compile_output


def test_the_call_of_a_class_that_raised_is_told(sandbox: Sandbox) -> None:
    signature = "class A:\n def __init__(self): ...\n def go(self, n: int) -> int: ..."
    error = run(sandbox, "class A\n  def go(n) = 10 / n\nend", signature, (["A"], ["go", 5], ["go", 0])).error
    assert error is not None
    assert (error.type, error.line, error.call) == ("ZeroDivisionError", 2, 2)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("{1 => 2}", "Hash with keys of type Integer"),
        ('{a: 1, "a" => 2}', 'Hash with "a" as a String and as a Symbol'),
        ('{"a" => "\\xff"}', "String that is no text in UTF-8"),
        ('{"a" => :word}', "Hash with Symbol inside"),
        ("10**5000", "Integer of more than 4,000 digits"),
        ("[0].tap { |list| list << list }", "Array nested more than 200 deep"),
        ("TreeNode.new", "TreeNode"),
        ("Class.new(Set).new", "Set"),
    ],
)
def test_what_is_no_value_is_named(answer: str, what: str, sandbox: Sandbox) -> None:
    seen = run(sandbox, f"def f(n) = {answer}", "f(n: int) -> dict[str, int]", (1,))
    assert seen.status is RunStatus.NO_VALUE
    assert seen.error is not None
    assert seen.error.type == what


def test_a_parameter_that_came_back_unchanged_is_told_in_ruby(sandbox: Sandbox) -> None:
    signature = parse_signature("f(row_list: list[int]) -> None", "row_list")
    source = "def f(row_list)\n  row_list = [1, 2]\nend"
    (result,) = sandbox.judge(Job("ruby", source, signature, (Case("a", ([2, 1],), [1, 2]),))).results
    assert "`row_list` came back as it was sent. Change the list itself, e.g. row_list[0] = …" in result.reason
