"""A form of JSON values in which equal means the same answer: by type, and as the signature's types read them."""

from __future__ import annotations

import json
import math
from itertools import count
from typing import Any

from sandbox.model import Json
from sandbox.signature import NODES, Type

_numbers = count()


def canonical(value: Json, wanted: Type) -> Any:
    """Two conforming values are the same answer if and only if these are equal."""
    if not has_choice(wanted):
        return value
    match wanted.name, wanted.of:
        case "float", _:
            return _number(value)
        case "Json", _:
            return _by_type(value)
        case (("ListNode" | "TreeNode"), _):
            return _nodes(value)
        case "optional", Type(name) as part:
            return None if value is None and name not in NODES else canonical(value, part)
        case "list", Type() as part:
            return [canonical(item, part) for item in value]
        case "dict", Type() as part:
            return {key: canonical(item, part) for key, item in value.items()}
    return value


def has_choice(wanted: Type) -> bool:
    """Can one answer of this type be written in two ways, or is it an answer that equals nothing (NaN)?"""
    return wanted.name in ("float", "Json", *NODES) or (wanted.of is not None and has_choice(wanted.of))


def key(value: Any) -> str:
    """A canonical value as text, to count and sort by. Each NaN is unlike every other."""
    return json.dumps(value, sort_keys=True, default=lambda _: f"NaN {next(_numbers)}")


def _number(value: Json) -> Any:
    try:
        number = float(value) + 0.0  # -0.0 becomes 0.0
    except OverflowError:  # an integer beyond all floats
        return value
    return object() if math.isnan(number) else number


def _nodes(value: Json) -> Any:
    """Absent nodes at the end may be written or not; no node at all is None or []."""
    items = list(value or [])
    while items and items[-1] is None:
        items.pop()
    return _by_type(items)


def _by_type(value: Json) -> Any:
    """Where no type is declared, False is not 0 and 1 is not 1.0."""
    if isinstance(value, list):
        return [_by_type(item) for item in value]
    if isinstance(value, dict):
        return {name: _by_type(item) for name, item in value.items()}
    if isinstance(value, float) and math.isnan(value):
        return object()
    return (type(value).__name__, value)
