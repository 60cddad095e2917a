"""Unordered: the outermost list is a bag. What it holds is compared exactly, order inside included."""

from __future__ import annotations

from collections import Counter

from sandbox.checkers import exact
from sandbox.checkers.canonical import canonical, key
from sandbox.model import Json
from sandbox.signature import Type, conforms


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    if not (isinstance(got, list) and isinstance(expected, list)):
        return exact.matches(got, expected, wanted)
    if len(got) != len(expected) or not (conforms(got, wanted) and conforms(expected, wanted)):
        return False
    return _bag(got, wanted) == _bag(expected, wanted)


def _bag(items: Json, wanted: Type) -> Counter[str]:
    return Counter(map(key, canonical(items, wanted)))
