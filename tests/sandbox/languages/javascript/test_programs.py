"""JavaScript programs in the real box."""

from __future__ import annotations

from functools import partial

import pytest

from sandbox import Case, Job, Limits, RunStatus, Sandbox, Verdict, parse_signature
from tests.sandbox.languages.programs import run_program

pytestmark = pytest.mark.engine


run = partial(run_program, "javascript")


def test_a_megabyte_that_is_printed_before_the_end_is_kept_whole(sandbox: Sandbox) -> None:
    source = 'const f = (n) => { console.log("é".repeat(n / 2)); process.exit(0); };'
    seen = run(sandbox, source, "f(n: int) -> int", (1 << 20,), Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "é" * (1 << 19) + "\n")


def test_an_error_shows_the_programs_own_lines_in_the_order_of_the_calls(sandbox: Sandbox) -> None:
    source = "function inner(x) {\n  return x.y.z;\n}\nfunction f(n) {\n  return [n].map((x) => inner(x));\n}\n"
    error = run(sandbox, source, "f(n: int) -> int", (1,)).error
    assert error is not None
    assert (error.type, error.line) == ("TypeError", 2)
    first, last = error.trace.index("line 5, in f"), error.trace.index("line 2, in inner")
    assert first < error.trace.index("… in a library") < last
    assert "return x.y.z;" in error.trace
    assert "runner.js" not in error.trace


def test_a_syntax_error_shows_line_and_place(sandbox: Sandbox) -> None:
    job = Job(
        "javascript",
        "function f(n) {\n  return 1 +* n;\n}\n",
        parse_signature("f(n: int) -> int"),
        (Case("a", (1,), 1),) * 2,
    )
    judgement = sandbox.judge(job)
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert "  return 1 +* n;\n            ^\n" in judgement.compile_output
    assert "runner.js" not in judgement.compile_output


def test_a_parameter_that_came_back_unchanged_is_told_in_javascript(sandbox: Sandbox) -> None:
    signature = parse_signature("f(row_list: list[int]) -> None", "row_list")
    source = "function f(rowList) { rowList = [1, 2]; }"
    (result,) = sandbox.judge(Job("javascript", source, signature, (Case("a", ([2, 1],), [1, 2]),))).results
    assert "`rowList` came back as it was sent. Change the list itself, e.g. rowList[0] = …" in result.reason
