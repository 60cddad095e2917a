"""C++ programs in the real box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sandbox import Case, Job, Limits, Run, RunStatus, Sandbox, Verdict, parse_signature
from sandbox.languages.cpp.language import starter
from sandbox.signature import Query

pytestmark = pytest.mark.engine

STARTERS: Mapping[str, tuple[Any, ...]] = {
    "f(n: int, x: float, ok: bool, text: str, map: int) -> list[int]": (1, 1.0, True, "é", 3),
    "x_y_z_all(head: ListNode, root: TreeNode) -> TreeNode": ([1, 2], [1, None, 2]),
    "f(new: dict[str, list[int | None]] | None) -> None": ({"a": [1, None]},),
    "f(n: int) -> dict[str, float]": (1,),
    "class open_door:\n def __init__(self, new: int): ...\n def is_open(self) -> bool: ...\n def shut(self): ...": (
        ["open_door", 1],
        ["is_open"],
        ["shut"],
    ),
}


def run(sandbox: Sandbox, source: str, signature: str, arguments: tuple[Any, ...], limits: Limits | None = None) -> Run:
    case = Case("one", arguments, judged=False)
    (seen,) = sandbox.run(Job("cpp", source, parse_signature(signature), (case,), limits or Limits()))
    return seen


@pytest.mark.parametrize("text", STARTERS)
def test_a_starter_runs(text: str, sandbox: Sandbox) -> None:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    seen = run(sandbox, starter(signature), text, STARTERS[text])
    assert seen.status is RunStatus.RETURNED, seen


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
