"""Any of: the expected value is a list of acceptable answers; one of them must be met exactly."""

from __future__ import annotations

from sandbox.checkers import exact
from sandbox.model import Json
from sandbox.signature import Type


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    return isinstance(expected, list) and any(exact.matches(got, one, wanted) for one in expected)
