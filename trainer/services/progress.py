"""A student's progress: what was solved and tried by topic, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.topics import Topic
from trainer.clock import now
from trainer.learning.progress import Next, State, TopicRow, Work, by_topic, recommend
from trainer.models import Problem, Submission
from trainer.models.attempt import Attempt
from trainer.services import catalogue
from trainer.services.author import Author


@dataclass(frozen=True, slots=True)
class Overview:
    """`rows` are the topics that have problems, in the bank's order; `next` is what to take next, if any is left."""

    rows: tuple[TopicRow, ...]
    works: tuple[Work, ...]
    next: Next | None
    solved: int
    attempted: int
    total: int
    tries: int

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
        solved=sum(w.state is State.ACCEPTED for w in works),
        attempted=sum(w.state is not State.NEW for w in works),
        total=len(works),
        tries=sum(w.tries for w in works),
    )


def after(session: Session, user_id: int, topics: list[Topic], slug: str) -> Next | None:
    """The problem to take after this one."""
    works = _works(session, user_id)
    done = next((work for work in works if work.slug == slug), None)
    others = [work for work in works if work is not done]
    return recommend(others, {topic.id: topic.prerequisites for topic in topics}, done)


def _works(session: Session, user_id: int, entries: Sequence[catalogue.Entry] | None = None) -> list[Work]:
    active = _by_slug(
        session,
        sa.select(Problem.slug, Attempt.active_at)
        .join(Attempt, Attempt.problem_id == Problem.id)
        .where(Attempt.user_id == user_id),
    )
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
            active_at=active.get(entry.slug) or sent.get(entry.slug),
        )
        for entry in (catalogue.entries(session, user_id) if entries is None else entries)
    ]


def _by_slug(session: Session, query: sa.Select[str, datetime]) -> dict[str, datetime]:
    return {row[0]: row[1] for row in session.execute(query)}
