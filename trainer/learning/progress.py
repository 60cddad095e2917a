"""What a student has done, by topic, and which problem comes next: pure rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class State(StrEnum):
    """Where a student stands with one problem."""

    NEW = "new"
    TRIED = "tried"
    ACCEPTED = "accepted"


def state_of(*, tries: int, accepted: bool) -> State:
    if accepted:
        return State.ACCEPTED
    return State.TRIED if tries else State.NEW


@dataclass(frozen=True, slots=True)
class Work:
    """One problem and what a student did with it. `difficulty` counts from 0 (easy); the main topic comes first.

    `label` names the kind of problem, as the list does. `active_s` are seconds of work at it, where they are known.
    """

    slug: str
    title: str
    topics: tuple[str, ...]
    difficulty: int
    minutes: int
    state: State
    tries: int = 0
    active_at: datetime | None = None
    warm_up: bool = False
    label: str = ""
    active_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Some problems and what a student did with them. `attempted` counts problems that were tried or accepted."""

    solved: int
    attempted: int
    total: int
    tries: int
    active_s: float
    active_at: datetime | None

    @property
    def tried(self) -> int:
        """Problems that were tried and are not accepted."""
        return self.attempted - self.solved


def tally(works: Iterable[Work]) -> Tally:
    works = list(works)
    return Tally(
        solved=sum(work.state is State.ACCEPTED for work in works),
        attempted=sum(work.state is not State.NEW for work in works),
        total=len(works),
        tries=sum(work.tries for work in works),
        active_s=sum(work.active_s for work in works),
        active_at=max((work.active_at for work in works if work.active_at is not None), default=None),
    )


def by_difficulty(works: Iterable[Work]) -> dict[int, Tally]:
    """A tally of each difficulty that has a problem, easy first."""
    works = list(works)
    return {level: tally(work for work in works if work.difficulty == level) for level in _sorted(works)}


def by_label(works: Iterable[Work]) -> dict[str, Tally]:
    """A tally of each kind of problem, the one with most problems first."""
    works = list(works)
    found = {label: tally(work for work in works if work.label == label) for label in {work.label for work in works}}
    return dict(sorted(found.items(), key=lambda item: (-item[1].total, item[0])))


