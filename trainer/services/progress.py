"""A student's progress: what was solved and tried by topic, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.topics import Topic
from trainer.clock import now
from trainer.learning.activity import Week, calendar, first_day
from trainer.learning.progress import Next, Tally, TopicRow, Work, by_topic, recommend, tally
from trainer.models import Problem, Submission
from trainer.models.attempt import Attempt
from trainer.services import catalogue, tries
from trainer.services.author import Author


@dataclass(frozen=True, slots=True)
class Overview:
    """`topics` are those of the bank, in its order; `next` is what to take next, if any is left."""

    topics: tuple[str, ...]
    works: tuple[Work, ...]
    next: Next | None
    all: Tally

    def by_topic(self) -> list[TopicRow]:
        """The topics that have problems, in the bank's order."""
        return by_topic(self.works, self.topics)

    @property
    def solved(self) -> int:
        return self.all.solved

    @property
    def attempted(self) -> int:
        return self.all.attempted

    @property
    def total(self) -> int:
        return self.all.total

    @property
    def tries(self) -> int:
        return self.all.tries

    @property
    def empty(self) -> bool:
        return self.attempted == 0

    @property
    def recent(self) -> list[Work]:
        """What was worked on, the latest first."""
        active = [work for work in self.works if work.active_at is not None]
        return sorted(active, key=lambda work: work.active_at or now(), reverse=True)


def overview(
    session: Session, user_id: int, topics: list[Topic], entries: Sequence[catalogue.Entry] | None = None
) -> Overview:
    """`entries` is the student's whole list of problems, where the caller has read it already."""
    found = works(session, user_id, entries)
    return Overview(
        topics=tuple(topic.id for topic in topics),
        works=tuple(found),
        next=recommend(found, _prerequisites(topics)),
        all=tally(found),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The topics of one group that have problems. A problem of several topics counts once in the group."""

    title: str
    rows: tuple[TopicRow, ...]
    all: Tally


def by_group(overview: Overview, topics: list[Topic]) -> list[Group]:
    """The topics of an overview by their groups, in the bank's order."""
    group_of = {topic.id: topic.group for topic in topics}
    found = []
    for title, rows in groupby(sorted(overview.by_topic(), key=_place(topics)), lambda row: group_of[row.topic]):
        kept = tuple(rows)
        names = {row.topic for row in kept}
        found.append(Group(title, kept, tally(work for work in overview.works if not names.isdisjoint(work.topics))))
    return found


def activity(session: Session, user_id: int, today: date) -> tuple[Week, ...]:
    """Submissions by day, in days of UTC. Runs and judge errors do not count."""
    day = sa.func.date(Submission.created_at)
    start = datetime.combine(first_day(today), datetime.min.time(), UTC)
    rows = session.execute(
        sa.select(day, sa.func.count())
        .where(Author(user_id=user_id).owns(), tries.counts(), Submission.created_at >= start)
        .group_by(day)
    )
    # SQLite has no dates: it answers with text.
    return calendar({date.fromisoformat(str(at)): count for at, count in rows}, today)


def _place(topics: list[Topic]) -> Callable[[TopicRow], int]:
    """Groups stand where their first topic does."""
    groups = list(dict.fromkeys(topic.group for topic in topics))
    group_of = {topic.id: groups.index(topic.group) for topic in topics}
    return lambda row: group_of[row.topic]


def after(session: Session, user_id: int, topics: list[Topic], slug: str) -> Next | None:
    """The problem to take after this one."""
    found = works(session, user_id)
    done = next((work for work in found if work.slug == slug), None)
    others = [work for work in found if work is not done]
    return recommend(others, _prerequisites(topics), done)


def _prerequisites(topics: list[Topic]) -> dict[str, tuple[str, ...]]:
    return {topic.id: topic.prerequisites for topic in topics}


_ATTEMPTS = sa.select(Problem.slug, Attempt.active_at, Attempt.active_s).join(
    Attempt, (Attempt.problem_id == Problem.id) & (Attempt.user_id == sa.bindparam("student"))
)


def works(session: Session, user_id: int, entries: Sequence[catalogue.Entry] | None = None) -> list[Work]:
    """All published problems, with what the student did with each. `entries` is as in `overview`."""
    attempted = {
        slug: (active_at, active_s) for slug, active_at, active_s in session.execute(_ATTEMPTS, {"student": user_id})
    }
    return [
        _work(entry, *attempted.get(entry.slug, (entry.sent_at, 0.0)))
        for entry in (catalogue.entries(session, user_id) if entries is None else entries)
    ]


def _work(entry: catalogue.Entry, active_at: datetime | None, active_s: float) -> Work:
    return Work(
        slug=entry.slug,
        title=entry.title,
        topics=entry.topics,
        difficulty=catalogue.DIFFICULTIES.index(entry.difficulty),
        minutes=entry.minutes,
        state=entry.state,
        tries=entry.tries,
        warm_up=entry.warm_up,
        label=entry.label,
        active_at=active_at,
        active_s=active_s,
    )
