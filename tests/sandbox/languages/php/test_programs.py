"""PHP programs in the real box."""

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
    "pairs": ("list[list[int]]", [[n, 2**63 - 1 - n] for n in range(N)]),
    "floats": ("dict[str, list[float]]", {"a": [0.1, 1e300, 5e-324, -0.0] * N}),
}


run = partial(run_program, "php")


@pytest.mark.parametrize(("type_", "value"), LARGE.values(), ids=LARGE)
def test_large_values_come_out_as_they_went_in(type_: str, value: Any, sandbox: Sandbox) -> None:
    seen = run(sandbox, "<?php function f($x) { return $x; }", f"f(x: {type_}) -> {type_}", (value,))
    assert seen.value == value


def test_a_megabyte_that_is_printed_before_the_end_is_kept_whole(sandbox: Sandbox) -> None:
    source = "<?php function f($n) { echo str_repeat('é', intdiv($n, 2)); posix_kill(getmypid(), SIGKILL); }"
    seen = run(sandbox, source, "f(n: int) -> int", (1 << 20,), Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "é" * (1 << 19))


def test_warnings_name_the_programs_lines_and_are_no_error(sandbox: Sandbox) -> None:
    seen = run(sandbox, "<?php\nfunction f($n) {\n    return $n + @$a[1] + [][$n];\n}\n", "f(n: int) -> int", (1,))
    assert seen.value == 1
    assert "Warning: Undefined array key 1 in /tmp/solution.php on line 3" in seen.stderr
    assert "Undefined variable" not in seen.stderr


@pytest.mark.parametrize("head", ["<?php", "\n\n<?php\n", "\ufeff<?php", "", "<?php declare(strict_types=1);"])
def test_lines_are_counted_whatever_the_program_begins_with(head: str, sandbox: Sandbox) -> None:
    source = f"{head}\nfunction f($n)\n{{\n    throw new LogicException('no');\n}}\n?>\n"
    seen = run(sandbox, source, "f(n: int) -> int", (1,))
    assert seen.error is not None
    assert (seen.error.type, seen.error.line, seen.stdout) == ("LogicException", head.count("\n") + 4, "")


def test_an_error_shows_the_programs_own_lines_in_the_order_of_the_calls(sandbox: Sandbox) -> None:
    source = (
        "<?php\nfunction inner($x) {\n  return intdiv($x, 0);\n}\n"
        "function f($n) {\n  return array_map(function ($x) {\n    return inner($x);\n  }, [$n]);\n}\n"
    )
    error = run(sandbox, source, "f(n: int) -> int", (1,)).error
    assert error is not None
    assert (error.type, error.line) == ("DivisionByZeroError", 3)
    places = [
        error.trace.index(part)
        for part in ("line 6, in f", "… in a library", "line 7, in {closure}", "line 3, in inner")
    ]
    assert places == sorted(places)
    assert "    return intdiv($x, 0);\n" in error.trace
    assert "runner.php" not in error.trace


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("($a, $b) {}", "Too few arguments to function f(), 1 passed and exactly 2 expected"),
        ("(array $a) {}", "f(): Argument #1 ($a) must be of type array, int given"),
    ],
)
def test_messages_do_not_tell_of_the_runner(body: str, message: str, sandbox: Sandbox) -> None:
    error = run(sandbox, f"<?php\nfunction f{body}", "f(n: int) -> int", (1,)).error
    assert error is not None
    assert (error.message, error.line) == (message, 2)


def test_a_syntax_error_shows_its_line(sandbox: Sandbox) -> None:
    source = "<?php\nfunction f($n) {\n    return 1 +* $n;\n}\n"
    job = Job("php", source, parse_signature("f(n: int) -> int"), (Case("a", (1,), 1),) * 2)
    judgement = sandbox.judge(job)
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert judgement.compile_output.startswith("  line 3\n    return 1 +* $n;\nParseError: syntax error, unexpected")
    assert "runner.php" not in judgement.compile_output


def test_the_call_of_a_class_that_raised_is_told(sandbox: Sandbox) -> None:
    signature = "class A:\n def __init__(self): ...\n def go(self, n: int) -> int: ..."
    source = "<?php\nclass A {\n    function go($n) { return intdiv(10, $n); }\n}"
    error = run(sandbox, source, signature, (["A"], ["go", 5], ["go", 0])).error
    assert error is not None
    assert (error.type, error.line, error.call) == ("DivisionByZeroError", 3, 2)


def test_a_program_may_have_a_class_of_nodes_of_its_own(sandbox: Sandbox) -> None:
    source = (
        "<?php class ListNode { public $value; public $next; function __construct($a, $b) { $this->value = $b; } }\n"
        "function f($head) { $node = new ListNode(1, 2); $node->next = $head; return $node; }"
    )
    assert run(sandbox, source, "f(head: ListNode) -> ListNode", ([3, 4],)).value == [2, 3, 4]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("['a' => \"\\xff\"]", "string that is no text in UTF-8"),
        ("['a' => fn() => 1]", "array with Closure inside"),
        ("[STDOUT]", "array with resource inside"),
        ("new ArrayObject()", "ArrayObject"),
        ("(function () { $a = []; $a[] = &$a; return $a; })()", "array nested more than 200 deep"),
        ("new class {}", "class@anonymous"),
    ],
)
def test_what_is_no_value_is_named(answer: str, what: str, sandbox: Sandbox) -> None:
    seen = run(sandbox, f"<?php function f($n) {{ return {answer}; }}", "f(n: int) -> dict[str, int]", (1,))
    assert seen.status is RunStatus.NO_VALUE
    assert seen.error is not None
    assert seen.error.type == what


def test_numbers_that_json_lacks_come_out_as_they_went_in(sandbox: Sandbox) -> None:
    signature = "f(x: dict[str, list[float]]) -> dict[str, list[float]]"
    value = {"7": [float("inf"), float("-inf"), 1e300, 2.0]}
    assert run(sandbox, "<?php function f($x) { return $x; }", signature, (value,)).value == value
