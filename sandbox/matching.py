"""Pairs values off that may differ a little in their numbers: bags and sets in which 0.1 + 0.2 stands for 0.3.

Being close is not transitive, so counting does not do: a pairing is searched for. Values of one form are first parted
where their numbers leave a gap; what is left in a part is nearly always all close to each other. Where it is not, one
number each is paired in sorted order, which is the best there is, and more numbers by augmenting paths, up to `MOST`
comparisons; beyond that in sorted order, which accepts nothing that is not close.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

Number: TypeAlias = int | float | Decimal
Places = tuple[int, ...]

MOST = 40_000
"""Comparisons up to which the best pairing of one part is searched for: an answer must not keep the judge busy."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two numbers may be apart: at most `absolute`, or this share of the larger one.

    An infinity is close to itself only. Either both are decimals, or none is.
    """

    absolute: float
    relative: float = 0.0

    def close(self, one: Number, other: Number) -> bool:
        if one == other:
            return True
        try:
            apart, largest = float(abs(one - other)), max(abs(float(one)), abs(float(other)))  # type: ignore[operator]
        except ArithmeticError:  # an integer beyond all floats, an exponent beyond all decimals
            return False
        return largest != float("inf") and (apart <= self.absolute or apart <= self.relative * largest)


@dataclass(frozen=True, slots=True)
class Item:
    """A value taken apart: a `form`, in which equal means equal, and numbers, none of them NaN, that may differ.

    `tolerances` has one for each number.
    """

    form: Hashable
    numbers: tuple[Number, ...] = ()
    tolerances: tuple[Tolerance, ...] = ()

    def close(self, other: Item) -> bool:
        """Do both stand for the same?"""
        if self.form != other.form or self.tolerances != other.tolerances:
            return False
        return _close(self, other)


def unpaired(mine: Sequence[Item], theirs: Sequence[Item]) -> tuple[Places, Places]:
    """Places of the items of both sides that stay without a partner on the other."""
    return _unmet(mine, theirs, _pair)


def unlike(mine: Sequence[Item], theirs: Sequence[Item]) -> tuple[Places, Places]:
    """Places of the items of both sides that are close to none on the other."""
    return _unmet(mine, theirs, _meet)


Part = tuple[list[int], list[int]]
"""Places of items on both sides that may be close to each other, and to none in another part."""
Meeting = Callable[[Sequence[Item], Sequence[Item], Part], Part]
"""Which places of a part stay alone."""


def _unmet(mine: Sequence[Item], theirs: Sequence[Item], meeting: Meeting) -> tuple[Places, Places]:
    alone: Part = ([], [])
    for part in _parts(mine, theirs):
        for places, more in zip(alone, meeting(mine, theirs, part), strict=True):
            places.extend(more)
    return tuple(sorted(alone[0])), tuple(sorted(alone[1]))


def _parts(mine: Sequence[Item], theirs: Sequence[Item]) -> Iterator[Part]:
    by_form: Mapping[Hashable, Part] = defaultdict(lambda: ([], []))
    for side, items in enumerate((mine, theirs)):
        for place, item in enumerate(items):
            by_form[item.form, item.tolerances][side].append(place)
    for part in by_form.values():
        yield from _parted(mine, theirs, part)


def _parted(mine: Sequence[Item], theirs: Sequence[Item], part: Part) -> Iterator[Part]:
    """Part items of one form where a number of theirs has a gap that none of them bridges."""
    everything = [mine[place] for place in part[0]] + [theirs[place] for place in part[1]]
    tolerances = everything[0].tolerances
    ranks = [_ranks({item.numbers[n] for item in everything}, tolerances[n]) for n in range(len(tolerances))]
    found: Mapping[Places, Part] = defaultdict(lambda: ([], []))
    for side, items in enumerate((mine, theirs)):
        for place in part[side]:
            numbers = items[place].numbers
            found[tuple(rank[number] for rank, number in zip(ranks, numbers, strict=True))][side].append(place)
    yield from found.values()


def _ranks(numbers: set[Number], tolerance: Tolerance) -> dict[Number, int]:
    """For each number how many gaps lie below it."""
    ordered = sorted(numbers)
    rank, ranks = 0, {ordered[0]: 0}
    for below, number in pairwise(ordered):
        rank += not tolerance.close(below, number)
        ranks[number] = rank
    return ranks


def _pair(mine: Sequence[Item], theirs: Sequence[Item], part: Part) -> Part:
    left, right = part
    if not left or not right or _all_close(mine, theirs, part):
        both = min(len(left), len(right))
        return left[both:], right[both:]
    left, right = _sorted(mine, left), _sorted(theirs, right)
    if len(mine[left[0]].numbers) == 1 or len(left) * len(right) > MOST:
        return _walk(mine, theirs, left, right)
    return _augment(mine, theirs, left, right)


def _meet(mine: Sequence[Item], theirs: Sequence[Item], part: Part) -> Part:
    left, right = part
    if not left or not right:
        return part
    if _all_close(mine, theirs, part):
        return [], []
    return _without(mine, theirs, left, right), _without(theirs, mine, right, left)


def _without(items: Sequence[Item], others: Sequence[Item], places: list[int], among: list[int]) -> list[int]:
    """Places of the items that are close to none of the others."""
    choices = {others[place].numbers: others[place] for place in among}
    ordered = sorted(choices)
    few = len(places) * len(ordered) <= MOST and len(items[places[0]].numbers) > 1

    def is_alone(item: Item) -> bool:
        at = bisect_left(ordered, item.numbers)
        near = ordered if few else ordered[max(0, at - 1) : at + 1]  # of one number the neighbours are the closest
        return not any(_close(item, choices[numbers]) for numbers in near)

    return [place for place in places if is_alone(items[place])]


def _all_close(mine: Sequence[Item], theirs: Sequence[Item], part: Part) -> bool:
    """Are the smallest and the largest of each number close? Then all between them are."""
    everything = [mine[place] for place in part[0]] + [theirs[place] for place in part[1]]
    columns = zip(*(item.numbers for item in everything), strict=True)
    return all(
        tolerance.close(min(column), max(column))
        for tolerance, column in zip(everything[0].tolerances, columns, strict=True)
    )


def _close(one: Item, other: Item) -> bool:
    triples = zip(one.tolerances, one.numbers, other.numbers, strict=True)
    return all(tolerance.close(a, b) for tolerance, a, b in triples)


def _sorted(items: Sequence[Item], places: list[int]) -> list[int]:
    return sorted(places, key=lambda place: items[place].numbers)


def _walk(mine: Sequence[Item], theirs: Sequence[Item], left: list[int], right: list[int]) -> Part:
    """Pair in sorted order: of two that are not close the smaller one stays alone."""
    alone: Part = ([], [])
    here = there = 0
    while here < len(left) and there < len(right):
        one, other = mine[left[here]], theirs[right[there]]
        if _close(one, other):
            here, there = here + 1, there + 1
        elif one.numbers < other.numbers:
            alone[0].append(left[here])
            here += 1
        else:
            alone[1].append(right[there])
            there += 1
    return [*alone[0], *left[here:]], [*alone[1], *right[there:]]


def _augment(mine: Sequence[Item], theirs: Sequence[Item], left: list[int], right: list[int]) -> Part:
    """The largest pairing, by augmenting paths (Kuhn 1955), each searched for breadth first."""
    near = {one: [other for other in right if _close(mine[one], theirs[other])] for one in left}
    partner: dict[int, int] = {}
    alone = [one for one in left if not _takes_in(one, near, partner)]
    return alone, [other for other in right if other not in partner]


def _takes_in(start: int, near: Mapping[int, list[int]], partner: dict[int, int]) -> bool:
    """Find a partner for one more, letting others change theirs. `partner` is by the other side's places."""
    came_from: dict[int, int] = {}
    waiting = [start]
    for one in waiting:
        for other in near[one]:
            if other in came_from:
                continue
            came_from[other] = one
            if other not in partner:
                _change(other, start, came_from, partner)
                return True
            waiting.append(partner[other])
    return False


def _change(free: int, start: int, came_from: Mapping[int, int], partner: dict[int, int]) -> None:
    before = {one: other for other, one in partner.items()}
    other = free
    while True:
        one = came_from[other]
        partner[other] = one
        if one == start:
            return
        other = before[one]
