"""Values are held against types, and the first place that does not fit is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.signature import Function, Type, conforms, parse_signature
from trainer.bank.values import LARGEST, mismatch


def type_of(text: str) -> Type:
    signature = parse_signature(f"f(x: {text}) -> None")
    assert isinstance(signature, Function)
    return signature.parameters[0].type


@pytest.mark.parametrize(
    ("value", "wanted", "place", "problem"),
    [
        (True, "int", "", "is a bool, the signature says int"),
        (1, "bool", "", "is an int, the signature says bool"),
        (1.0, "int", "", "is a float"),
        (None, "int", "", "is None"),
        ([1, 2, "3"], "list[int]", "[2]", "is a str"),
        ([1, 2, True], "list[int]", "[2]", "is a bool"),
        ([[1], [2, None]], "list[list[int]]", "[1][1]", "is None"),
        ({"a": [1, "b"]}, "dict[str, list[int]]", "['a'][1]", "is a str"),
        ({1: 2}, "dict[str, int]", "[1]", "the key 1 is no str"),
        ([1, None, 2.5], "list[int | None]", "[2]", "is a float"),
        ("abc", "list[str]", "", "is a str, the signature says list[str]"),
        (2**53 + 1, "int", "", "beyond 2**53"),
        ([1, -(2**53) - 1], "list[int]", "[1]", "beyond 2**53"),
        (5, "ListNode | None", "", "is an int"),
        ([1, None], "TreeNode | None", "[1]", "an absent node ends the list"),
        ([None, 1], "TreeNode | None", "[1]", "no node left"),
        ([1, None, None, 4], "TreeNode", "[3]", "no node left"),
    ],
)
def test_the_first_misfit_is_named(value: Any, wanted: str, place: str, problem: str) -> None:
    found = mismatch(value, type_of(wanted))
    assert found is not None
    assert found.place == place
    assert problem in found.problem
    assert found.fix


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (LARGEST, "int"),
        (3, "float"),
        (float("nan"), "float"),
        ([], "list[int]"),
        ([1.5, 2], "list[float]"),
        (None, "str | None"),
        ([], "ListNode | None"),
        (None, "TreeNode | None"),
        ([1, None, 2, 3], "TreeNode"),
        ([5, 4, 8, 11, None, 13, 4, 7, 2], "TreeNode"),
        ({"a": None}, "Json"),
    ],
)
def test_what_fits_has_no_misfit(value: Any, wanted: str) -> None:
    assert mismatch(value, type_of(wanted)) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
TYPES = ["int", "float", "bool", "str", "list[int]", "list[list[str]]", "dict[str, float]", "list[bool | None]"]


@settings(deadline=None)
@given(json_values, st.sampled_from(TYPES))
def test_misfits_and_the_sandbox_agree(value: Any, wanted: str) -> None:
    assert (mismatch(value, type_of(wanted)) is None) == conforms(value, type_of(wanted))
