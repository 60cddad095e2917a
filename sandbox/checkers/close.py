"""Close: numbers that are declared float may differ by a millionth, relative or absolute. All else is exact."""

from __future__ import annotations

import math

from sandbox.checkers import exact
from sandbox.model import Json
from sandbox.signature import Type, conforms

TOLERANCE = 1e-6


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    return conforms(got, wanted) and conforms(expected, wanted) and _close(got, expected, wanted)


def _close(got: Json, expected: Json, wanted: Type) -> bool:
    match wanted.name, wanted.of:
        case "float", _:
            return _numbers_close(got, expected)
        case "list", Type() as part:
            return len(got) == len(expected) and all(_close(g, e, part) for g, e in zip(got, expected, strict=True))
        case "dict", Type() as part:
            return got.keys() == expected.keys() and all(_close(got[k], expected[k], part) for k in expected)
        case "optional", Type() as part if got is not None and expected is not None:
            return _close(got, expected, part)
    return exact.matches(got, expected, wanted)


def _numbers_close(got: float, expected: float) -> bool:
    try:
        return math.isclose(got, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    except OverflowError:  # an integer beyond all floats
        return got == expected
