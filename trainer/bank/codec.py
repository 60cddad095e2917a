"""Writes frozen values as plain JSON and reads them again, by their types and without any rule.

What is stored once must stay readable. So reading checks nothing that a rule for authors checks: it only builds the
values again. A field that is missing takes its default, one that is no longer known is left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sandbox.signature import Class, Function, Query

T = TypeVar("T")

_NAMED: Mapping[str, type[Any]] = {"function": Function, "class": Class, "query": Query}
"""Alternatives of one field: they are written with their name, {"query": {…}}."""
_NAMES = {of: name for name, of in _NAMED.items()}


class CodecError(ValueError):
    """Plain values that are not what the type wants; the message says where."""


def plain(value: Any) -> Any:
    """A value as JSON has it. Fields stand in their order, entries of mappings in theirs."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        name = _NAMES.get(type(value))
        return fields if name is None else {name: fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def build(of: type[T], value: Any) -> T:
    """The value of this type that `plain` wrote. Raises CodecError."""
    try:
        built: T = _build(of, value, of.__name__)
    except RecursionError as error:
        raise CodecError(f"{of.__name__}: is nested too deeply") from error
    return built


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise CodecError(f"{key!r}: keys of stored mappings are texts")
    return key


def _build(of: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(of):
        return _fields(of, value, where)
    origin = get_origin(of)
    if origin in (Union, UnionType):
        return _one_of(get_args(of), value, where)
    if origin is tuple:
        item, *_ = get_args(of)
        return tuple(_build(item, one, f"{where}[{place}]") for place, one in enumerate(_expect(list, value, where)))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _, item = get_args(of)
        return {key: _build(item, one, f"{where}.{key}") for key, one in _expect(dict, value, where).items()}
    return _scalar(of, value, where)


def _scalar(of: Any, value: Any, where: str) -> Any:
    if of is Decimal or (isinstance(of, type) and issubclass(of, Enum)):
        try:
            return of(value)
        except (ArithmeticError, TypeError, ValueError) as error:
            raise CodecError(f"{where}: {value!r} is no {of.__name__}") from error
    wanted = {float: (int, float), int: (int,), str: (str,), bool: (bool,)}.get(of)
    if wanted is not None and (not isinstance(value, wanted) or (isinstance(value, bool) and of is not bool)):
        raise CodecError(f"{where}: {str(value)[:40]!r} is no {of.__name__}")
    return value


def _fields(of: Any, value: Any, where: str) -> Any:
    """An object whose fields are set as they are: constructors may have rules, and rules grow stricter."""
    if of in _NAMES:
        value = _expect(dict, value, where).get(_NAMES[of])
    given = _expect(dict, value, where)
    made = object.__new__(of)
    hints = _hints(of)
    for field in dataclasses.fields(of):
        place = f"{where}.{field.name}"
        found = _build(hints[field.name], given[field.name], place) if field.name in given else _default(field, place)
        object.__setattr__(made, field.name, found)
    return made


def _default(field: dataclasses.Field[Any], where: str) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    if field.default is dataclasses.MISSING:
        raise CodecError(f"{where}: is missing")
    return field.default


def _one_of(types: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and NoneType in types:
        return None
    others = [one for one in types if one is not NoneType]
    if len(others) > 1:
        others = [one for one in others if isinstance(value, dict) and _NAMES.get(one) in value]
    if len(others) != 1:
        raise CodecError(f"{where}: is none of {', '.join(sorted(_NAMED))}")
    return _build(others[0], value, where)


def _expect(wanted: type[T], value: Any, where: str) -> T:
    if not isinstance(value, wanted):
        raise CodecError(f"{where}: is no {wanted.__name__}")
    return value


@lru_cache(maxsize=128)
def _hints(of: type[Any]) -> dict[str, Any]:
    return get_type_hints(of)
