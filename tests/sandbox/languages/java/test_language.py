"""Java as pages, packages and the bank see it."""

from __future__ import annotations

import pytest

from sandbox.harness.bounds import Bounds
from sandbox.languages import languages
from sandbox.languages.java.language import starter
from sandbox.languages.java.names import spell
from sandbox.languages.java.serve import BESIDE_HEAP_MIB, command, compiler, described
from sandbox.signature import Query, parse_signature

FUNCTION = """\
import java.util.*;

// A ListNode has value and next, which is null at the end: new ListNode(value, next).
// A parameter or an answer may be an array instead of a List, and int instead of long.

class Solution {
    List<List<String>> pageOf(ListNode head, List<Long> pageSizes, Map<String, Boolean> default_) {
        return new ArrayList<>();
    }
}
"""
CLASS = """\
class Counter {
    Counter(long start, Double ratio) {

    }

    Long lastValue() {
        return null;
    }

    void wait_() {

    }
}
"""
CLASS_TEXT = """class Counter:
    def __init__(self, start: int, ratio: float | None): ...
    def last_value(self) -> int | None: ...
    def wait(self) -> None: ..."""


def written(text: str) -> str:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    return starter(signature)


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool]) -> list[list[str]]"
    assert written(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    assert written(CLASS_TEXT) == CLASS


@pytest.mark.parametrize(
    ("name", "spelled"),
    [("page_of", "pageOf"), ("f", "f"), ("_hidden_name", "_hiddenName"), ("a__b_2", "aB2"), ("isOpen", "isOpen")],
)
def test_names_are_spelled_as_is_usual(name: str, spelled: str) -> None:
    assert spell(name) == spelled


def test_any_value_is_no_type_of_it() -> None:
    java = languages()["java"]
    any_value, number = parse_signature("f(x: list[Json]) -> int"), parse_signature("f(x: list[int]) -> int")
    assert not isinstance(any_value, Query)
    assert not isinstance(number, Query)
    assert (java.can_answer(any_value), java.can_answer(number)) == (False, True)


def test_the_heap_may_have_what_the_problem_allows() -> None:
    needs = languages()["java"].needs
    bounds = Bounds(256 + needs.memory_mib, 1.0, needs.pids, needs.scratch_mib, None)
    assert needs.memory_mib == BESIDE_HEAP_MIB
    assert "-Xmx256m" in command(bounds)


def test_a_compilation_fits_into_the_smallest_box() -> None:
    smallest = Bounds(16 + BESIDE_HEAP_MIB, 1.0, 64, 32, None)
    assert "-Xmx64m" in compiler(smallest)


def test_the_compiler_is_told_the_signature_before_the_program() -> None:
    function = parse_signature("page_of(row_list: list[int | None], by: dict[str, bool]) -> None", "by")
    assert not isinstance(function, Query)
    told = "function\npage_of\tpageOf\t1\tNone\trowList\tlist optional int\tby\tdict bool\n\nclass é {}"
    assert described(function.spec(), "class é {}") == told.encode()
    counter = parse_signature(CLASS_TEXT)
    assert not isinstance(counter, Query)
    lines = described(counter.spec(), "").decode().split("\n")
    assert lines[:3] == [
        "class",
        "Counter\tCounter\t-1\tNone\tstart\tint\tratio\toptional float",
        "last_value\tlastValue\t-1\toptional int",
    ]
