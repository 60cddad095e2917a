"""How an answer is held against the expected one: a table of checkers, one module each.

A checker is a pure function `matches(got, expected, wanted) -> bool` on JSON values; `got` conforms to the type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.checkers import any_of, close, exact, unordered
from sandbox.model import Compare, Json
from sandbox.signature import Type

Checker = Callable[[Json, Json, Type], bool]
Wanted = Type | tuple[Type, ...]
"""What an answer's type is: of a function's, or of each call in a class problem."""

CHECKERS: Mapping[Compare, Checker] = {
    Compare.EXACT: exact.matches,
    Compare.UNORDERED: unordered.matches,
    Compare.CLOSE: close.matches,
    Compare.ANY_OF: any_of.matches,
}


def matches(got: Json, expected: Json, wanted: Wanted, compare: Compare) -> bool:
    """Is a conforming answer the expected one? In a class problem each call's answer is checked on its own."""
    if isinstance(wanted, Type):
        return CHECKERS[compare](got, expected, wanted)
    if compare is Compare.ANY_OF:
        return any(matches(got, one, wanted, Compare.CLOSE) for one in expected)
    if not isinstance(expected, list) or not len(got) == len(expected) == len(wanted):
        return False
    return all(CHECKERS[compare](*one) for one in zip(got, expected, wanted, strict=True))
