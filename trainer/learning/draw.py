"""Draws the tasks of an interview: by rules, fresh ones first, the same ones for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """What one task must be. Empty sets allow all; a problem may take `most_minutes` in practice."""

    kinds: frozenset[str]
    difficulties: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    most_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One problem. `seen`: this student has opened, tried or drawn it before."""

    slug: str
    kind: str
    difficulty: str
    topics: tuple[str, ...]
    seen: bool = False
    minutes: int = 0

    def fits(self, slot: Slot) -> bool:
        return (
            self.kind in slot.kinds
            and (not slot.difficulties or self.difficulty in slot.difficulties)
            and (not slot.topics or not slot.topics.isdisjoint(self.topics))
            and (slot.most_minutes is None or self.minutes <= slot.most_minutes)
        )


class NotEnough(Exception):
    """The bank cannot fill a slot. `slot` is the first such, counted from 0."""

    def __init__(self, slot: int) -> None:
        super().__init__(f"no problem is left for task {slot + 1}")
        self.slot = slot


def draw(slots: Sequence[Slot], candidates: Iterable[Candidate], seed: int) -> tuple[Candidate, ...]:
    """A problem for each slot, none twice.

    One that was seen is taken only where no fresh one is left for its slot, whatever is drawn for the others. Of
    several, those of which most fresh ones are left come first, so that many interviews can be drawn without a repeat;
    then those whose main topic is not drawn yet. Raises NotEnough.
    """
    shuffled = sorted(candidates, key=lambda one: one.slug)
    random.Random(seed).shuffle(shuffled)
    plenty = _plenty(slots, shuffled)
    fitting = [[one for one in shuffled if one.fits(slot)] for slot in slots]
    chosen: dict[str, int] = {}
    for fresh_only in (True, False):
        for at in _narrow_first(slots, fitting):
            if at not in chosen.values():
                _assign(at, fitting, plenty, chosen, fresh_only, set())
    drawn = {at: slug for slug, at in chosen.items()}
    missing = next((at for at in range(len(slots)) if at not in drawn), None)
    if missing is not None:
        raise NotEnough(missing)
    by_slug = {one.slug: one for one in shuffled}
    return tuple(by_slug[drawn[at]] for at in range(len(slots)))


def _plenty(slots: Sequence[Slot], candidates: Sequence[Candidate]) -> dict[str, float]:
    """By slug: how many fresh ones of its sort, which fits the same slots, are left for each of these slots."""
    uses = {one.slug: tuple(at for at, slot in enumerate(slots) if one.fits(slot)) for one in candidates}
    fresh = Counter(uses[one.slug] for one in candidates if not one.seen)
    return {slug: fresh[used] / max(1, len(used)) for slug, used in uses.items()}


def _narrow_first(slots: Sequence[Slot], fitting: Sequence[Sequence[Candidate]]) -> list[int]:
    return sorted(range(len(slots)), key=lambda at: (len(fitting[at]), at))


def _assign(
    at: int,
    fitting: Sequence[Sequence[Candidate]],
    plenty: Mapping[str, float],
    chosen: dict[str, int],
    fresh_only: bool,
    tried: set[str],
) -> bool:
    """Find a problem for a slot; one that another slot holds is taken over where that slot finds a different one."""
    mains = {topic for slug in chosen for topic in _mains(slug, fitting)}
    options = [one for one in fitting[at] if one.slug not in tried and not (fresh_only and one.seen)]

    def rank(one: Candidate) -> tuple[bool, bool, float, bool]:
        return one.seen, one.slug in chosen, -plenty[one.slug], one.topics[0] in mains

    for one in sorted(options, key=rank):
        tried.add(one.slug)
        holder = chosen.get(one.slug)
        if holder is None or _assign(holder, fitting, plenty, chosen, fresh_only, tried):
            chosen[one.slug] = at
            return True
    return False


def _mains(slug: str, fitting: Sequence[Sequence[Candidate]]) -> set[str]:
    return {one.topics[0] for options in fitting for one in options if one.slug == slug}


def draw_questions(
    groups: Sequence[str], known: Mapping[str, Sequence[str]], asked: Collection[str], seed: int
) -> list[str]:
    """A question for each wanted group, none twice; those not asked before come first. Raises NotEnough."""
    shuffled = {group: sorted(ids) for group, ids in known.items()}
    dice = random.Random(seed)
    for group in sorted(shuffled):
        dice.shuffle(shuffled[group])
        shuffled[group].sort(key=lambda one: one in asked)
    drawn = []
    for place, group in enumerate(groups):
        if not shuffled.get(group):
            raise NotEnough(place)
        drawn.append(shuffled[group].pop(0))
    return drawn
