"""Values that may differ a little are paired off as well as can be."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.matching import Item, Tolerance, unlike, unpaired

ONE = Tolerance(1.0)
PLACES = st.integers(0, 6).map(lambda n: n / 2)
PLANE = st.lists(st.tuples(PLACES, PLACES), max_size=5)


def items(numbers: Sequence[tuple[float, ...]]) -> list[Item]:
    return [Item("row", each, (ONE,) * len(each)) for each in numbers]


def best(mine: Sequence[Item], theirs: Sequence[Item]) -> int:
    """How many pairs there can be, by trying all."""
    few, many = sorted((mine, theirs), key=len)
    return max(
        sum(one.close(other) for one, other in zip(few, chosen, strict=True))
        for chosen in itertools.permutations(many, len(few))
    )


@given(PLANE, PLANE)
def test_no_pairing_leaves_fewer_alone(mine: list[tuple[float, ...]], theirs: list[tuple[float, ...]]) -> None:
    left, right = items(mine), items(theirs)
    alone = unpaired(left, right)
    assert len(left) - len(alone[0]) == len(right) - len(alone[1]) == best(left, right)


@given(st.lists(st.tuples(PLACES), max_size=6), st.lists(st.tuples(PLACES), max_size=6))
def test_nor_of_single_numbers(mine: list[tuple[float, ...]], theirs: list[tuple[float, ...]]) -> None:
    left, right = items(mine), items(theirs)
    assert len(left) - len(unpaired(left, right)[0]) == best(left, right)


@given(PLANE, PLANE)
def test_of_sets_each_needs_one_that_is_close(mine: list[tuple[float, ...]], theirs: list[tuple[float, ...]]) -> None:
    left, right = items(mine), items(theirs)
    for ours, others, alone in zip((left, right), (right, left), unlike(left, right), strict=True):
        assert list(alone) == [n for n, one in enumerate(ours) if not any(one.close(other) for other in others)]


def test_other_forms_and_other_tolerances_never_meet() -> None:
    one = Item("a", (1.0,), (ONE,))
    for other in (Item("b", (1.0,), (ONE,)), Item("a", (1.0,), (Tolerance(2.0),)), Item("a")):
        assert unpaired([one], [other]) == ((0,), (0,))
        assert not one.close(other)


def test_infinities_are_close_to_themselves_only() -> None:
    infinity = float("inf")
    assert ONE.close(infinity, infinity)
    assert not ONE.close(infinity, -infinity)
    assert not Tolerance(1.0, 1.0).close(infinity, 1e300)
    assert not Tolerance(1.0, 1.0).close(10**400, 1.0)


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("meet", [unpaired, unlike])
def test_an_answer_made_to_keep_the_judge_busy_does_not(width: int, meet: Any) -> None:
    """A chain of 5,000, each close to its neighbours and to no other."""
    chain = [tuple(float(n) for _ in range(width)) for n in range(5000)]
    shuffled = random.Random(1).sample(chain, len(chain))
    started = time.process_time()
    meet(items([tuple(n + 0.9 for n in each) for each in chain]), items(shuffled))
    assert time.process_time() - started < 10
