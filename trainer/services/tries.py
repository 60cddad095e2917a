"""A student's tries at a problem, numbered: what counts as one is said here alone."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from trainer.errors import NotFound
from trainer.models import Problem, Purpose, Submission
from trainer.services import paging
from trainer.services.author import Author
from trainer.services.paging import Page

JUDGE_ERROR = "judge error"


@dataclass(frozen=True, slots=True)
class Try:
    """One submission. `number` counts tries from 1; 0 for a judge error, which is none.

    `total` are all submissions, `counted` those that are tries.
    """

    number: int
    total: int
    counted: int
    submission: Submission


def counts() -> sa.ColumnElement[bool]:
    """The condition that a submission is a try: runs are free, a judge error is our fault, what waits counts."""
    return sa.and_(Submission.purpose == Purpose.SUBMIT, sa.func.coalesce(Submission.verdict, "") != JUDGE_ERROR)


def listed(session: Session, author: Author, slug: str) -> list[Try]:
    """The newest page of the author's tries at a problem, without what was sent: it may be large."""
    return list(_on_page(session, author, slug, 1))


def page(session: Session, author: Author, slug: str, number: int) -> Page[Try]:
    """One page of the author's tries at a problem, newest first, without what was sent."""
    found = _on_page(session, author, slug, number)
    any_of_them = found or (_on_page(session, author, slug, 1) if number > 1 else ())
    return Page(tuple(found), number, any_of_them[0].total if any_of_them else 0)


def find(session: Session, author: Author, slug: str, submission_id: int) -> tuple[Try, Try | None]:
    """One try and the one before it, however old. Raises NotFound."""
    found = _read(session, _newest_first(author, slug).where(Submission.id <= submission_id).limit(2))
    if not found or found[0].submission.id != submission_id:
        raise NotFound("There is no such submission.")
    return found[0], found[1] if len(found) > 1 else None


def number_of(session: Session, author: Author, submission: Submission) -> int:
    """Which of the author's tries at the problem this is, counted from 1."""
    query = sa.select(sa.func.count()).where(
        author.owns(), Submission.problem_id == submission.problem_id, Submission.id < submission.id, counts()
    )
    return 1 + (session.scalar(query) or 0)


def _on_page(session: Session, author: Author, slug: str, number: int) -> list[Try]:
    without = (defer(Submission.source), defer(Submission.own_inputs))
    return _read(session, paging.on_page(_newest_first(author, slug).options(*without), number))


def _newest_first(author: Author, slug: str) -> sa.Select[Submission, int, int, int]:
    one_each = sa.func.sum(sa.case((counts(), 1), else_=0))
    so_far = one_each.over(order_by=Submission.id)
    numbers = (
        sa.select(
            Submission.id,
            sa.case((counts(), so_far), else_=0).label("number"),
            sa.func.count().over().label("total"),
            one_each.over().label("counted"),
        )
        .join(Problem, Problem.id == Submission.problem_id)
        .where(author.owns(), Submission.purpose == Purpose.SUBMIT, Problem.slug == slug)
        .subquery()
    )
    return (
        sa.select(Submission, numbers.c.number, numbers.c.total, numbers.c.counted)
        .join(numbers, numbers.c.id == Submission.id)
        .order_by(Submission.id.desc())
    )


def _read(session: Session, query: sa.Select[Submission, int, int, int]) -> list[Try]:
    return [
        Try(int(number), total, int(counted), submission)
        for submission, number, total, counted in session.execute(query)
    ]
