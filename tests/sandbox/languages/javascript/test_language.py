"""JavaScript as pages, packages and the bank see it."""

from __future__ import annotations

import pytest

from sandbox.languages import languages
from sandbox.languages.javascript.language import spell, starter
from sandbox.languages.javascript.serve import BESIDE_HEAP_MIB, JavaScript, command, compiler
from sandbox.signature import Query, parse_signature

FUNCTION = """\
// A ListNode has value and next, which is null at the end: new ListNode(value, next).

/**
 * @param {ListNode|null} head
 * @param {(number|null)[]} pageSizes
 * @param {Object<string, boolean>} default_
 * @returns {string[][]}
 */
function pageOf(head, pageSizes, default_) {
  return [];
}
"""
CLASS = """\
class Counter {
  /**
   * @param {number} start
   */
  constructor(start) {

  }

  /**
   * @returns {number|null}
   */
  lastValue() {
    return null;
  }
}
"""


def written(text: str) -> str:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    return starter(signature)


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool]) -> list[list[str]]"
    assert written(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    text = "class Counter:\n def __init__(self, start: int): ...\n def last_value(self) -> int | None: ..."
    assert written(text) == CLASS


@pytest.mark.parametrize(
    ("name", "spelled"),
    [("page_of", "pageOf"), ("f", "f"), ("_hidden_name", "_hiddenName"), ("a__b_2", "aB2"), ("isOpen", "isOpen")],
)
def test_names_are_spelled_as_is_usual(name: str, spelled: str) -> None:
    assert spell(name) == spelled


def test_python_comes_first_and_the_box_has_room_for_the_runtime() -> None:
    assert next(iter(languages())) == "python"
    assert languages()["javascript"].needs.memory_mib == BESIDE_HEAP_MIB


@pytest.mark.parametrize(
    ("argument", "sent"),
    [
        ([1, 2], '{"values": [[1, 2]], "marks": []}'),
        (2**53, '{"values": [9007199254740992], "marks": [[[0], "int", "9007199254740992"]]}'),
        ({"a": [1.5, float("-inf")]}, '{"values": [{"a": [1.5, null]}], "marks": [[[0, "a", 1], "float", "-inf"]]}'),
        ([-0.0, 3], '{"values": [[-0.0, 3]], "marks": []}'),
    ],
)
def test_numbers_that_json_would_lose_are_marked(argument: object, sent: str) -> None:
    signature = {"parameters": [["x", "Json"]]}
    assert JavaScript(command, compiler).read_arguments(signature, [argument]) == sent.encode()


def test_a_float_may_be_written_as_a_large_whole_number() -> None:
    signature = {"parameters": [["x", ["list", "float"]]]}
    sent = JavaScript(command, compiler).read_arguments(signature, [[10**17]])
    assert sent == b'{"values": [[100000000000000000]], "marks": []}'
