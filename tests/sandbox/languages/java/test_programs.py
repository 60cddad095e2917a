"""Java programs in the real box."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import Case, Job, Limits, Run, RunStatus, Sandbox, Verdict, parse_signature

pytestmark = pytest.mark.engine


def job_of(source: str, signature: str, *arguments: Any, limits: Limits | None = None) -> Job:
    case = Case("one", arguments, judged=False)
    return Job("java", source, parse_signature(signature), (case,), limits or Limits())


def run(sandbox: Sandbox, source: str, signature: str, *arguments: Any, limits: Limits | None = None) -> Run:
    (seen,) = sandbox.run(job_of(source, signature, *arguments, limits=limits))
    return seen


def test_a_hundred_thousand_nodes_go_in_and_come_out(sandbox: Sandbox) -> None:
    source = """class Solution {
    ListNode f(ListNode head, TreeNode root) {
        ListNode turned = null;
        for (; root != null; root = root.right) turned = new ListNode(root.value + head.value, turned);
        return turned;
    }
}"""
    values = list(range(100_000))
    line = [0, *(item for value in values[1:] for item in (None, value))]
    seen = run(sandbox, source, "f(head: ListNode, root: TreeNode) -> ListNode", values, line)
    assert seen.value == values[::-1]
    source = """class Solution {
    TreeNode f(TreeNode root) { return root == null ? null : new TreeNode(root.value, null, f(root.right)); }
}"""
    assert run(sandbox, source, "f(root: TreeNode) -> TreeNode", line).value == line


def test_the_virtual_machine_takes_the_archive_that_the_image_has(sandbox: Sandbox) -> None:
    source = """import java.nio.file.*;
class Solution {
    boolean f() throws Exception {
        return Files.readString(Path.of("/proc/self/maps")).contains("/harness/Run.jsa");
    }
}"""
    assert run(sandbox, source, "f() -> bool").value is True


def test_a_megabyte_that_is_printed_before_the_end_is_kept_whole(sandbox: Sandbox) -> None:
    source = 'class Solution { long f(int n) { System.out.println("é".repeat(n / 2)); System.exit(0); return n; } }'
    seen = run(sandbox, source, "f(n: int) -> int", 1 << 20, limits=Limits(output_kib=1025))
    assert (seen.status, seen.stdout) == (RunStatus.DIED, "é" * (1 << 19) + "\n")


def test_what_a_writer_of_the_program_holds_back_is_printed(sandbox: Sandbox) -> None:
    source = """import java.io.*;
class Solution {
    long f(long n) {
        System.setOut(new PrintStream(new BufferedOutputStream(System.out)));
        System.out.print("kept");
        return n;
    }
}"""
    assert run(sandbox, source, "f(n: int) -> int", 1).stdout == "kept"


def test_an_error_shows_the_programs_own_lines_in_the_order_of_the_calls(sandbox: Sandbox) -> None:
    source = """import java.util.*;
