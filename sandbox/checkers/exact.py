"""Exact: the same type and the same value, floats to the last bit. NaN equals nothing."""

from __future__ import annotations

from sandbox.checkers.canonical import canonical
from sandbox.model import Json
from sandbox.signature import Type, conforms


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    if not (conforms(got, wanted) and conforms(expected, wanted)):
        return False
    return bool(canonical(got, wanted) == canonical(expected, wanted))
