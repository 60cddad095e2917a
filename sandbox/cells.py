"""What a cell of a table stands for: PostgreSQL's text of a value, taken apart so that equal values have equal forms.

Cells are equal where PostgreSQL's own `=` says so, whatever the types are called: integers of any width, a date and the
midnight that begins it, a moment in two zones, `json` and `jsonb`. Numbers may differ a little, see `tolerance_of`.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import re
from collections.abc import Hashable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.matching import Item, Number, Tolerance

FAMILIES = {
    "number": ("int2", "int4", "int8", "numeric", "float4", "float8", "oid", "money"),
    "text": ("text", "varchar", "bpchar", "name", "char", "citext", "unknown"),
    "true or false": ("bool",),
    "date or time stamp": ("date", "timestamp", "timestamptz"),
    "time or interval": ("time", "timetz", "interval"),
    "JSON value": ("json", "jsonb"),
    "UUID": ("uuid",),
    "bytes": ("bytea",),
    "network address": ("inet", "cidr"),
    "range of numbers": ("int4range", "int8range", "numrange"),
    "range of dates": ("daterange", "tsrange", "tstzrange"),
}
_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}
_WHOLE = ("int2", "int4", "int8", "oid")
_PLURALS = {
    "number": "numbers",
    "text": "texts",
    "true or false": "true or false",
    "date or time stamp": "dates or time stamps",
    "time or interval": "times or intervals",
    "JSON value": "JSON values",
    "UUID": "UUIDs",
    "network address": "network addresses",
    "range of numbers": "ranges of numbers",
    "range of dates": "ranges of dates",
}

EXACT = Tolerance(0.0)
SIX_DECIMALS = Tolerance(0.99999999e-6)
"""Less than a unit of the sixth decimal: what rounds to the same six decimals is the same."""
NINE_DIGITS = Tolerance(SIX_DECIMALS.absolute, 1e-9)
SIX_DIGITS = Tolerance(SIX_DECIMALS.absolute, 1e-6)

_MOMENT = re.compile(
    r"(\d{4,})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-]\d\d(?::\d\d(?::\d\d)?)?)?)?( BC)?"
)
_CLOCK = re.compile(r"(-?)\+?(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-]\d\d(?::\d\d(?::\d\d)?)?)?")
_SPAN = re.compile(r"([+-]?\d+) (year|mon|day)s?")
_DAYS = {"year": 360, "mon": 30, "day": 1}
_BOUNDS = re.compile(r"(?:\[-?\d+:-?\d+\])+=")
_RANGE = re.compile(r"([\[(])([^,]*),([^,]*)([\])])")
_ELEMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^{},"]+)|([{},])', re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def family_of(kind: str) -> str:
    """What a type is in words that students know: "number", "list of numbers"."""
    if kind.startswith("_"):
        family = family_of(kind[1:])
        return f"list of {_PLURALS.get(family, family)}"
    return _FAMILY.get(kind, kind)


def tolerance_of(kind: str, other: str) -> Tolerance:
    """How far numbers of two columns may be apart.

    Whole numbers not at all. Others agree to six decimals, or, where a `double precision` is among them, to nine
    significant digits; a `real` holds six.
    """
    kinds = {kind.lstrip("_"), other.lstrip("_")}
    if kinds <= set(_WHOLE):
        return EXACT
    return SIX_DIGITS if "float4" in kinds else NINE_DIGITS if "float8" in kinds else SIX_DECIMALS


def item_of(cell: str | None, kind: str, tolerance: Tolerance) -> Item:
    """A cell taken apart, to be held against others of its column."""
    numbers: list[Number] = []
    form = _form(cell, kind, numbers)
    return Item(form, tuple(numbers), (tolerance,) * len(numbers))


def _form(cell: str | None, kind: str, numbers: list[Number]) -> Hashable:
    if cell is None:
        return None
    if kind.startswith("_"):
        return _array(cell, kind[1:], numbers)
    match _FAMILY.get(kind):
        case "number":
            return _number(cell, numbers)
        case "date or time stamp":
            return _moment(cell)
        case "time or interval":
            return _span(cell)
        case "JSON value":
            return _json(cell, numbers)
        case "network address":
            return _address(cell)
        case "range of numbers":
            return _range(cell, "numeric", numbers)
        case "range of dates":
            return _range(cell, "timestamp", numbers)
    return cell.rstrip(" ") if kind == "bpchar" else cell


def _number(cell: str, numbers: list[Number]) -> Hashable:
    """Infinities, NaN and what is no number stay what they are: texts."""
    plain = cell.replace("$", "").replace(",", "") if "$" in cell else cell
    if not _NUMBER.fullmatch(plain):
        return cell
    try:
        numbers.append(Decimal(plain))
    except InvalidOperation:  # an exponent beyond all decimals
        return cell
    return "number"


def _array(cell: str, kind: str, numbers: list[Number]) -> Hashable:
    """Lists in lists, as tuples. Where an array begins to count does not matter; text that is no array stays text."""
    text = _BOUNDS.sub("", cell, count=1) if cell.startswith("[") else cell
    lists: list[list[Hashable]] = [[]]
    for quoted, bare, sign in _ELEMENT.findall(text):
        if sign == "{":
            lists.append([])
        elif sign == "}" and len(lists) > 1:
            inner = tuple(lists.pop())
            lists[-1].append(inner)
        elif sign != ",":
            element = None if bare == "NULL" else bare or re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
            lists[-1].append((_form(element, kind, numbers),))
    return lists[0][0] if len(lists) == 1 and len(lists[0]) == 1 else cell


def _moment(cell: str) -> Hashable:
    """Microseconds since the first year; the server's zone is UTC. Infinities, and years before that, stay texts."""
    found = _MOMENT.fullmatch(cell)
    if found is None or found[9]:
        return cell.removesuffix("+00")
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    cycles, year = divmod(year - 1, 400)  # the calendar repeats itself, and Python's ends in 9999
    days = dt.date(year + 1, month, day).toordinal() + cycles * 146_097
    return days * 86_400_000_000 + _microseconds(*(found[n] for n in (4, 5, 6, 7))) - _offset(found[8])


