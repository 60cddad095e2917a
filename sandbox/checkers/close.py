"""Close: floats may differ by a millionth, relative or absolute, wherever they stand in the answer. All else is exact.

NaN equals nothing, an infinity only itself.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator

from sandbox.checkers import exact
from sandbox.checkers.canonical import canonical, has_choice, key
from sandbox.matching import Item, Number, Tolerance
from sandbox.model import Json
from sandbox.signature import Type, conforms

MILLIONTH = Tolerance(1e-6, 1e-6)


def matches(got: Json, expected: Json, wanted: Type) -> bool:
    return conforms(got, wanted) and conforms(expected, wanted) and _close(got, expected, wanted)


def item_of(value: Json, wanted: Type) -> Item:
    """A conforming value taken apart, to be paired with others."""
    numbers: list[Number] = []
    form = key(_form(value, wanted, numbers))
    return Item(form, tuple(numbers), (MILLIONTH,) * len(numbers))


def _close(got: Json, expected: Json, wanted: Type) -> bool:
    if not has_choice(wanted):
        return bool(got == expected)
    match wanted.name, wanted.of:
        case "float", _:
            return MILLIONTH.close(got, expected)
        case "list", Type() as part:
            return len(got) == len(expected) and _all_close(got, expected, part)
        case "dict", Type() as part:
            return got.keys() == expected.keys() and all(_close(got[k], expected[k], part) for k in expected)
        case "optional", Type() as part if got is not None and expected is not None:
            return _close(got, expected, part)
        case (("ListNode" | "TreeNode"), _):
            return _nodes_close(got or [], expected or [])
    return exact.matches(got, expected, wanted)


def _all_close(got: list[Json], expected: list[Json], part: Type) -> bool:
    """Most long lists of numbers are simply equal; not asked of the lists, which take one NaN for itself."""
    if part.name == "float" and all(map(operator.eq, got, expected)):
        return True
    return all(_close(g, e, part) for g, e in zip(got, expected, strict=True))


def _nodes_close(got: list[Json], expected: list[Json]) -> bool:
    """Nodes hold values of no declared type: two floats are held against each other as such."""
    pairs = list(zip(_trimmed(got), _trimmed(expected), strict=False))
    if len(_trimmed(got)) != len(_trimmed(expected)):
        return False
    return all(
        MILLIONTH.close(g, e) if type(g) is type(e) is float else exact.matches(g, e, Type("Json")) for g, e in pairs
    )


def _trimmed(values: list[Json]) -> list[Json]:
    """Absent nodes at the end may be written or not."""
    end = next((n for n in range(len(values), 0, -1) if values[n - 1] is not None), 0)
    return values[:end]


def _form(value: Json, wanted: Type, numbers: list[Number]) -> Json:
    """The value with its floats taken out into `numbers`."""
    match wanted.name, wanted.of:
        case "float", _ if value == value:
            numbers.append(value)
            return "float"
        case "list", Type() as part:
            return [_form(item, part, numbers) for item in value]
        case "dict", Type() as part:
            return {name: _form(value[name], part, numbers) for name in sorted(value)}
        case "optional", Type() as part if value is not None:
            return [_form(value, part, numbers)]
        case (("ListNode" | "TreeNode"), _):
            return list(_node_forms(_trimmed(value or []), numbers))
    return canonical(value, wanted)


def _node_forms(values: list[Json], numbers: list[Number]) -> Iterator[Json]:
    for value in values:
        if type(value) is float and value == value:
            numbers.append(value)
            yield "float"
        else:
            yield canonical(value, Type("Json"))
