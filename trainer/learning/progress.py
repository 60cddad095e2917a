"""What a student has done, by topic, and which problem comes next: pure rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    """One problem and what a student did with it. `difficulty` counts from 0 (easy); the main topic comes first."""

    slug: str
    title: str
    topics: tuple[str, ...]
    difficulty: int
    minutes: int
    state: State
    tries: int = 0
    active_at: datetime | None = None
    warm_up: bool = False


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic. `attempted` counts problems tried or accepted; `next` is the slug of the problem to take next."""

    topic: str
    solved: int
    attempted: int
    total: int
    tries: int
    active_at: datetime | None
    next: Work | None


def by_topic(works: Iterable[Work], topics: Iterable[str]) -> list[TopicRow]:
    """One row for each topic that has a problem, in the order of `topics`. A problem counts in each of its topics."""
    works = list(works)
    rows = []
    for topic in topics:
        of_topic = [work for work in works if topic in work.topics]
        if of_topic:
            rows.append(_row(topic, of_topic))
    return rows


def recommend(works: Iterable[Work], prerequisites: Mapping[str, Iterable[str]]) -> Work | None:
    """The problem to take next, or None when all are accepted.

    First what was begun and is not accepted, the latest first. Then a new problem whose main topic has its
    prerequisites touched (an accepted problem in each that has any), the easiest and shortest first. A warm-up is
    named only where nothing else is left.
    """
    works = list(works)
    begun = [w for w in works if w.state is State.TRIED]
    if begun:
        return max(begun, key=lambda w: (w.active_at is not None, w.active_at, w.slug))
    fresh = [w for w in works if w.state is State.NEW]
    touched = {topic for w in works if w.state is State.ACCEPTED for topic in w.topics}
    offered = {topic for w in works for topic in w.topics}

    def missing(work: Work) -> int:
        return sum(1 for p in prerequisites.get(work.topics[0], ()) if p in offered and p not in touched)

    return min(fresh, key=lambda w: (w.warm_up, w.difficulty, missing(w), w.minutes, w.slug), default=None)


def _row(topic: str, works: list[Work]) -> TopicRow:
    moments = [w.active_at for w in works if w.active_at is not None]
    return TopicRow(
        topic=topic,
        solved=sum(w.state is State.ACCEPTED for w in works),
        attempted=sum(w.state is not State.NEW for w in works),
        total=len(works),
        tries=sum(w.tries for w in works),
        active_at=max(moments, default=None),
        next=recommend(works, {}),
    )
