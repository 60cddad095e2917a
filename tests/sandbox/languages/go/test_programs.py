"""Go programs in the real box."""

from __future__ import annotations

from functools import partial

import pytest

from sandbox import Case, Job, Limits, RunStatus, Sandbox, Verdict, parse_signature
from tests.sandbox.languages.programs import run_program

pytestmark = pytest.mark.engine


run = partial(run_program, "go")


def test_a_megabyte_that_is_printed_before_the_end_is_kept_whole(sandbox: Sandbox) -> None:
    printed = 'fmt.Println(strings.Repeat("é", n/2))'
    source = f'import ("fmt"; "os"; "strings")\nfunc f(n int) int {{ {printed}; os.Exit(0); return 0 }}'
    seen = run(sandbox, source, "f(n: int) -> int", (1 << 20,), Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "é" * (1 << 19) + "\n")


def test_an_error_shows_the_programs_own_lines_in_the_order_of_the_calls(sandbox: Sandbox) -> None:
    source = """package main
import "sort"
func inner(x []int) int {
\treturn x[3]
}
func f(n int) int {
\treturn sort.Search(1, func(int) bool { return inner([]int{n}) > 0 })
}
"""
    error = run(sandbox, source, "f(n: int) -> int", (1,)).error
    assert error is not None
    assert (error.type, error.message, error.line) == ("runtime error", "index out of range [3] with length 1", 4)
    assert error.trace.index("line 7, in f\n") < error.trace.index("line 4, in inner\n    return x[3]\n")
    assert "runner.go" not in error.trace


def test_a_compile_error_shows_line_and_place(sandbox: Sandbox) -> None:
    source = 'package main\n\nfunc f(n int) int {\n\tvar é, x string = "é", n\n\treturn n\n}\n'
    judgement = sandbox.judge(Job("go", source, parse_signature("f(n: int) -> int"), (Case("a", (1,), 1),) * 2))
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert '    \tvar é, x string = "é", n\n    \t                       ^' in judgement.compile_output
    assert "é declared but not used" in judgement.compile_output
    assert "/tmp" not in judgement.compile_output


def test_other_types_than_the_problems_are_told(sandbox: Sandbox) -> None:
    job = Job("go", "func f(n string) {}", parse_signature("f(n: int) -> list[int]"), (Case("a", (1,), [1]),))
    said = sandbox.judge(job).compile_output
    assert said == "The problem asks for `func f(n int) []int`; it is func(n string)."


def test_a_chain_of_a_hundred_thousand_nodes_goes_in_and_out(sandbox: Sandbox) -> None:
    source = "func f(head *ListNode, root *TreeNode) *TreeNode { return root.Right }"
    tree = [x for n in range(100_000) for x in (n, None)]
    seen = run(sandbox, source, "f(head: ListNode, root: TreeNode) -> TreeNode", (list(range(100_000)), tree[:-1]))
    assert seen.status is RunStatus.RETURNED, seen
