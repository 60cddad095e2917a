"""A program is compiled in its first case; later ones run what the compiler made."""

from __future__ import annotations

import pytest

from sandbox import Case, Job, Run, RunStatus, Sandbox, parse_signature

pytestmark = pytest.mark.engine

SIGNATURE = parse_signature("f(n: int) -> int")


def run(sandbox: Sandbox, source: str) -> tuple[Run, ...]:
    runs = sandbox.run(Job("python", source, SIGNATURE, tuple(Case(f"case {n}", (n,), judged=False) for n in range(4))))
    assert {run.status for run in runs} == {RunStatus.RETURNED}, runs
    return runs


def test_only_the_first_case_pays_for_it(sandbox: Sandbox) -> None:
    long = "".join(f"def g{n}(a, b):\n    return [a * {n} for a in b if a > {n}]\n\n" for n in range(1_000))
    first, *later = run(sandbox, f"{long}def f(n):\n    return n\n")
    assert max(run.time_ms for run in later) < first.time_ms / 2


def test_what_the_compiler_warns_of_is_said_in_each_case(sandbox: Sandbox) -> None:
    for seen in run(sandbox, "def f(n):\n    return n if n is 1 else n\n"):
        assert 'SyntaxWarning: "is" with a literal' in seen.stderr


def test_a_trace_shows_the_lines_in_each_case(sandbox: Sandbox) -> None:
    job = Job("python", "def f(n):\n    return 1 // 0\n", SIGNATURE, (Case("a", (1,), judged=False),) * 3)
    for seen in sandbox.run(job):
        assert seen.error is not None
        assert (seen.error.type, seen.error.line) == ("ZeroDivisionError", 2)
        assert "return 1 // 0" in seen.error.trace


def test_code_too_long_to_be_kept_is_compiled_each_time(sandbox: Sandbox) -> None:
    text = "x" * 1_100_000
    assert [seen.value for seen in run(sandbox, f"TEXT = {text!r}\n\ndef f(n):\n    return len(TEXT)\n")] == [
        1_100_000
    ] * 4
