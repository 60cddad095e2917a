"""JSON to Python values and back, as a signature's types say.

A type is what `sandbox.signature.Type.spec` writes: a name, or a pair of "list", "dict" or "optional" with its part.
Values are read by the exact methods of the built-in types, so a subclass cannot answer for itself: what leaves the box
is what the value holds, not what its `__eq__`, `__iter__` or `__len__` say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.languages.python.nodes import ListNode, TreeNode

Spec = Any
NODES = ("ListNode", "TreeNode")
MAX_DEPTH = 200
MAX_BITS = 14_000
"""Python reads no integer of more than 4300 digits back, which is 14,285 bits."""


class NoValue(Exception):
    """The answer cannot be written as JSON. The text names what it is: "generator", "list with a set inside"."""


# in -----------------------------------------------------------------------------------------------------------------


def decoder_of(spec: Spec) -> Callable[[Any], Any] | None:
    """What builds values of this type, or None where JSON is the value already (then nothing is walked).

    It raises TypeError or ValueError where a value does not fit the type.
    """
    if isinstance(spec, str):
        return BUILDERS.get(spec)
    kind, part = spec
    inner = decoder_of(part)
    if inner is None:
        return None
    if kind == "list":
        return lambda items: [inner(item) for item in items]
    if kind == "dict":
        return lambda items: {key: inner(item) for key, item in items.items()}
    return lambda item: None if item is None else inner(item)


def linked_list(values: list[Any] | None) -> ListNode | None:
    """Build a list from its values, in order; [] is None."""
    head: ListNode | None = None
    for value in reversed(values or []):
        head = ListNode(value, head)
    return head


def tree(values: list[Any] | None) -> TreeNode | None:
    """Build a tree from its levels, None for an absent node, whose own children are not listed; [] is None."""
    if not values or values[0] is None:
        return None
    rest = iter(values[1:])
    root = TreeNode(values[0])
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        for side in ("left", "right"):
            value = next(rest, None)
            if value is not None:
                child = TreeNode(value)
                setattr(node, side, child)
                waiting.append(child)
    if next(rest, None) is not None:
        raise ValueError("the tree lists children of absent nodes")
    return root


BUILDERS: dict[str, Callable[[Any], Any]] = {"float": float, "ListNode": linked_list, "TreeNode": tree}


# out ----------------------------------------------------------------------------------------------------------------


def encode(value: Any, spec: Spec, depth: int = 0) -> Any:
    """The value as plain JSON. Raises NoValue. A value of another type than wanted is written as what it is."""
    if isinstance(spec, list) and spec[0] == "optional":
        spec = spec[1]
    if spec in NODES:
        return _encode_nodes(value, spec, depth)
    return _encode_plain(value, spec, depth)


def _encode_plain(value: Any, spec: Spec, depth: int) -> Any:
    kind = type(value)
    if value is None or kind is bool:
        return value
    if issubclass(kind, int):
        return _integer(int.__pos__(value))
    if issubclass(kind, float):
        return float.__pos__(value)
    if issubclass(kind, str):
        return _text(str.__str__(value))
    if depth > MAX_DEPTH:
        raise NoValue(f"{kind.__name__} nested more than {MAX_DEPTH} deep")
    if issubclass(kind, list):
        return _items(list(list.__iter__(value)), kind.__name__, _part(spec, "list"), depth)
    if issubclass(kind, tuple):
        return _items(list(tuple.__iter__(value)), kind.__name__, _part(spec, "list"), depth)
    if issubclass(kind, dict):
        return _mapping(value, _part(spec, "dict"), depth)
    raise NoValue(kind.__name__)


def _part(spec: Spec, kind: str) -> Spec:
    return spec[1] if isinstance(spec, list) and spec[0] == kind else "Json"


def _integer(value: int) -> int:
    if value.bit_length() > MAX_BITS:
        raise NoValue("int of more than 4,000 digits")
    return value


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise NoValue("str with half of a surrogate pair, which is no text") from None
    return value


def _items(items: list[Any], name: str, part: Spec, depth: int) -> list[Any]:
    if isinstance(part, str) and part not in NODES and _is_simple(items):
        return items
    return list(_inside(items, name, part, depth))


def _is_simple(items: list[Any]) -> bool:
    """Can the list be written as it is? Most answers can, and a million items are then not walked one by one."""
    kinds = set(map(type, items))
    if kinds <= {bool, float, type(None)}:
        return True
    if kinds <= {int, bool}:
        return not items or (max(items).bit_length() <= MAX_BITS and min(items).bit_length() <= MAX_BITS)
    return kinds == {str} and all(map(str.isascii, items))


def _mapping(value: dict[Any, Any], part: Spec, depth: int) -> dict[str, Any]:
    name = type(value).__name__
    keys = []
    for key in dict.keys(value):
        if not issubclass(type(key), str):
            raise NoValue(f"{name} with keys of type {type(key).__name__}")
        keys.append(_text(str.__str__(key)))
    return dict(zip(keys, _inside(dict.values(value), name, part, depth), strict=True))


def _inside(items: Iterable[Any], name: str, part: Spec, depth: int) -> Iterable[Any]:
    for item in items:
        try:
            yield encode(item, part, depth + 1)
        except NoValue as error:
            inner = str(error)
            raise NoValue(inner if " " in inner else f"{name} with {inner} inside") from None


def _encode_nodes(value: Any, kind: str, depth: int) -> list[Any]:
    if value is None:
        return []
    links = ("next",) if kind == "ListNode" else ("left", "right")
    if not all(hasattr(value, name) for name in ("value", *links)):
        raise NoValue(type(value).__name__)
    found = _walk_list(value) if kind == "ListNode" else _walk_tree(value)
    return _items(found, kind, "Json", depth)


def _walk_list(node: Any) -> list[Any]:
    seen: set[int] = set()
    found = []
    while node is not None:
        if id(node) in seen:
            raise NoValue("linked list that runs in a circle")
        seen.add(id(node))
        found.append(node.value)
        node = node.next
    return found


def _walk_tree(root: Any) -> list[Any]:
    seen: set[int] = set()
    found: list[Any] = []
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        if node is None:
            found.append(None)
            continue
        if id(node) in seen:
            raise NoValue("tree in which a node is reached twice")
        seen.add(id(node))
        found.append(node.value)
        waiting.extend((node.left, node.right))
    while found and found[-1] is None:
        found.pop()
    return found
