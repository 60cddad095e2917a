"""Who begins with what: nothing is lost or doubled, and what takes long begins first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.turns import dealt


class Item:
    """A test, as far as its turn depends on it."""

    def __init__(self, name: str, *marks: str) -> None:
        self.name = name
        self.get_closest_marker = lambda mark: mark if mark in marks else None


def names(items: Sequence[Any], workers: int) -> list[str]:
    return [item.name for item in dealt(items, workers)]


def items(sort: str, count: int, *marks: str) -> list[Any]:
    return [Item(f"{sort} {number}", sort, *marks) for number in range(count)]


def test_each_part_begins_with_what_takes_long_and_ends_with_what_is_short() -> None:
    suite = [*items("unit", 4), *items("browser", 2), *items("engine", 1), *items("setup", 1, "slow")]
    assert names(suite, 2) == [
        *("browser 0", "browser 1", "unit 0", "unit 1"),
        *("setup 0", "engine 0", "unit 2", "unit 3"),
    ]


def test_who_waits_for_no_box_begins_with_what_is_short() -> None:
    suite = [*items("browser", 1), *items("unit", 4), *items("engine", 1)]
    assert names(suite, 3) == ["browser 0", "unit 0", "engine 0", "unit 1", "unit 2", "unit 3"]


def test_a_sort_that_is_too_much_for_one_part_is_shared() -> None:
    assert names(items("browser", 5), 2) == [f"browser {number}" for number in range(5)]


@pytest.mark.parametrize("workers", range(1, 7))
@pytest.mark.parametrize("counts", [(0, 0, 0), (1, 0, 0), (9, 2, 40), (30, 30, 1)])
def test_every_test_has_one_turn(workers: int, counts: tuple[int, int, int]) -> None:
    browser, engine, unit = counts
    suite = [*items("browser", browser), *items("engine", engine), *items("unit", unit)]
    assert sorted(names(suite, workers)) == sorted(item.name for item in suite)
