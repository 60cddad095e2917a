"""Aligns two sequences, so that their difference can be shown or measured, within a bounded number of steps.

Myers' algorithm (An O(ND) Difference Algorithm and Its Variations, 1986): its time grows with the length times the
size of the difference. Both can be chosen by whoever writes the texts, so the steps are counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

STEPS = 500_000
"""Steps for one comparison: about a fifth of a second, and some hundred differences in any text that is accepted."""

_Pair = tuple[int, int]
"""A place in the left and one in the right sequence."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of both sequences: left[start:end] and right[other_start:other_end], the same or of no common item."""

    same: bool
    start: int
    end: int
    other_start: int
    other_end: int


class Budget:
    """Steps that are left. Several comparisons on one page share one."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """False when there are none left."""
        self.left -= steps
        return self.left >= 0


def align(left: Sequence[Hashable], right: Sequence[Hashable], budget: Budget | None = None) -> list[Block]:
    """Blocks that cover both sequences in order, with as few differing items as possible.

    Where the budget ends first, everything between the ends that agree differs.
    """
    budget = budget or Budget()
    if not budget.spend((len(left) + len(right)) // 8):  # only looking at an item is cheap
        return [Block(left == right, 0, len(left), 0, len(right))] if left or right else []
    numbers: dict[Hashable, int] = {}
    a, b = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (left, right))
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    steps = _matches(a[head : len(a) - tail], b[head : len(b) - tail], budget)
    pairs = [(i, i) for i in range(head)]
    pairs += [(i + head, j + head) for i, j in steps]
    pairs += [(len(a) - n, len(b) - n) for n in range(tail, 0, -1)]
    return list(_blocks(pairs, len(a), len(b)))


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    """How many items at the beginning agree."""
    pairs = zip(a, b, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(a), len(b)))


def _matches(a: Sequence[int], b: Sequence[int], budget: Budget) -> list[_Pair]:
    """Places that agree, in order; none where the budget ends first.

    `reached[k]` is how far one comes in `a` on the diagonal k (the place in `a` minus that in `b`) with so many
    differences; `before` holds the states of all earlier numbers of differences, by which the way back is found.
    """
    if not a or not b:
        return []
    reached = {1: 0}
    before: list[dict[int, int]] = []
    for count in range(len(a) + len(b) + 1):
        before.append(dict(reached))
        if not budget.spend(2 * count + 1):
            return []
        for k in range(-count, count + 1, 2):
            x = reached[k + 1] if _goes_down(reached, k, count) else reached[k - 1] + 1
            first = x
            while x < len(a) and 0 <= x - k < len(b) and a[x] == b[x - k]:
                x += 1
            reached[k] = x
            if x >= len(a) and x - k >= len(b):
                return _way_back(before, len(a), len(b))
            if x > first and not budget.spend(x - first):
                return []
    raise AssertionError("two sequences differ by no more than all their items")


def _goes_down(reached: dict[int, int], k: int, count: int) -> bool:
    """Is the furthest place on this diagonal reached by an item of the right sequence, and not of the left?"""
    return k == -count or (k != count and reached[k - 1] < reached[k + 1])


def _way_back(before: list[dict[int, int]], x: int, y: int) -> list[_Pair]:
    found: list[_Pair] = []
    for count in range(len(before) - 1, -1, -1):
        reached, k = before[count], x - y
        from_k = k + 1 if _goes_down(reached, k, count) else k - 1
        from_x = reached[from_k]
        start = from_x if from_k == k + 1 else from_x + 1
        found += [(place, place - k) for place in range(x - 1, start - 1, -1)]
        x, y = from_x, from_x - from_k
    return found[::-1]


def _blocks(pairs: Sequence[_Pair], length: int, other_length: int) -> Iterator[Block]:
    """Runs of pairs, and what stands between them."""
    i = j = place = 0
    while place < len(pairs):
        x, y = pairs[place]
        if (i, j) != (x, y):
            yield Block(False, i, x, j, y)
        run = 1
        while place + run < len(pairs) and pairs[place + run] == (x + run, y + run):
            run += 1
        yield Block(True, x, x + run, y, y + run)
        i, j, place = x + run, y + run, place + run
    if (i, j) != (length, other_length):
        yield Block(False, i, length, j, other_length)