class Solution {
    static long inner(Map<String, Long> known, String name) {
        return known.get(name);
    }
    long f(List<String> names) {
        return names.stream().mapToLong(name -> inner(new HashMap<>(), name)).sum();
    }
}"""
    error = run(sandbox, source, "f(names: list[str]) -> int", ["a"]).error
    assert error is not None
    assert (error.type, error.line) == ("NullPointerException", 4)
    first, last = error.trace.index("line 7, in Solution.f"), error.trace.index("line 4, in Solution.inner")
    assert first < error.trace.index("… in a library") < last
    assert "return known.get(name);" in error.trace
    assert "harness" not in error.trace


def test_what_stands_behind_an_error_is_told_as_well(sandbox: Sandbox) -> None:
    source = """class Solution {
    long f(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException error) {
            throw new IllegalStateException("odd", error);
        }
    }
}"""
    error = run(sandbox, source, "f(text: str) -> int", "x").error
    assert error is not None
    assert (error.type, error.message, error.line) == ("IllegalStateException", "odd", 6)
    assert "Caused by:\n  line 4, in Solution.f\n" in error.trace
    assert error.trace.endswith('NumberFormatException: For input string: "x"')


def test_the_call_that_failed_is_told(sandbox: Sandbox) -> None:
    source = "class Log {\n  long add(long n) { if (n > 1) throw new IllegalArgumentException(); return n; }\n}"
    signature = "class Log:\n def add(self, n: int) -> int: ..."
    error = run(sandbox, source, signature, ["Log"], ["add", 1], ["add", 2]).error
    assert error is not None
    assert (error.type, error.line, error.call) == ("IllegalArgumentException", 2, 2)


def test_a_number_that_does_not_fit_into_int_is_told_before_the_program_begins(sandbox: Sandbox) -> None:
    source = 'class Solution { long f(int n) { System.out.print("begun"); return n; } }'
    seen = run(sandbox, source, "f(n: int) -> int", 3_000_000_000)
    assert seen.error is not None
    assert (seen.error.type, seen.stdout) == ("ArithmeticException", "")
    assert seen.error.message == "3000000000 is given, which does not fit into int: declare it as long"


FUNCTIONS = [
    ("class Other { long g(long n) { return n; } }", "f(n: int) -> int", 'No method "f" is defined.'),
    ("class Solution { void f(long n) {} }", "f(n: int) -> list[int]", '"f" is void: declare it as List<Long>.'),
    ("class Solution { long f() { return 1; } }", "f(n: int) -> int", '"f" must take 1 parameter, not 0.'),
    (
        "class Solution { long f(java.util.Set<Long> n) { return 1; } }",
        "f(n: int) -> int",
        'Parameter 1 of "f" is Set<Long>: declare it as long.',
    ),
    (
        "class Solution { long f(long n) { return 1; } }",
        "f(n: int | None) -> int",
        'Parameter 1 of "f" is long: declare it as Long.',
    ),
    (
        "class Solution { Solution(int n) {} long f(long n) { return n; } }",
        "f(n: int) -> int",
        'Method "f" is not static, and class "Solution" cannot be made without arguments.',
    ),
]
CLASSES = [
    ("class Solution {}", 'No class "Log" is defined.'),
    ("class Log { Log(long n) {} }", 'Class "Log" has no method "lastLine".'),
    ("class Log { String lastLine() { return null; } }", '"Log" must take 1 parameter, not 0.'),
    ("interface Log { String lastLine(); }", 'Class "Log" has no constructor with 1 parameter.'),
]


@pytest.mark.parametrize(("source", "signature", "says"), FUNCTIONS)
def test_a_function_that_cannot_be_called_is_no_program(
    source: str, signature: str, says: str, sandbox: Sandbox
) -> None:
    assert_not_defined(run(sandbox, source, signature, 1), says)


@pytest.mark.parametrize(("source", "says"), CLASSES)
def test_a_class_that_cannot_be_called_is_no_program(source: str, says: str, sandbox: Sandbox) -> None:
    signature = "class Log:\n def __init__(self, n: int): ...\n def last_line(self) -> str: ..."
    assert_not_defined(run(sandbox, source, signature, ["Log", 1], ["last_line"]), says)


def assert_not_defined(seen: Run, says: str) -> None:
    assert seen.status is RunStatus.NOT_COMPILED
    assert seen.error is not None
    assert (seen.error.type, seen.error.message) == ("NotDefined", says)


def test_a_compile_error_shows_line_and_place_and_no_other_file(sandbox: Sandbox) -> None:
    source = "import java.util.List;\nclass Solution {\n    long f(Lisd<Long> n) { return List.of(n, 2).get(0) }\n}\n"
    judgement = sandbox.judge(Job("java", source, parse_signature("f(n: int) -> int"), (Case("a", (1,), 1),) * 2))
    assert judgement.verdict is Verdict.COMPILE_ERROR
    assert judgement.compile_output.startswith("solution.java:3: error: ';' expected\n    long f(Lisd<Long> n)")
    assert judgement.compile_output.endswith("^")
    assert judgement.compile_output.count("error:") == 1
