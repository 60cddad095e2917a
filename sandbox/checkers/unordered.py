"""Unordered: the outermost list is a bag. Order inside of what it holds counts; floats may differ by a millionth."""

from __future__ import annotations

from collections import Counter

from sandbox.checkers import close
from sandbox.checkers.canonical import canonical, has_choice, key
from sandbox.matching import unpaired
from sandbox.model import Json
from sandbox.signature import NODES, Type, conforms

JSON = Type("Json")


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    if not (isinstance(got, list) and isinstance(expected, list)):
        return close.matches(got, expected, wanted)
    if len(got) != len(expected) or not (conforms(got, wanted) and conforms(expected, wanted)):
        return False
    part = _part(wanted)
    if not has_choice(part):
        return _counted(got, part) == _counted(expected, part)
    items = [[close.item_of(item, part) for item in side] for side in (got, expected)]
    return unpaired(*items) == ((), ())


def _part(wanted: Type) -> Type:
    """What the items are; of nodes no type is declared."""
    match wanted.name, wanted.of:
        case "list", Type() as part:
            return part
        case "optional", Type() as part if part.name not in NODES:
            return _part(part)
    return JSON


def _counted(items: list[Json], part: Type) -> Counter[str]:
    return Counter(key(canonical(item, part)) for item in items)
