"""Checkers agree with what people mean by the same answer."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Compare, Function, Type, parse_signature
from sandbox.checkers import CHECKERS, matches
from sandbox.jobs import read_job

NAN = float("nan")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
SCALAR_LISTS = st.sampled_from(["int", "float", "str", "bool"]).flatmap(
    lambda name: st.tuples(
        st.just(Type("list", Type(name))),
        st.lists(
            {"int": st.integers(), "float": st.floats(allow_nan=False), "str": st.text(), "bool": st.booleans()}[name]
        ),
    )
)


def wanted(text: str) -> Type:
    signature = parse_signature(f"f() -> {text}")
    assert isinstance(signature, Function)
    return signature.returns


def same(got: Any, expected: Any, text: str, compare: Compare = Compare.EXACT) -> bool:
    return matches(got, expected, wanted(text), compare)


def test_every_comparison_has_its_checker() -> None:
    assert CHECKERS.keys() == set(Compare)


@given(JSON)
def test_everything_equals_its_copy(value: Any) -> None:
    for compare in (Compare.EXACT, Compare.UNORDERED, Compare.CLOSE):
        assert same(value, json.loads(json.dumps(value)), "Json", compare)
    assert same(value, [0.25, value], "Json", Compare.ANY_OF)


@given(JSON, JSON)
def test_values_that_are_written_differently_differ(one: Any, other: Any) -> None:
    written_alike = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert written_alike <= same(one, other, "Json")
    assert same(one, other, "Json") == same(other, one, "Json")


@given(SCALAR_LISTS, st.randoms(use_true_random=False))
def test_a_shuffled_bag_is_the_same_bag(typed: tuple[Type, list[Any]], rng: random.Random) -> None:
    type_, items = typed
    shuffled = copy.copy(items)
    rng.shuffle(shuffled)
    assert matches(shuffled, items, type_, Compare.UNORDERED)
    assert not matches([*shuffled, *shuffled[:1]], items, type_, Compare.UNORDERED) or not items


@given(st.floats(min_value=-1e12, max_value=1e12), st.floats(min_value=-0.9e-6, max_value=0.9e-6))
def test_close_forgives_a_millionth_either_way(number: float, share: float) -> None:
    assert same(number * (1 + share), number, "float", Compare.CLOSE)
    assert same(number + share, number, "float", Compare.CLOSE)
    assert not same(number * 1.001 + 0.001, number, "float", Compare.CLOSE) or number < 0


@pytest.mark.parametrize(
    ("got", "expected", "text", "equal"),
    [
        (False, 0, "Json", False),
        (1, 1.0, "Json", False),
        (1, 1.0, "float", True),
        (1, 1.0, "int", False),
        (True, 1, "int", False),
        (-0.0, 0.0, "float", True),
        (NAN, NAN, "float", False),
        ([NAN], [NAN], "list[float]", False),
        ([NAN], [NAN], "Json", False),
        (float("inf"), float("inf"), "float", True),
        (10**400, 10**400, "float", True),
        ([1, 2], [2, 1], "list[int]", False),
        ([1, 2, None, None], [1, 2], "TreeNode", True),
        ([1, None, 2], [1, 2], "TreeNode", False),
        ([], None, "ListNode | None", True),
        (None, [], "list[int] | None", False),
        ([True], [1], "ListNode", False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "dict[str, int]", True),
        (1, "1", "int", False),
    ],
)
def test_exact(got: Any, expected: Any, text: str, equal: bool) -> None:
    assert same(got, expected, text) is equal


@pytest.mark.parametrize(
    ("got", "expected", "text", "equal"),
    [
        ([[2], [1]], [[1], [2]], "list[list[int]]", True),
        ([[1, 2]], [[2, 1]], "list[list[int]]", False),
        ([1, 1, 2], [1, 2, 2], "list[int]", False),
        ([1], [1.0], "list[float]", True),
        ([NAN], [NAN], "list[float]", False),
        ([{"a": 1, "b": 2}], [{"b": 2, "a": 1}], "list[dict[str, int]]", True),
        ([False], [0], "Json", False),
        (3, 3, "int", True),
        ([0.1 + 0.2, 1], [1.0, 0.3], "list[float]", True),
        ([0.3, 0.3], [0.3, 0.4], "list[float]", False),
        ([[0.1 + 0.2, 2.0], [0.3, 1.0]], [[0.3, 1.0], [0.3, 2.0]], "list[list[float]]", True),
        ([[0.3, 1.0], [0.3, 1.0]], [[0.3, 1.0], [0.3, 2.0]], "list[list[float]]", False),
        ([{"a": 0.1 + 0.2, "b": 1}], [{"b": 1.0, "a": 0.3}], "list[dict[str, float]]", True),
        ([{"a": 0.3}], [{"b": 0.3}], "list[dict[str, float]]", False),
        ([None, 0.1 + 0.2], [0.3, None], "list[float | None]", True),
        ([None, None], [0.3, None], "list[float | None]", False),
        ([0.1 + 0.2, 1], [1.0, 0.3], "list[float] | None", True),
        ([float("inf"), -float("inf")], [-float("inf"), float("inf")], "list[float]", True),
        ([[NAN]], [[NAN]], "list[list[float]]", False),
        ([[0.1 + 0.2]], [[0.3]], "list[ListNode | None]", True),
        (0.1 + 0.2, 0.3, "float", True),
    ],
)
def test_unordered(got: Any, expected: Any, text: str, equal: bool) -> None:
    assert same(got, expected, text, Compare.UNORDERED) is equal


@pytest.mark.parametrize(
    ("got", "expected", "text", "equal"),
    [
        (0.3, 0.1 + 0.2, "float", True),
        (float("inf"), float("inf"), "float", True),
        (float("inf"), 1e300, "float", False),
        (NAN, NAN, "float", False),
        (10**400, 1.0, "float", False),
        ({"a": [0.1]}, {"a": [0.1 + 1e-9]}, "dict[str, list[float]]", True),
        ({"a": [0.1]}, {"b": [0.1]}, "dict[str, list[float]]", False),
        ([1.0], [1.0, 2.0], "list[float]", False),
        ([1.0, None], [1.0 + 1e-9, None], "list[float | None]", True),
        ([None], [1.0], "list[float | None]", False),
        (1, 2, "int", False),
        (True, 1, "int", False),
        ([0.1 + 0.2, None, None], [0.3], "TreeNode | None", True),
        ([1], [1.0], "ListNode | None", False),
        ([], None, "ListNode | None", True),
        ("0.30", "0.3", "str", False),
        ([0.3], [0.3, None], "list[float | None]", False),
    ],
)
def test_close(got: Any, expected: Any, text: str, equal: bool) -> None:
    assert same(got, expected, text, Compare.CLOSE) is equal


def test_any_of_takes_one_and_no_other() -> None:
    assert same([2], [[1], [2]], "list[int]", Compare.ANY_OF)
    assert not same([3], [[1], [2]], "list[int]", Compare.ANY_OF)
    assert not same(2, 2, "int", Compare.ANY_OF)
    assert same(0.1 + 0.2, [0.5, 0.3], "float", Compare.ANY_OF)
    assert same([[0.1 + 0.2]], [[[0.5]], [[0.3]]], "list[list[float]]", Compare.ANY_OF)


def test_calls_are_compared_one_by_one() -> None:
    types = (wanted("None"), wanted("float"), wanted("list[int]"))
    assert matches([None, 1, [2, 1]], [None, 1.0, [1, 2]], types, Compare.UNORDERED)
    assert not matches([None, 1, [2, 1]], [None, 1.0, [1, 2]], types, Compare.EXACT)
    assert not matches([None, 1.0], [None, 1.0], types, Compare.EXACT)
    assert matches([None, 1.0, []], [[None, 2.0, []], [None, 1.0, []]], types, Compare.ANY_OF)
    assert matches([None, 0.1 + 0.2, []], [None, 0.3, []], types, Compare.CLOSE)
    assert matches([None, 0.1 + 0.2, []], [[None, 0.3, []]], types, Compare.ANY_OF)


def test_floats_are_close_unless_exact_is_asked_for() -> None:
    """A bag in which each value is close to two others still finds the one pairing there is."""
    job = read_job({"source": "", "signature": "f() -> float", "cases": []})
    assert job.compare is Compare.CLOSE
    bag, other = [[0.0, 1.0], [0.9e-6, 1.0]], [[0.9e-6, 1.0], [1.8e-6, 1.0]]
    assert same(bag, other, "list[list[float]]", Compare.UNORDERED)
    assert not same(0.1 + 0.2, 0.3, "float", Compare.EXACT)
