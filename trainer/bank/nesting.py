"""Puts lists into the one shape that our markdown library nests: four spaces a level.

People indent by what they see, two spaces below a dash and three below a number, as CommonMark reads it. So the lines
of a text are read here as CommonMark reads lists, and written again with each item, and whatever belongs to it, four
spaces deeper than the item around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

DEEP = 4
DEEPEST = 20
"""Levels that are told apart; what is nested deeper is left as it is written."""

_ITEM = re.compile(r"(?P<mark>[-+*]|(?P<number>\d{1,9})[.)])(?P<gap>[ ]+|$)")
_RULE = re.compile(r"([-_*])[ ]*(?:\1[ ]*){2,}$")
_FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)$")
_HEADING = re.compile(r"#{1,6}([ ]|$)")
_FORMULA = "$$"
_TABS = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?")


@dataclass(slots=True)
class _Item:
    """An open item: the columns of its mark and of what belongs to it, and what kind of mark it has."""

    mark: int
    content: int
    kind: str


@dataclass(slots=True)
class _Reader:
    """Reads lines one by one, and gives them written anew.

    `doubts` are numbers of lines whose item looks nested and is not. `before` is what the last line was: blank, text,
    item, code, quote or block. `fence` is what ends the code or the formula that is open.
    """

    depth: int = 0
    items: list[_Item] = field(default_factory=list)
    fence: str = ""
    start: int = 0  # the column of the fence
    run: int | None = None  # the level on which the lines since the last blank one began
    before: str = "blank"
    quote: _Reader | None = None
    doubts: list[int] = field(default_factory=list)

    def read(self, number: int, line: str) -> Iterator[str]:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if self.fence and self._is_inside(text, indent):
            yield self._inside(line, indent)
        elif not text:
            self.before, self.quote = "blank", None
            yield self._gap()
        else:
            yield from self._begin(number, text, indent)

    def _begin(self, number: int, text: str, indent: int) -> Iterator[str]:
        """A line outside of code: which items go on, and what the line is in the innermost of them."""
        depth = sum(indent >= item.content for item in self.items)
        beyond = indent - (self.items[depth - 1].content if depth else 0)
        in_paragraph = self.before in ("text", "item", "quote")
        if beyond >= DEEP and not in_paragraph:
            yield from self._code(number, " " * beyond + text, depth)
        elif beyond < DEEP and (item := self._item(text, depth)):
            yield from self._open(number, item, text, indent, depth)
        elif beyond < DEEP and (text.startswith(">") or self._is_block(text, depth)):
            yield from self._block(number, text, indent, depth)
        elif in_paragraph:  # it goes on, however little it is indented
            self.before = "quote" if self.before == "quote" else "text"
            yield self._at(_as_text(text))
        else:
            yield from self._part(depth, "text")
            yield self._at(text)

    def _part(self, depth: int, what: str) -> Iterator[str]:
        """Close the items below this depth, and part what begins here from a line that it does not go on."""
        if self.before != "blank":
            yield self._gap()
        del self.items[depth:]
        self.before, self.quote = what, None

    def _code(self, number: int, text: str, depth: int) -> Iterator[str]:
        if depth < len(self.items):
            self.doubts.append(number)
        if self.before != "code" or depth < len(self.items):
            yield from self._part(depth, "code")
        yield self._at(text)

    def _item(self, text: str, depth: int) -> re.Match[str] | None:
        """The mark of an item that begins here. In the middle of a paragraph only some marks begin one."""
        found = _ITEM.match(text)
        if not found or _RULE.fullmatch(text.rstrip()) or depth + self.depth >= DEEPEST:
            return None
        goes_on = self.before in ("text", "item") and depth == len(self.items)
        if goes_on and (not found["gap"] or found["number"] not in (None, "1")):
            return None
        return found

    def _open(self, number: int, item: re.Match[str], text: str, indent: int, depth: int) -> Iterator[str]:
        if any(open.mark + 2 <= indent < open.content for open in self.items[depth:]):
            self.doubts.append(number)
        kind = "number" if item["number"] else item["mark"]
        last = self.items[depth] if depth < len(self.items) else None
        follows = last and last.kind == kind and self.before not in ("code", "block", "quote")
        goes_down = self.before == "item" and depth == len(self.items)
        if self.before != "blank" and (not (follows or goes_down) or (self.run or 0) > depth):
            yield self._gap()
        del self.items[depth:]
        gap = len(item["gap"]) if 1 <= len(item["gap"]) <= DEEP else 1
        mark = f"{item['number']}." if item["number"] else "-"
        rest = text[item.end("mark") + gap :]
        yield from self._first_line(number, mark, rest.strip(" "))
        self.items.append(_Item(indent, indent + len(item["mark"]) + gap, kind))
        if rest.strip(" ") and self.before == "blank":
            yield self._gap()
            yield from self._begin(number, rest.lstrip(" "), self.items[-1].content)

    def _first_line(self, number: int, mark: str, rest: str) -> Iterator[str]:
        """The line of a mark. A block or an item that begins on it follows on a line of its own."""
        begins = rest.startswith(">") or self._is_block(rest, -1) or _ITEM.match(rest)
        self.before, self.quote = "blank" if begins and rest else "item", None
        yield self._at(f"{mark} " if begins or not rest else f"{mark} {rest}")

    def _is_block(self, text: str, depth: int) -> bool:
        """A heading, a fence, a formula or a rule. Dashes below a paragraph make a heading of it instead."""
        if _RULE.fullmatch(text.rstrip()):
            underlines = self.before in ("text", "item") and depth == len(self.items) and set(text.rstrip()) == {"-"}
            return not underlines
        return bool(_FENCE.match(text) or _HEADING.match(text) or (text.startswith(_FORMULA)))

    def _block(self, number: int, text: str, indent: int, depth: int) -> Iterator[str]:
        if not text.startswith(">"):
            yield from self._part(depth, "block")
            if found := _FENCE.match(text):
                self.fence, self.start = found["fence"], indent
            elif text.startswith(_FORMULA) and not text.rstrip().endswith(_FORMULA, 2):
                self.fence, self.start = _FORMULA, indent
            yield self._at(text)
            return
        if self.quote is None or depth != len(self.items):
            yield from self._part(depth, "quote")
            self.quote = _Reader(depth=self.depth + depth + 1)
        inner = text[1:].removeprefix(" ")
        if self.depth + depth >= DEEPEST:
            yield self._at(text)
            return
        for one in self.quote.read(number, inner):
            yield self._at(f"> {one}")
        self.doubts += self.quote.doubts
        self.quote.doubts = []

    def _is_inside(self, text: str, indent: int) -> bool:
        """Does an open block go on? Code ends with the item around it, a formula with its paragraph."""
        start = self.items[-1].content if self.items else 0
        if (text and indent < start) or (not text and self.fence == _FORMULA):
            self.fence = ""
        return bool(self.fence)

    def _inside(self, line: str, indent: int) -> str:
        text = line[min(indent, self.start) :]
        found = _FENCE.match(text.strip())
        is_fence = found is not None and found["fence"].startswith(self.fence) and not found["rest"]
        if is_fence or (self.fence == _FORMULA and text.rstrip().endswith(_FORMULA)):
            self.fence = ""
        return self._at(text) if text else self._gap()

    def _gap(self) -> str:
        self.run = None
        return ""

    def _at(self, text: str) -> str:
        self.run = len(self.items) if self.run is None else self.run
        return " " * (DEEP * len(self.items)) + text


def _as_text(text: str) -> str:
    """What looks like the beginning of an item, a quotation or a heading, in the middle of a paragraph."""
    item = _ITEM.match(text)
    if item and item["number"]:
        return f"{item['number']}\\{text[item.end('number') :]}"
    return f"\\{text}" if item or text.startswith(">") or _HEADING.match(text) else text


def nested(text: str) -> str:
    """The text with its lists nested by four spaces."""
    return "\n".join(_rewritten(text, _Reader()))


def falsely_nested(text: str) -> list[int]:
    """Numbers of lines whose item looks as if it belonged to the item above, and is indented too little for it."""
    reader = _Reader()
    for _ in _rewritten(text, reader):
        pass
    return reader.doubts


def _rewritten(text: str, reader: _Reader) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        yield from reader.read(number, _without_tabs(line))


def _without_tabs(line: str) -> str:
    """Tabs before the text, and before what stands behind a mark, as blanks. Those inside of it are left."""
    found = _TABS.match(line)
    return line[: found.end()].expandtabs(DEEP) + line[found.end() :] if found else line
