"""Drawing tasks: what the rules say, fresh before seen, the same for the same seed."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.learning.draw import Candidate, NotEnough, Slot, draw

KINDS, DIFFICULTIES, TOPICS = ("function", "sql"), ("easy", "medium", "hard"), ("arrays", "trees", "graphs")
SLOTS = st.lists(
    st.builds(
        Slot,
        st.frozensets(st.sampled_from(KINDS), min_size=1),
        st.frozensets(st.sampled_from(DIFFICULTIES), min_size=1),
        st.frozensets(st.sampled_from(TOPICS), max_size=2),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def banks(draw_: st.DrawFn) -> list[Candidate]:
    count = draw_(st.integers(1, 7))
    return [
        Candidate(
            f"problem-{n}",
            draw_(st.sampled_from(KINDS)),
            draw_(st.sampled_from(DIFFICULTIES)),
            (draw_(st.sampled_from(TOPICS)),),
            draw_(st.booleans()),
        )
        for n in range(count)
    ]


def fewest_seen(slots: list[Slot], bank: list[Candidate]) -> int | None:
    """By trying everything: how many seen problems a draw needs at least; None where none is possible."""
    possible = [
        sum(one.seen for one in chosen)
        for chosen in permutations(bank, len(slots))
        if all(one.fits(slot) for one, slot in zip(chosen, slots, strict=True))
    ]
    return min(possible, default=None)


@given(SLOTS, banks(), st.integers())
def test_a_draw_fits_and_takes_as_few_seen_ones_as_can_be(slots: list[Slot], bank: list[Candidate], seed: int) -> None:
    fewest = fewest_seen(slots, bank)
    if fewest is None:
        with pytest.raises(NotEnough):
            draw(slots, bank, seed)
        return
    drawn = draw(slots, bank, seed)
    assert all(one.fits(slot) for one, slot in zip(drawn, slots, strict=True))
    assert len({one.slug for one in drawn}) == len(slots)
    assert sum(one.seen for one in drawn) == fewest


@given(SLOTS, banks(), st.integers())
def test_the_same_seed_draws_the_same_whatever_order_the_bank_has(
    slots: list[Slot], bank: list[Candidate], seed: int
) -> None:
    if fewest_seen(slots, bank) is not None:
        assert draw(slots, bank, seed) == draw(slots, list(reversed(bank)), seed)


def test_other_seeds_draw_others() -> None:
    bank = [Candidate(f"problem-{n}", "function", "easy", ("arrays",)) for n in range(30)]
    slot = Slot(frozenset({"function"}), frozenset({"easy"}))
    assert len({draw([slot], bank, seed)[0].slug for seed in range(60)}) > 15


def test_topics_are_spread_where_they_can_be() -> None:
    bank = [Candidate(f"a-{n}", "function", "easy", ("arrays",)) for n in range(9)]
    bank.append(Candidate("t-1", "function", "easy", ("trees",)))
    slot = Slot(frozenset({"function"}), frozenset({"easy"}))
    for seed in range(20):
        assert {one.topics[0] for one in draw([slot, slot], bank, seed)} == {"arrays", "trees"}
