"""Any of: the expected value is a list of acceptable answers; one of them must be met. Floats may differ a little."""

from __future__ import annotations

from sandbox.checkers import close
from sandbox.model import Json
from sandbox.signature import Type


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    return isinstance(expected, list) and any(close.matches(got, one, wanted) for one in expected)