def begun(works: Iterable[Work]) -> list[Work]:
    """What was tried and is not accepted, the latest first."""
    return sorted((work for work in works if work.state is State.TRIED), key=_when, reverse=True)


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic. `attempted` counts problems tried or accepted; `next` is the problem to take next."""

    topic: str
    solved: int
    attempted: int
    total: int
    tries: int
    active_at: datetime | None
    next: Work | None


def by_topic(works: Iterable[Work], topics: Iterable[str]) -> list[TopicRow]:
    """One row for each topic that has a problem, in the order of `topics`. A problem counts in each of its topics."""
    of_topic: dict[str, list[Work]] = {}
    for work in works:
        for topic in dict.fromkeys(work.topics):
            of_topic.setdefault(topic, []).append(work)
    return [_row(topic, of_topic[topic]) for topic in topics if topic in of_topic]


class Reason(StrEnum):
    """Why a problem comes next."""

    BEGUN = "begun"
    SAME_TOPIC = "same topic"
    HARDER = "harder"
    BUILDS_ON = "builds on"
    NEW_TOPIC = "new topic"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Next:
    """The problem to take next. `topic` is the one that the reason speaks of."""

    work: Work
    reason: Reason
    topic: str


def recommend(
    works: Iterable[Work], prerequisites: Mapping[str, Iterable[str]], after: Work | None = None
) -> Next | None:
    """The problem to take next, or None when all are accepted. `after` is an accepted one that was just worked on.

    Without `after`: what was begun last, while nothing was accepted since; otherwise what follows the problem that was
    accepted last. What follows a problem has a topic in common with it, the main one rather than another, or builds on
    its topics; and among these the level that is nearest, harder rather than easier. Where nothing follows: what was
    begun, and then a new problem, an easy one whose topic has its prerequisites touched. A warm-up is named only where
    nothing else is left.
    """
    works = list(works)
    open_works = [work for work in works if work.state is not State.ACCEPTED]
    begun = max((work for work in open_works if work.state is State.TRIED), key=_when, default=None)
    if after is None:
        accepted = [work for work in works if work.state is State.ACCEPTED and work.active_at is not None]
        after = max(accepted, key=_when, default=None)
        if begun is not None and (after is None or _when(begun) > _when(after)):
            return Next(begun, Reason.BEGUN, begun.topics[0])
    followers = [work for work in open_works if not work.warm_up and work is not after]
    if after is not None and (found := _follower(after, followers, prerequisites)):
        return found
    return Next(begun, Reason.BEGUN, begun.topics[0]) if begun is not None else _fresh(works, prerequisites)


def _follower(after: Work, works: Iterable[Work], prerequisites: Mapping[str, Iterable[str]]) -> Next | None:
    """What follows a problem by its topics, at the level that is nearest."""

    def closeness(work: Work) -> int | None:
        if work.topics[0] == after.topics[0]:
            return 0
        if not set(after.topics).isdisjoint(work.topics):
            return 1
        return 2 if not set(after.topics).isdisjoint(prerequisites.get(work.topics[0], ())) else None

    def rank(work: Work) -> tuple[int, int, bool, int, str]:
        step = work.difficulty - after.difficulty
        return closeness(work) or 0, abs(step), step < 0, work.minutes, work.slug

    chosen = min((work for work in works if closeness(work) is not None), key=rank, default=None)
    return None if chosen is None else Next(chosen, *_why(after, chosen, prerequisites))


def _why(after: Work, chosen: Work, prerequisites: Mapping[str, Iterable[str]]) -> tuple[Reason, str]:
    if chosen.state is State.TRIED:
        return Reason.BEGUN, chosen.topics[0]
    common = [topic for topic in after.topics if topic in chosen.topics]
    if common:
        return Reason.HARDER if chosen.difficulty > after.difficulty else Reason.SAME_TOPIC, common[0]
    return Reason.BUILDS_ON, next(topic for topic in after.topics if topic in prerequisites[chosen.topics[0]])


def _fresh(works: list[Work], prerequisites: Mapping[str, Iterable[str]]) -> Next | None:
    """A new problem: easy ones first, and those whose main topic has its prerequisites touched."""
    touched = {topic for work in works if work.state is State.ACCEPTED for topic in work.topics}
    offered = {topic for work in works for topic in work.topics}

    def rank(work: Work) -> tuple[bool, int, int, int, str]:
        missing = sum(1 for p in prerequisites.get(work.topics[0], ()) if p in offered and p not in touched)
        return work.warm_up, work.difficulty, missing, work.minutes, work.slug

    chosen = min((work for work in works if work.state is State.NEW), key=rank, default=None)
    if chosen is None:
        return None
    is_new = chosen.topics[0] not in touched
    return Next(chosen, Reason.NEW_TOPIC if is_new else Reason.LEFT, chosen.topics[0])


def _sorted(works: Iterable[Work]) -> list[int]:
    return sorted({work.difficulty for work in works})


def _when(work: Work) -> tuple[bool, datetime, str]:
    """What was worked on later is larger; what has no moment is the smallest."""
    return work.active_at is not None, work.active_at or datetime.min.replace(tzinfo=UTC), work.slug


def _row(topic: str, works: list[Work]) -> TopicRow:
    found = tally(works)
    return TopicRow(
        topic=topic,
        solved=found.solved,
        attempted=found.attempted,
        total=found.total,
        tries=found.tries,
        active_at=found.active_at,
        next=_next_of_topic(works),
    )


def _next_of_topic(works: list[Work]) -> Work | None:
    found = recommend(works, {})
    return None if found is None else found.work
