"""Go as pages, packages and the bank see it, and what its compile step makes of a program."""

from __future__ import annotations

import json

import pytest

from sandbox.harness.programs import Ended
from sandbox.languages import languages
from sandbox.languages.go.faults import seen_as
from sandbox.languages.go.language import change, spell, starter
from sandbox.languages.go.program import in_package, program_of, quoted
from sandbox.languages.go.serve import complaints_of, not_compiled
from sandbox.signature import Function, Query, Type, parse_signature

FUNCTION = """\
package main

// A ListNode has Value and Next, which is nil at the end: &ListNode{Value: 1, Next: next}.

func pageOf(head *ListNode, pageSizes []*int, default_ map[string]bool, len_ float64) [][]string {
\treturn [][]string{}
}
"""
CLASS = """\
package main

type Counter struct {
}

func NewCounter(start int) *Counter {
\treturn &Counter{}
}

func (c *Counter) lastValue() *int {
\treturn nil
}

func (c *Counter) reset() {

}
"""
PANIC = b"""goroutine 7 [running]:
solution.inner(0x1, {0xc00001, 0x2})
\t/tmp/solution.go:4 +0x1d
main.work()
\t/tmp/main.go:9 +0x1d
solution.f.func1()
\tsolution.go:9 +0x25
created by solution.f
\tsolution.go:8 +0x6a
"""


def written(text: str) -> str:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    return starter(signature)


def ended(stderr: bytes, *, end: str = "ended", status: int = 2 << 8, stdout: bytes = b"") -> Ended:
    return Ended(end, status, 1, 0.1, 1, True, stdout, stderr, b"", b"")


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = (
        "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool], len: float) -> list[list[str]]"
    )
    assert written(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    text = (
        "class Counter:\n def __init__(self, start: int): ...\n def last_value(self) -> int | None: ...\n"
        " def reset(self): ..."
    )
    assert written(text) == CLASS


def test_a_receiver_is_not_called_as_a_parameter() -> None:
    text = "class Counter:\n def add(self, c: int) -> int: ..."
    assert "func (self *Counter) add(c int) int {" in written(text)


def test_names_and_changes_are_written_as_is_usual() -> None:
    assert [spell(name) for name in ("page_of", "f", "a__b_2")] == ["pageOf", "f", "aB2"]
    assert [change("row_list", kind) for kind in ("list", "dict", "ListNode")] == [
        "rowList[0] = …",
        "rowList[key] = …",
        "rowList.Value = …",
    ]


def test_values_of_any_type_are_not_written_in_it() -> None:
    go = languages()["go"]
    assert not go.can_answer(Function("f", (), Type("list", Type("Json"))))
    assert go.can_answer(Function("f", (), Type("list", Type("int"))))


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("func f() {}\n", "package solution; /*line solution.go:1:1*/func f() {}\n"),
        ("package main\nfunc f() {}\n", "package solution/*line solution.go:1:13*/\nfunc f() {}\n"),
        (
            "// package no\n/* package\nno */ package é; var x = 1\n",
            "// package no\n/* package\nno */ package solution/*line solution.go:3:17*/; var x = 1\n",
        ),
    ],
)
def test_whatever_package_a_program_says_it_is_ours(source: str, inside: str) -> None:
    assert in_package(source) == inside


def test_a_program_is_a_literal_whatever_is_in_it() -> None:
    assert quoted('a"\\\n\té\ufeff😀') == r'"a\"\\\U0000000a\U00000009é\U0000feff😀"'


def test_complaints_are_those_of_the_programs_own_file() -> None:
    program = program_of("", {"name": "f", "parameters": [], "returns": "int", "in_place": None})
    said = "solution.go:3:2: x declared but not used\n\tother.go:1:1: secret\nother.go:1:1: secret\ntoo many errors\n"
    assert list(complaints_of(said)) == [("solution", 3, 2, "x declared but not used")]
    (complaint,) = not_compiled(said, program).complaints
    assert (complaint.line, complaint.column) == (3, 2)
    assert [one.message for one in not_compiled("secret", program).complaints] == ["The compiler refused the program."]


def test_a_panic_that_nobody_caught_is_told_with_the_programs_own_lines() -> None:
    seen = seen_as(ended(b"mine\npanic: runtime error: index out of range [5] with length 2\n\n" + PANIC))
    error = json.loads(seen.report)["error"]
    assert (error["type"], error["message"], error["line"]) == (
        "runtime error",
        "index out of range [5] with length 2",
        4,
    )
    assert error["trace"].startswith("  line 9, in f.func1\n  line 4, in inner\n")
    assert seen.stderr == b"mine\n"


def test_other_ends_stay_what_they_are() -> None:
    text = b"panic: x\n\n" + PANIC
    for same in (ended(b"exit"), ended(text, status=1 << 8), ended(text, end="cpu"), ended(text, status=9)):
        assert seen_as(same) is same
    flood = ended(text, end="output", status=9, stdout=b"x" * 1000)
    assert seen_as(flood) is flood


def test_goroutines_that_take_more_than_may_be_printed_are_an_error_of_the_program() -> None:
    many = ended(b"fatal error: all goroutines are asleep - deadlock!\n\n" + PANIC * 100, end="output", status=9)
    seen = seen_as(many)
    assert (seen.end, seen.stderr) == ("ended", b"")
    assert json.loads(seen.report)["error"]["message"] == "all goroutines are asleep - deadlock!"
