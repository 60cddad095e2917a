"""Arguments as flat bytes, for languages whose types are known when they compile: their readers need no parser.

All numbers are little endian. An int has 8 bytes with a sign, a float 8, a bool one. A str is the number of its bytes
in UTF-8, in 4, then the bytes. A list is the number of its items, in 4, then the items; a dict the same with a str
before each value. An optional is one byte, 0 for null, or 1 and the value. A ListNode is written as the list of its
values, which are ints; a TreeNode as the list of its nodes level by level, each with one byte, 0 where there is none,
or 1 and its value; an optional node is written as a node, null as an empty list.

Arguments stand behind each other. Those of a class are the number of calls, in 4 bytes, then for each the number of the
function, in 4, 0 for the constructor, and its arguments.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from sandbox.harness.programs import Refused

NODES = ("ListNode", "TreeNode")
_INT, _FLOAT, _COUNT = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<I")
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1

Write = Callable[[bytearray, Any], None]


def encode_arguments(signature: dict[str, Any], arguments: list[Any]) -> bytes:
    """All arguments of a case. Raises Refused, or an error of Python's, where they are not what the signature says."""
    out = bytearray()
    if "constructor" not in signature:
        _write_call(out, [writer_of(spec) for _, spec in signature["parameters"]], arguments)
        return bytes(out)
    functions = [signature["constructor"], *signature["methods"]]
    numbers = {function["name"]: number for number, function in enumerate(functions)}
    writers = [[writer_of(spec) for _, spec in function["parameters"]] for function in functions]
    out += _COUNT.pack(len(arguments))
    for name, *given in arguments:
        number = numbers[name]
        out += _COUNT.pack(number)
        _write_call(out, writers[number], given)
    return bytes(out)


def writer_of(spec: Any) -> Write:
    """What writes values of a type, as a signature's `spec` names it. Raises Refused for `Json`."""
    if isinstance(spec, str):
        if spec not in _SCALARS:
            raise Refused(f"values of type {spec} are not written to this language")
        return _SCALARS[spec]
    kind, part = spec
    if kind == "optional":
        return writer_of(part) if part in NODES else _optional(writer_of(part))
    if kind == "list" and part in ("int", "float"):
        return _packed(part)
    return _items(writer_of(part)) if kind == "list" else _entries(writer_of(part))


def _write_call(out: bytearray, writers: list[Write], given: list[Any]) -> None:
    for write, value in zip(writers, given, strict=True):
        write(out, value)


def _int(out: bytearray, value: Any) -> None:
    if not _SMALLEST <= value <= _LARGEST:
        raise Refused(f"{value} does not fit into 64 bits")
    out += _INT.pack(value)


def _float(out: bytearray, value: Any) -> None:
    out += _FLOAT.pack(value)


def _bool(out: bytearray, value: Any) -> None:
    out.append(1 if value else 0)


def _str(out: bytearray, value: Any) -> None:
    data = value.encode()
    out += _COUNT.pack(len(data))
    out += data


def _nothing(out: bytearray, value: Any) -> None:
    """None has one value, which need not be said."""


def _list_node(out: bytearray, value: Any) -> None:
    _packed("int")(out, value or [])


def _tree_node(out: bytearray, value: Any) -> None:
    _items(_optional(_int))(out, value or [])


def _optional(write: Write) -> Write:
    def write_optional(out: bytearray, value: Any) -> None:
        out.append(0 if value is None else 1)
        if value is not None:
            write(out, value)

    return write_optional


def _items(write: Write) -> Write:
    def write_items(out: bytearray, value: Any) -> None:
        out += _COUNT.pack(len(value))
        for item in value:
            write(out, item)

    return write_items


def _entries(write: Write) -> Write:
    def write_entries(out: bytearray, value: Any) -> None:
        out += _COUNT.pack(len(value))
        for key, item in value.items():
            _str(out, key)
            write(out, item)

    return write_entries


def _packed(spec: str) -> Write:
    """A list of numbers in one go: a hundred thousand of them take two milliseconds, one by one twenty."""
    letter = _PACKED[spec]

    def write_packed(out: bytearray, value: Any) -> None:
        try:
            out += struct.pack(f"<I{len(value)}{letter}", len(value), *value)
        except struct.error:
            _items(_SCALARS[spec])(out, value)  # says which one it is

    return write_packed


_PACKED = {"int": "q", "float": "d"}
_SCALARS: dict[str, Write] = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "str": _str,
    "None": _nothing,
    "ListNode": _list_node,
    "TreeNode": _tree_node,
}
