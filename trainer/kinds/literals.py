"""Writes values as a language does and texts as plain lines, bounded and harmless to whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.languages import Language, language, languages
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


def language_of(name: str) -> Language:
    """The language in whose way values are written: Python's where an answer is in none."""
    return language(name) or next(iter(languages().values()))


def literal(value: Json, limit: int = KEPT, written_in: str = "") -> Text:
    """The value as a literal, cut after `limit` bytes. Stops there, however large or deep the value is."""
    writer = _Writer(language_of(written_in), limit)
    parts: list[str] = []
    room, stack = limit, [writer.pieces(value)]
    while stack and room >= 0:
        match next(stack[-1], None):
            case None:
                stack.pop()
            case _Inside(value=inner):
                stack.append(writer.pieces(inner))
            case piece:
                parts.append(piece)
                room -= len(piece.encode())
    return clip("".join(parts), limit)


def _between(known: Language) -> str:
    """What stands between a key and its value: a colon, unless the language says another sign."""
    return str(getattr(known.literals, "pair", ": "))


def call_text(call: Sequence[Json], limit: int = KEPT, written_in: str = "") -> Text:
    """One call of a class problem, ["visit", "home"], as visit('home')."""
    known = language_of(written_in)
    begins, ends = (len(sign) for sign in known.literals.items)
    inside = literal(list(call[1:]), limit, written_in)
    return Text(
        f"{known.spell(str(call[0]))}({inside.text[begins:] if inside.cut else inside.text[begins:-ends] + ')'}",
        inside.cut,
    )


def clip(text: str, limit: int = KEPT) -> Text:
    """A text of at most `limit` bytes."""
    data = text.encode()
    return Text(data[:limit].decode(errors="ignore"), True) if len(data) > limit else Text(text)


def harmless(text: str, limit: int = KEPT) -> Text:
    """A program's text as it may be stored and shown: no lone surrogates, no control characters but tab and newline."""
    plain = _SURROGATE.sub("\ufffd", text[: limit + 1].replace("\r\n", "\n")).translate(_CONTROL)
    return clip(plain, limit)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes values piece by piece; a text is cut after `limit` characters."""

    language: Language
    limit: int

    def pieces(self, value: Any) -> Iterator[str | _Inside]:
        match value:
            case list():
                yield self.language.literals.items[0]
                for index, item in enumerate(value):
                    yield from self._separated(index, item)
                yield self.language.literals.items[1]
            case dict():
                yield self.language.literals.entries[0]
                for index, (key, item) in enumerate(value.items()):
                    yield from self._separated(index, key)
                    yield _between(self.language)
                    yield self._atom(item)
                yield self.language.literals.entries[1]
            case _:
                yield self._scalar(value)

    def _separated(self, index: int, item: Any) -> Iterator[str | _Inside]:
        if index:
            yield ", "
        yield self._atom(item)

    def _atom(self, item: Any) -> str | _Inside:
        return _Inside(item) if isinstance(item, list | dict) else self._scalar(item)

    def _scalar(self, value: Any) -> str:
        match value:
            case None:
                return self.language.literals.null
            case bool():
                return self.language.literals.true if value else self.language.literals.false
            case str():
                return self.language.literals.text(value[: self.limit + 1])
            case int():
                return repr(value) if abs(value) < 10**1000 else "an int of more than 1000 digits"
        return repr(value)