def _span(cell: str) -> Hashable:
    """Microseconds, as PostgreSQL compares intervals: a month has 30 days, a day 24 hours."""
    days = sum(int(number) * _DAYS[unit] for number, unit in _SPAN.findall(cell))
    rest = _SPAN.sub("", cell).strip()
    found = _CLOCK.fullmatch(rest)
    if rest and found is None:
        return cell
    clock = (_microseconds(*(found[n] for n in (2, 3, 4, 5))) - _offset(found[6])) if found else 0
    return days * 86_400_000_000 + (-clock if found and found[1] else clock)


def _microseconds(hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None) -> int:
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1_000_000 + int((fraction or "").ljust(6, "0"))


def _offset(text: str | None) -> int:
    """How far a zone is ahead of UTC, "+05:30", in microseconds."""
    if not text:
        return 0
    hours, minutes, seconds = (*text[1:].split(":"), "0", "0")[:3]
    return (-1 if text[0] == "-" else 1) * _microseconds(hours, minutes, seconds, None)


def _json(cell: str, numbers: list[Number]) -> Hashable:
    """A value that is too deep to be read stays text."""
    inside: list[Number] = []
    try:
        form = tuple(_json_form(json.loads(cell, parse_float=Decimal, parse_int=Decimal), inside))
    except (ValueError, RecursionError, InvalidOperation):
        return cell
    numbers += inside
    return form


def _json_form(value: Any, numbers: list[Number]) -> Iterator[Hashable]:
    """The value's parts in order, each with what it is: true is not 1, and the order of keys does not matter."""
    match value:
        case dict():
            yield "{"
            for key in sorted(value):
                yield key
                yield from _json_form(value[key], numbers)
            yield "}"
        case list():
            yield "["
            for item in value:
                yield from _json_form(item, numbers)
            yield "]"
        case Decimal():
            numbers.append(value)
            yield ("number",)
        case _:
            yield (type(value).__name__, value)


def _range(cell: str, kind: str, numbers: list[Number]) -> Hashable:
    """The bounds, which may be open, and whether they belong to it."""
    found = _RANGE.fullmatch(cell)
    if found is None:
        return cell
    bounds = (found[n].strip('"') for n in (2, 3))
    return found[1], found[4], *(_form(bound, kind, numbers) if bound else None for bound in bounds)


def _address(cell: str) -> Hashable:
    try:
        return str(ipaddress.ip_interface(cell))
    except ValueError:
        return cell
