"""Arguments as flat bytes: the layout that readers in other languages rely on, and what has no place in it."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import parse_signature
from sandbox.executables.flat import encode_arguments
from sandbox.harness.programs import Refused
from sandbox.signature import Calls


def encoded(signature: str, *arguments: Any) -> bytes:
    parsed = parse_signature(signature)
    assert isinstance(parsed, Calls)
    return encode_arguments(parsed.spec(), list(arguments))


class Reader:
    """Reads as the runners in other languages do."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, layout: str) -> Any:
        (found,) = struct.unpack_from(f"<{layout}", self._data, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return found

    def value(self, spec: Any) -> Any:
        match spec:
            case "int":
                return self.take("q")
            case "float":
                return self.take("d")
            case "bool":
                return self.take("B") == 1
            case "str":
                return self.text()
            case "None":
                return None
            case "ListNode":
                return [self.value("int") for _ in range(self.take("I"))]
            case "TreeNode":
                return [self.value(["optional", "int"]) for _ in range(self.take("I"))]
            case ["optional", "ListNode" | "TreeNode" as node]:
                return self.value(node) or None
            case ["optional", part]:
                return self.value(part) if self.take("B") else None
            case ["list", part]:
                return [self.value(part) for _ in range(self.take("I"))]
            case ["dict", part]:
                return {self.text(): self.value(part) for _ in range(self.take("I"))}
        raise AssertionError(spec)

    def text(self) -> str:
        size = self.take("I")
        self._at += size
        return self._data[self._at - size : self._at].decode()

    @property
    def at_end(self) -> bool:
        return self._at == len(self._data)


VALUES = {
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "str": st.text(),
    "None": st.none(),
    "ListNode": st.lists(st.integers(-(2**63), 2**63 - 1)),
    "TreeNode": st.lists(st.none() | st.integers(-9, 9)),
    "list[int]": st.lists(st.integers(-(2**63), 2**63 - 1)),
    "list[float]": st.lists(st.floats(allow_nan=False)),
    "list[list[str | None]]": st.lists(st.lists(st.text() | st.none())),
    "dict[str, list[int]]": st.dictionaries(st.text(), st.lists(st.integers(-9, 9))),
    "int | None": st.integers(-9, 9) | st.none(),
    "ListNode | None": st.none() | st.lists(st.integers(), min_size=1).filter(lambda v: all(abs(n) < 2**63 for n in v)),
}


@given(st.data())
def test_what_is_written_is_read_again(data: st.DataObject) -> None:
    types = data.draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4))
    arguments = [data.draw(VALUES[name]) for name in types]
    signature = parse_signature(f"f({', '.join(f'p{n}: {name}' for n, name in enumerate(types))}) -> int")
    assert isinstance(signature, Calls)
    reader = Reader(encode_arguments(signature.spec(), arguments))
    assert [reader.value(p.type.spec()) for p in signature.parameters] == arguments  # type: ignore[union-attr]
    assert reader.at_end


def test_calls_of_a_class_are_numbered() -> None:
    signature = "class C:\n  def __init__(self, a: int): ...\n  def x(self): ...\n  def y(self, s: str) -> int: ...\n"
    found = encoded(signature, ["C", 1], ["y", "é"], ["x"])
    assert found == struct.pack("<IIqII2sI", 3, 0, 1, 2, 2, "é".encode(), 1)


@pytest.mark.parametrize(
    ("signature", "argument", "what"),
    [
        ("f(n: int)", 2**63, "does not fit into 64 bits"),
        ("f(n: list[int])", [1, -(2**63) - 1], "-9223372036854775809 does not fit into 64 bits"),
        ("f(n: ListNode)", [2**64], "does not fit into 64 bits"),
        ("f(n: Json)", 1, "Json"),
    ],
)
def test_what_has_no_place_is_refused(signature: str, argument: Any, what: str) -> None:
    with pytest.raises(Refused, match=what):
        encoded(signature, argument)


@pytest.mark.parametrize("argument", ["1", None, [1], {"a": 1}])
def test_what_is_of_another_type_is_an_error(argument: Any) -> None:
    with pytest.raises((Refused, TypeError, AttributeError, ValueError)):
        encoded("f(n: int)", argument)
