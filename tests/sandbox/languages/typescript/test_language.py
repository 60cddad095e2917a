"""TypeScript as pages, packages and the bank see it."""

from __future__ import annotations

import pytest

from sandbox.languages import languages
from sandbox.languages.typescript.language import starter, written
from sandbox.signature import Calls, Type, parse_signature

FUNCTION = """\
// A ListNode has value and next, which is null at the end: new ListNode(value, next).

function pageOf(head: ListNode | null, pageSizes: (number | null)[], default_: Record<string, boolean>): string[][] {
  return [];
}
"""
CLASS = """\
class Counter {
  constructor(start: number) {
  }

  addAll(numbers: number[]): void {
  }

  lastValue(): number | null {
    return null;
  }
}
"""


def started(text: str) -> str:
    signature = parse_signature(text)
    assert isinstance(signature, Calls)
    return starter(signature)


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool]) -> list[list[str]]"
    assert started(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    text = (
        "class Counter:\n def __init__(self, start: int): ...\n def add_all(self, numbers: list[int]) -> None: ...\n"
        " def last_value(self) -> int | None: ..."
    )
    assert started(text) == CLASS


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        (Type("list", Type("TreeNode")), "(TreeNode | null)[]"),
        (Type("optional", Type("TreeNode")), "TreeNode | null"),
        (Type("list", Type("list", Type("float"))), "number[][]"),
        (Type("dict", Type("optional", Type("str"))), "Record<string, string | null>"),
        (Type("None"), "void"),
    ],
)
def test_types_are_written_as_is_usual(type_: Type, told: str) -> None:
    assert written(type_) == told


def test_it_is_javascript_in_all_but_its_types() -> None:
    known = languages()
    assert known["typescript"].literals.null == known["javascript"].literals.null
    assert known["typescript"].change("rows", "list") == known["javascript"].change("rows", "list")
    assert known["typescript"].errors == known["javascript"].errors
    assert known["typescript"].source_file == "solution.ts"
