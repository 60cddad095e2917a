"""Writes values as Python literals and texts as plain lines, bounded and harmless to whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.model import Json
from trainer.kinds.feedback import Text

KEPT = 4096
"""Bytes kept of one value or text."""

_CONTROL = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {127: 0x2421}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Inside:
    """A container that is still to be opened."""

    value: Any


def literal(value: Json, limit: int = KEPT) -> Text:
    """The value as a Python literal, cut after `limit` bytes. Stops there, however large or deep the value is."""
    parts: list[str] = []
    room, stack = limit, [_pieces(value, limit)]
    while stack and room >= 0:
        match next(stack[-1], None):
            case None:
                stack.pop()
            case _Inside(value=inner):
                stack.append(_pieces(inner, limit))
            case piece:
                parts.append(piece)
                room -= len(piece.encode())
    return clip("".join(parts), limit)


def call_text(call: Sequence[Json], limit: int = KEPT) -> Text:
    """One call of a class problem, ["visit", "home"], as visit('home')."""
    inside = literal(list(call[1:]), limit)
    return Text(f"{call[0]}({inside.text[1:] if inside.cut else inside.text[1:-1] + ')'}", inside.cut)


def clip(text: str, limit: int = KEPT) -> Text:
    """A text of at most `limit` bytes."""
    data = text.encode()
    return Text(data[:limit].decode(errors="ignore"), True) if len(data) > limit else Text(text)


def harmless(text: str, limit: int = KEPT) -> Text:
    """A program's text as it may be stored and shown: no lone surrogates, no control characters but tab and newline."""
    plain = _SURROGATE.sub("\ufffd", text[: limit + 1].replace("\r\n", "\n")).translate(_CONTROL)
    return clip(plain, limit)


def _pieces(value: Any, limit: int) -> Iterator[str | _Inside]:
    match value:
        case list():
            yield "["
            for index, item in enumerate(value):
                yield from _separated(index, item, limit)
            yield "]"
        case dict():
            yield "{"
            for index, (key, item) in enumerate(value.items()):
                yield from _separated(index, key, limit)
                yield ": "
                yield _atom(item, limit)
            yield "}"
        case _:
            yield _scalar(value, limit)


def _separated(index: int, item: Any, limit: int) -> Iterator[str | _Inside]:
    if index:
        yield ", "
    yield _atom(item, limit)


def _atom(item: Any, limit: int) -> str | _Inside:
    return _Inside(item) if isinstance(item, list | dict) else _scalar(item, limit)


def _scalar(value: Any, limit: int) -> str:
    match value:
        case str():
            return repr(value[: limit + 1])
        case bool():
            return repr(value)
        case int():
            return repr(value) if abs(value) < 10**1000 else "an int of more than 1000 digits"
    return repr(value)
