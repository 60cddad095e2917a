"""Alignments are right, as small as possible, and take a bounded number of steps whatever is compared."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.alignment import STEPS, Block, Budget, align

ITEMS = st.lists(st.sampled_from("abc"), max_size=14)
LONG = 16_000
RANDOM = random.Random(7)
HARD = {
    "shifted": (list("ab" * LONG), list("ba" * LONG)),
    "of two lines": ([RANDOM.choice("ab") for _ in range(LONG)], [RANDOM.choice("ab") for _ in range(LONG)]),
    "backwards": (list(range(LONG)), list(range(LONG, 0, -1))),
    "every other one": (["a", "b"] * LONG, ["a", "c"] * LONG),
    "one and many": (["x"], ["a"] * LONG),
    "blocks": (list("a" * LONG + "b" * LONG), list("b" * LONG + "a" * LONG)),
}


def common_length(a: Sequence[str], b: Sequence[str]) -> int:
    row = [0] * (len(b) + 1)
    for one in a:
        before = row[:]
        for place, other in enumerate(b):
            row[place + 1] = before[place] + 1 if one == other else max(before[place + 1], row[place])
    return row[-1]


def check_cover(blocks: Sequence[Block], a: Sequence[Hashable], b: Sequence[Hashable]) -> None:
    i = j = 0
    for block in blocks:
        assert (block.start, block.other_start) == (i, j)
        assert not block.same or a[block.start : block.end] == b[block.other_start : block.other_end]
        i, j = block.end, block.other_end
    assert (i, j) == (len(a), len(b))
    assert all(one.same != other.same for one, other in pairwise(blocks))


@given(ITEMS, ITEMS)
def test_it_covers_both_sides_with_the_fewest_differences(a: list[str], b: list[str]) -> None:
    blocks = align(a, b)
    check_cover(blocks, a, b)
    assert sum(block.end - block.start for block in blocks if block.same) == common_length(a, b)


@given(ITEMS, ITEMS, st.integers(-1, 30))
def test_without_steps_it_still_covers_both_sides(a: list[str], b: list[str], steps: int) -> None:
    check_cover(align(a, b, Budget(steps)), a, b)


@pytest.mark.parametrize("name", HARD)
def test_the_hardest_texts_take_no_more_steps_than_allowed(name: str) -> None:
    a, b = HARD[name]
    budget = Budget()
    check_cover(align(a, b, budget), a, b)
    assert budget.left > -LONG * 2, f"{STEPS - budget.left} steps"


def test_a_small_change_in_a_long_text_is_found() -> None:
    lines = [f"line {n % 97}" for n in range(LONG)]
    changed = [*lines[:5000], "new", *lines[5000:9000], *lines[9003:]]
    blocks = align(lines, changed)
    assert sum(block.end - block.start for block in blocks if not block.same) == 3
    assert sum(block.other_end - block.other_start for block in blocks if not block.same) == 1
