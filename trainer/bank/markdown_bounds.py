"""Bounds of a markdown text, so that its page is made in a moment: readers of markdown look back and forth.

From an open bracket they look through the rest of its paragraph, from an open tag through the rest of the text, and
many patterns take the square of a line's length. No text that people read comes near these bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 32 * 1024
"""Characters of a text."""
LONGEST_LINE = 2000
MOST_LINES = 1500
MOST_MATHS = 1000
"""Dollars, or openings of maths with a backslash."""
BRACKET_STEPS = 2_500_000
"""Brackets that open in a paragraph times its characters, all paragraphs together."""
TAG_STEPS = 4_000_000
"""Signs that open tags times the characters of the text."""
LONGEST_CODE = 16 * 1024
"""Characters of a code block up to which it is highlighted."""
HIGHLIGHTED = frozenset(
    {"bash", "console", "css", "diff", "go", "html", "http", "ini", "javascript", "js", "json", "pycon", "py", "python",
     "pytb", "sh", "sql", "text", "toml", "ts", "typescript", "xml", "yaml"}
)  # fmt: skip
"""Languages of code blocks; others are shown plain, because some lexers take the square of a line's length."""

_OTHER_BODY = re.compile(r"content-type:(?!\s*(application/json|text/html|text/plain))", re.IGNORECASE)
"""The lexer of HTTP messages hands the body to the lexer of any type."""
_FENCE = re.compile(r"```([a-z]*)")


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text goes over a bound, by its line, and what to do."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


def excess(text: str) -> Excess | None:
    """The first bound that a text goes over."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return Excess(MOST_LINES + 1, f"a text has at most {MOST_LINES:,} lines; make it shorter")
    if len(text) > LONGEST:
        return Excess(text.count("\n", 0, LONGEST) + 1, f"a text has at most {LONGEST:,} characters; make it shorter")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            return Excess(number, f"a line has at most {LONGEST_LINE:,} characters; break it")
    prose = _without_code(lines)
    return _too_many_tags(prose) or _too_many_brackets(prose) or _too_much_maths(prose)


def is_highlighted(source: str, language: str) -> bool:
    """Is this block coloured, or shown plain?"""
    other = language == "http" and _OTHER_BODY.search(source) is not None
    return language in HIGHLIGHTED and len(source) <= LONGEST_CODE and not other


def _without_code(lines: list[str]) -> list[str]:
    """The lines, those of code blocks empty. Where fences stand in any but the plainest way nothing is left out."""
    fences = [number for number, line in enumerate(lines) if "```" in line or "~~~" in line]
    opening, closing = fences[::2], fences[1::2]
    plain = all(_FENCE.fullmatch(lines[n]) for n in opening) and all(lines[n] == "```" for n in closing)
    if not plain or len(opening) != len(closing):
        return lines
    kept = list(lines)
    for first, last in zip(opening, closing, strict=True):
        kept[first : last + 1] = [""] * (last + 1 - first)
    return kept


def _too_many_tags(lines: list[str]) -> Excess | None:
    length = sum(map(len, lines)) + len(lines)
    return _over(lines, "<", TAG_STEPS // length)


def _too_many_brackets(lines: list[str]) -> Excess | None:
    steps = start = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            block = "\n".join(lines[start:number])
            steps += block.count("[") * len(block)
            if steps > BRACKET_STEPS:
                return Excess(start + 1, "this paragraph has too many '['; take out what repeats, or make it shorter")
            start = number + 1
    return None


def _too_much_maths(lines: list[str]) -> Excess | None:
    return _over(lines, "$", MOST_MATHS) or _over(lines, "\\(", MOST_MATHS)


def _over(lines: list[str], mark: str, most: int) -> Excess | None:
    """The line in which a mark stands once too often."""
    count = 0
    for number, line in enumerate(lines, 1):
        count += line.count(mark)
        if count > most:
            return Excess(number, f"'{mark}' stands more than {most:,} times; take out what repeats")
    return None
