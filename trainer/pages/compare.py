"""The difference between two versions of a text, as lines for the page: equal lines far from a change are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.bank.alignment import Block, Budget, align

Mark = Literal["", "add", "del", "gap"]
CONTEXT = 3
MOST_LINES = 2_000
"""Lines that a page shows of one difference: nobody reads more, and a browser would be long at it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. A `gap` stands for lines that are left out; its text says how many."""

    text: str
    mark: Mark = ""


def compare(before: str, after: str) -> list[Line]:
    """Lines of both texts, deletions before additions. Empty where the texts are the same."""
    return list(compared(before, after))


def compared(before: str, after: str, budget: Budget | None = None) -> Iterator[Line]:
    """The same lines one by one, for whoever shows a few only."""
    old, new = before.splitlines(), after.splitlines()
    blocks = align(old, new, budget)
    if all(block.same for block in blocks):
        return
    for place, block in enumerate(blocks):
        if block.same:
            yield from _equal(old[block.start : block.end], first=place == 0, last=place == len(blocks) - 1)
        else:
            yield from _change(old, new, block)


def clipped(lines: Sequence[Line]) -> list[Line]:
    """As many lines as a page shows; the last one says how many more there are."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[:MOST_LINES], Line(f"{len(lines) - MOST_LINES:,} more lines of this difference", "gap")]


def _equal(texts: Sequence[str], *, first: bool, last: bool) -> Iterator[Line]:
    """Equal lines, those near a change: behind the one before, and ahead of the one after."""
    head, tail = 0 if first else CONTEXT, 0 if last else CONTEXT
    left_out = len(texts) - head - tail
    if left_out <= 0:
        yield from map(Line, texts)
        return
    yield from map(Line, texts[:head])
    yield Line(f"{left_out} equal line{'' if left_out == 1 else 's'}", "gap")
    yield from map(Line, texts[len(texts) - tail :])


def _change(old: Sequence[str], new: Sequence[str], block: Block) -> Iterator[Line]:
    yield from (Line(text, "del") for text in old[block.start : block.end])
    yield from (Line(text, "add") for text in new[block.other_start : block.other_end])
