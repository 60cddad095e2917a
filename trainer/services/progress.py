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
    """`rows` are the topics that have problems, in the bank's order; `next` is what to take next, if any is left."""

    rows: tuple[TopicRow, ...]
    works: tuple[Work, ...]
    next: Next | None
    all: Tally

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
    works = _works(session, user_id, entries)
    rows = by_topic(works, [topic.id for topic in topics])
    return Overview(
        rows=tuple(rows),
        works=tuple(works),
        next=recommend(list(works), {topic.id: topic.prerequisites for topic in topics}),
        all=tally(works),
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
    for title, rows in groupby(sorted(overview.rows, key=_place(topics)), lambda row: group_of[row.topic]):
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
    works = _works(session, user_id)
    done = next((work for work in works if work.slug == slug), None)
    others = [work for work in works if work is not done]
    return recommend(others, {topic.id: topic.prerequisites for topic in topics}, done)


def _works(session: Session, user_id: int, entries: Sequence[catalogue.Entry] | None = None) -> list[Work]:
    attempts = session.execute(
        sa.select(Problem.slug, Attempt.active_at, Attempt.active_s)
        .join(Attempt, Attempt.problem_id == Problem.id)
        .where(Attempt.user_id == user_id)
    )
    attempted = {row.slug: row for row in attempts}
    sent = _by_slug(
        session,
        sa.select(Problem.slug, sa.func.max(Submission.created_at))
        .join(Submission, Submission.problem_id == Problem.id)
        .where(Author(user_id=user_id).owns())
        .group_by(Problem.slug),
    )
    return [
        Work(
            slug=entry.slug,
            title=entry.title,
            topics=entry.topics,
            difficulty=catalogue.DIFFICULTIES.index(entry.difficulty),
            minutes=entry.minutes,
            state=entry.state,
            tries=entry.tries,
            warm_up=entry.warm_up,
            label=entry.label,
            active_at=attempted[entry.slug].active_at if entry.slug in attempted else sent.get(entry.slug),
            active_s=attempted[entry.slug].active_s if entry.slug in attempted else 0.0,
        )
        for entry in (catalogue.entries(session, user_id) if entries is None else entries)
    ]


def _by_slug(session: Session, query: sa.Select[str, datetime]) -> dict[str, datetime]:
    return {row[0]: row[1] for row in session.execute(query)}
