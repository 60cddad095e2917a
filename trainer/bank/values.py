"""Holds JSON values against the types of a signature and says where they differ, for authors and for students."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.signature import Type

LARGEST = 2**53
"""Integers beyond this are not the same in every language."""

_WORDS = {
    bool: "a bool",
    int: "an int",
    float: "a float",
    str: "a str",
    list: "a list",
    dict: "a dict",
    type(None): "None",
}
_SCALARS: dict[str, frozenset[type]] = {
    "int": frozenset({int}),
    "float": frozenset({int, float}),
    "bool": frozenset({bool}),
    "str": frozenset({str}),
    "None": frozenset({type(None)}),
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first place where a value is not of its type: "[3]" or "['a'][0]", what is wrong and how to fix it."""

    place: str
    problem: str
    fix: str


def mismatch(value: Any, wanted: Type, place: str = "") -> Mismatch | None:
    """The first place where a value is not of the wanted type, or None where it is."""
    match wanted.name, wanted.of:
        case "Json", _:
            return None
        case "optional", Type() as part:
            return None if value is None else mismatch(value, part, place)
        case "list", Type() as part:
            return _list(value, part, wanted, place)
        case "dict", Type() as part:
            return _dict(value, part, wanted, place)
        case (("ListNode" | "TreeNode"), _):
            return _nodes(value, wanted, place)
    return _scalar(value, wanted, place)


def _scalar(value: Any, wanted: Type, place: str) -> Mismatch | None:
    if type(value) not in _SCALARS[wanted.name]:
        return _differs(value, str(wanted), place)
    if isinstance(value, int) and abs(value) > LARGEST:
        return Mismatch(place, f"{value} is beyond 2**53", "other languages cannot hold it exactly")
    return None


def _list(value: Any, part: Type, wanted: Type, place: str) -> Mismatch | None:
    if not isinstance(value, list):
        return _differs(value, str(wanted), place)
    if _all_plain(value, part):
        return None
    found = (mismatch(item, part, f"{place}[{index}]") for index, item in enumerate(value))
    return next((m for m in found if m), None)


def _all_plain(value: list[Any], part: Type) -> bool:
    """A quick look at a long list of scalars, which is what large cases are made of."""
    allowed = _SCALARS.get(part.name)
    if not value or allowed is None or not set(map(type, value)) <= allowed:
        return not value
    return part.name not in ("int", "float") or (max(value) <= LARGEST and min(value) >= -LARGEST)


def _dict(value: Any, part: Type, wanted: Type, place: str) -> Mismatch | None:
    if not isinstance(value, dict):
        return _differs(value, str(wanted), place)
    for key, item in value.items():
        if not isinstance(key, str):
            return Mismatch(f"{place}[{key!r}]", f"the key {key!r} is no str", "put keys in quotes")
        if found := mismatch(item, part, f"{place}[{key!r}]"):
            return found
    return None


def _nodes(value: Any, wanted: Type, place: str) -> Mismatch | None:
    if not isinstance(value, list):
        return _differs(value, "the list of a " + wanted.name, place)
    return _tree(value, place) if wanted.name == "TreeNode" else None


def _tree(value: list[Any], place: str) -> Mismatch | None:
    """A tree in level order: children of absent nodes are not listed, nothing absent stands at the end."""
    if value and value[-1] is None:
        return Mismatch(f"{place}[{len(value) - 1}]", "an absent node ends the list", "leave those out")
    places = 1
    for index, item in enumerate(value):
        if places == 0:
            return Mismatch(
                f"{place}[{index}]", "there is no node left to hang this on", "list children of present nodes"
            )
        places += -1 if item is None else 1
    return None


def _differs(value: Any, wanted: str, place: str) -> Mismatch:
    word = _WORDS.get(type(value), f"a {type(value).__name__}")
    quotes = wanted == "str" and not isinstance(value, list | dict)
    fix = "put it in quotes" if quotes else f"write a value of type {wanted}"
    return Mismatch(place, f"is {word}, the signature says {wanted}", fix)
