"""C++ programs in the real box."""

from __future__ import annotations

from functools import partial

import pytest

from sandbox import Case, Job, Limits, RunStatus, Sandbox, Verdict, parse_signature
from tests.sandbox.languages.programs import run_program

pytestmark = pytest.mark.engine


run = partial(run_program, "cpp")


def test_a_megabyte_that_is_printed_before_a_crash_is_kept_whole(sandbox: Sandbox) -> None:
    source = "int f(int n) { for (int i = 0; i < n / 64; i++) std::cout << std::string(64, 120); std::abort(); }"
    seen = run(sandbox, source, "f(n: int) -> int", (1 << 20,), Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "x" * (1 << 20))


def test_a_compile_error_shows_line_and_place(sandbox: Sandbox) -> None:
    source = 'int f(int n) {\n\tstd::string é = "é", x = n;\n\treturn n;\n}\n'
    judgement = sandbox.judge(Job("cpp", source, parse_signature("f(n: int) -> int"), (Case("a", (1,), 1),) * 2))
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert '    \tstd::string é = "é", x = n;\n    \t                         ^' in judgement.compile_output
    assert "main.cpp" not in judgement.compile_output


def test_an_exception_in_a_class_says_at_which_call(sandbox: Sandbox) -> None:
    source = 'struct A { int at(std::string s) { if (s == "x") throw "no"; return 1; } };'
    signature = "class A:\n def at(self, s: str) -> int: ..."
    error = run(sandbox, source, signature, (["A"], ["at", "a"], ["at", "x"])).error
    assert error is not None
    assert (error.type, error.message, error.call) == ("const char*", "no", 2)


def test_private_methods_are_told(sandbox: Sandbox) -> None:
    source = "class A { int at(int s) { return s; } };"
    job = Job(
        "cpp", source, parse_signature("class A:\n def at(self, s: int) -> int: ..."), (Case("a", (["A"],), [None]),)
    )
    assert "is private within this context" in sandbox.judge(job).compile_output


def test_a_chain_of_a_hundred_thousand_nodes_goes_in_and_out(sandbox: Sandbox) -> None:
    source = "TreeNode* f(ListNode* head, TreeNode* root) { return root->right; }"
    tree = [x for n in range(100_000) for x in (n, None)]
    seen = run(sandbox, source, "f(head: ListNode, root: TreeNode) -> TreeNode", (list(range(100_000)), tree[:-1]))
    assert seen.status is RunStatus.RETURNED, seen
