"""The difference between two versions of a text, as lines for the page: equal lines far from a change are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["", "add", "del", "gap"]
CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line. A `gap` stands for lines that are left out; its text says how many."""

    text: str
    mark: Mark = ""


def compare(before: str, after: str) -> list[Line]:
    """Lines of both texts, deletions before additions. Empty where the texts are the same."""
    old, new = before.splitlines(), after.splitlines()
    if old == new:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    lines: list[Line] = []
    reached = 0
    for group in matcher.get_grouped_opcodes(CONTEXT):
        lines += _gap(group[0][1] - reached)
        for tag, i1, i2, j1, j2 in group:
            lines += _change(tag, old[i1:i2], new[j1:j2])
        reached = group[-1][2]
    return lines + list(_gap(len(old) - reached))


def _change(tag: str, old: list[str], new: list[str]) -> Iterator[Line]:
    if tag == "equal":
        yield from (Line(text) for text in old)
        return
    yield from (Line(text, "del") for text in old)
    yield from (Line(text, "add") for text in new)


def _gap(count: int) -> list[Line]:
    return [Line(f"{count} equal line{'' if count == 1 else 's'}", "gap")] if count > 0 else []
