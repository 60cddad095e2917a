"""What may be written as a signature, and what conforms to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Class, Function, SignatureError, Type, conforms, parse_signature

TYPES = st.recursive(
    st.sampled_from(["int", "float", "bool", "str", "ListNode", "TreeNode", "Json"]).map(Type),
    lambda parts: st.builds(Type, st.sampled_from(["list", "dict"]), parts),
    max_leaves=3,
)
CLASS = """
class History:
    def __init__(self, limit: int): ...
    def visit(self, page: str) -> None: ...
    def back(self, steps: int) -> str | None: ...
"""


def wanted(text: str) -> Type:
    signature = parse_signature(f"f(x: {text}) -> {text}")
    assert isinstance(signature, Function)
    return signature.returns


@pytest.mark.parametrize(
    "text",
    [
        "int",
        "list[int]",
        "list[list[str]]",
        "dict[str, list[int]]",
        "str | None",
        "list[int | None]",
        "ListNode | None",
    ],
)
def test_a_type_is_written_as_it_was_read(text: str) -> None:
    assert str(wanted(text)) == text


@given(TYPES)
def test_every_type_can_be_read_back(type_: Type) -> None:
    assert wanted(str(type_)) == type_


def test_a_function_with_and_without_def() -> None:
    assert parse_signature("def f(a: int, b: str) -> bool:") == parse_signature("f(a: int, b: str) -> bool")


def test_the_answer_of_an_in_place_function_is_its_argument() -> None:
    function = parse_signature("sort(items: list[int]) -> None", in_place="items")
    assert isinstance(function, Function)
    assert function.answer_type == Type("list", Type("int"))


def test_a_class_has_a_constructor_and_methods() -> None:
    found = parse_signature(CLASS)
    assert isinstance(found, Class)
    assert found.name == "History"
    assert [m.name for m in found.methods] == ["visit", "back"]
    assert str(found.method("back")) == "back(steps: int) -> str | None"
    assert found.method("History") == found.constructor
    assert found.method("forward") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("f(a: int", "not readable"),
        ("f(a) -> int", "the type of parameter a of f is nothing"),
        ("f(a: set[int]) -> int", "is set[int]; use int"),
        ("f(a: dict[int, int]) -> int", "dict[int, int]"),
        ("f(*a: int) -> int", "plain parameters only"),
        ("f(a: int = 3) -> int", "plain parameters only"),
        ("class A: ...", "only functions"),
        ("class A:\n    def __init__(self): ...", "no method to call"),
        ("class A:\n    def go(a: int): ...", "must be self"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_fix(text: str, says: str) -> None:
    with pytest.raises(SignatureError) as error:
        parse_signature(text)
    assert says in str(error.value)


def test_an_unknown_in_place_parameter_is_named() -> None:
    with pytest.raises(SignatureError, match="no parameter 'rows'"):
        parse_signature("f(a: list[int]) -> None", in_place="rows")


@pytest.mark.parametrize(
    ("value", "text", "fits"),
    [
        (1, "int", True),
        (True, "int", False),
        (1.0, "int", False),
        (1, "float", True),
        (True, "float", False),
        (0, "bool", False),
        ("", "str", True),
        (None, "str", False),
        (None, "str | None", True),
        ([], "list[int]", True),
        ([1, True], "list[int]", False),
        ([[1], [None]], "list[list[int | None]]", True),
        ({"a": [1.5]}, "dict[str, list[float]]", True),
        ({"a": "b"}, "dict[str, int]", False),
        ([1, None, 2], "TreeNode | None", True),
        (None, "ListNode", True),
        (3, "ListNode", False),
        ({"a": [None, True]}, "Json", True),
    ],
)
def test_conforms(value: Any, text: str, fits: bool) -> None:
    assert conforms(value, wanted(text)) is fits
