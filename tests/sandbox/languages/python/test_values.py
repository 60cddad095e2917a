"""JSON in, Python values, JSON out: what goes in and is returned unchanged comes out as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.languages.python.nodes import ListNode, TreeNode
from sandbox.languages.python.values import NoValue, decoder_of, encode
from sandbox.signature import conforms, parse_signature

SCALARS = {
    "int": st.integers(),
    "float": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "str": st.text(st.characters(blacklist_categories=("Cs",))),
    "ListNode": st.lists(st.integers()),
}


def decode(value: Any, spec: Any) -> Any:
    build = decoder_of(spec)
    return value if build is None else build(value)


def nested(spec: Any, values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    return st.one_of(
        st.tuples(st.just(spec), values),
        st.tuples(st.just(["list", spec]), st.lists(values)),
        st.tuples(st.just(["dict", spec]), st.dictionaries(SCALARS["str"], values)),
        st.tuples(st.just(["list", ["optional", spec]]), st.lists(values))
        if spec == "ListNode"
        else st.tuples(st.just(["optional", spec]), st.none() | values),
    )


TYPED = st.sampled_from(sorted(SCALARS)).flatmap(lambda name: nested(name, SCALARS[name]))


@given(TYPED)
def test_values_come_back(typed: tuple[Any, Any]) -> None:
    spec, value = typed
    assert encode(decode(value, spec), spec) == value


@given(st.recursive(st.none(), lambda inner: st.tuples(st.integers(), inner, inner), max_leaves=20))
def test_trees_come_back(shape: Any) -> None:
    def build(node: Any) -> TreeNode | None:
        return None if node is None else TreeNode(node[0], build(node[1]), build(node[2]))

    levels = encode(build(shape), "TreeNode")
    assert levels == [] or levels[-1] is not None
    assert encode(decode(levels, "TreeNode"), "TreeNode") == levels


def test_a_declared_float_comes_as_float() -> None:
    assert type(decode(1, "float")) is float
    assert list(map(type, decode([1, 2], ["list", "float"]))) == [float, float]


def test_plain_values_are_not_walked() -> None:
    value = [[1], [2]]
    assert decode(value, ["list", ["list", "int"]]) is value


def test_an_empty_list_of_nodes_stays_a_list_among_others() -> None:
    assert encode(decode([[], [1]], ["list", "ListNode"]), ["list", "ListNode"]) == [[], [1]]


def test_children_of_absent_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="absent"):
        decode([1, None, None, 2], "TreeNode")


class Liar(dict[str, int]):
    def items(self) -> Any:
        raise RuntimeError

    keys = values = __iter__ = __len__ = items


class Text(str):
    def __str__(self) -> str:
        return "something else"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ((1, (2,)), [1, [2]]),
        (Liar(a=1), {"a": 1}),
        (Text("what it holds"), "what it holds"),
        ([True, None, -0.0], [True, None, -0.0]),
        ({Text("a"): [Text("b")]}, {"a": ["b"]}),
    ],
)
def test_values_are_what_they_hold(value: Any, found: Any) -> None:
    assert encode(value, "Json") == found


@pytest.mark.parametrize(
    ("value", "spec", "what"),
    [
        ({1, 2}, "Json", "set"),
        ([iter([])], ["list", "int"], "list with list_iterator inside"),
        ({"a": [object()]}, "Json", "list with object inside"),
        ({1: 2}, ["dict", "int"], "dict with keys of type int"),
        (10**5000, "int", "int of more than 4,000 digits"),
        ([10**5000], ["list", "int"], "int of more than 4,000 digits"),
        ([-(10**5000), 1], ["list", "int"], "int of more than 4,000 digits"),
        (["\udc00"], ["list", "str"], "str with half of a surrogate pair, which is no text"),
        (1 + 2j, "float", "complex"),
        ([1], "ListNode", "list"),
        (ListNode(1), ["list", "int"], "ListNode"),
        (TreeNode(1), "ListNode", "TreeNode"),
        (b"x", "str", "bytes"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_no_value_is_named(value: Any, spec: Any, what: str) -> None:
    with pytest.raises(NoValue) as error:
        encode(value, spec)
    assert str(error.value) == what


def test_a_node_reached_twice_is_no_tree() -> None:
    child = TreeNode(2)
    with pytest.raises(NoValue, match="reached twice"):
        encode(TreeNode(1, child, child), "TreeNode")


@given(TYPED)
def test_what_is_encoded_conforms(typed: tuple[Any, Any]) -> None:
    spec, value = typed
    text = {"ListNode": "ListNode"}.get(spec, spec) if isinstance(spec, str) else None
    if text is not None:
        function = parse_signature(f"f() -> {text}")
        assert conforms(encode(decode(value, spec), spec), function.returns)  # type: ignore[union-attr]
