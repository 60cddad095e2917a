"""How an interview stands now, by the server's clock, and what practice must not know of it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from trainer.bank.interviews import format_of
from trainer.clock import now
from trainer.errors import Conflict, Unreadable
from trainer.learning.interview import Clock, Ending, Phase
from trainer.models import Interview, InterviewTask, Problem, ProblemVersion, Submission
from trainer.services.interviews import drawing

_OPEN = sa.select(Interview.id).where(Interview.user_id == sa.bindparam("student"), Interview.closed_at.is_(None))
"""Asked with nearly every request, so it is made once: putting a query together costs more than running it."""


class Over(Conflict):
    """The interview is over: nothing more counts."""

    code = "interview_over"


class Held(Conflict):
    """This problem could be part of the interview that the student sits now."""

    code = "in_your_interview"


def clock_of(interview: Interview) -> Clock:
    return Clock(
        length=interview.bell_at - interview.started_at,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        abandoned=interview.abandoned,
    )


def title_of(interview: Interview) -> str:
    """The title of its format; where that cannot be read, the name of its file."""
    try:
        return format_of(interview.format).title
    except Unreadable:
        return interview.format_id


@dataclass(frozen=True, slots=True)
class Standing:
    """How an interview stands at the moment `now` of the server's clock."""

    now: datetime
    phase: Phase
    ending: Ending | None
    left: timedelta
    warnings: tuple[datetime, ...]


def standing(interview: Interview) -> Standing:
    clock, moment = clock_of(interview), now()
    return Standing(moment, clock.phase(moment), clock.ending(moment), clock.left(moment), clock.warnings())


def running(session: Session, user_id: int) -> Interview | None:
    """The interview that the student sits now, or None. One whose time is over does not run, closed or not."""
    interview_id = session.scalar(_OPEN, {"student": user_id})
    if interview_id is None:
        return None
    interview = session.scalar(loaded().where(Interview.id == interview_id, Interview.closed_at.is_(None)))
    return interview if interview is not None and not is_over(interview) else None


def is_over(interview: Interview) -> bool:
    return interview.closed_at is not None or clock_of(interview).ending(now()) is not None


def check_running(interview: Interview) -> None:
    """Raises Over."""
    if is_over(interview):
        raise Over("The interview is over. What counts is what the server had at the end; see the report.")


def held(session: Session, user_id: int) -> frozenset[int]:
    """Problems that could be in the student's running interview: practice knows nothing of them until it ends.

    All that its format could have drawn, so that nobody learns from what is closed which ones were drawn.
    """
    interview = running(session, user_id)
    if interview is None or interview.demo:
        return frozenset()
    drawn = frozenset(one.version.problem_id for one in interview.tasks if one.version is not None)
    return drawn | drawing.drawable(session, format_of(interview.format))


def check_apart(session: Session, user_id: int, earlier: Interview) -> None:
    """Raises Held where an interview that is over asks something that the one does which the student sits now."""
    now_asked = running(session, user_id) if is_over(earlier) else None
    if now_asked is not None and not now_asked.demo and _asked(now_asked) & _asked(earlier):
        raise Held("This interview shares a task with the one that you sit now. Its report is back when that is over.")


def _asked(interview: Interview) -> set[int | str]:
    """Problems and questions."""
    problems = {one.version.problem_id for one in interview.tasks if one.version is not None}
    return problems | {str(one.question["id"]) for one in interview.tasks if one.question}


def loaded() -> sa.Select[Interview]:
    """A query for interviews with their tasks and versions."""
    return sa.select(Interview).options(
        selectinload(Interview.tasks).joinedload(InterviewTask.version).joinedload(ProblemVersion.problem)
    )


def check_not_held(session: Session, user_id: int, *slugs: str) -> None:
    """Raises Held where a problem could be part of the interview that the student sits now."""
    held_ids = held(session, user_id)
    if held_ids and held_ids & set(session.scalars(sa.select(Problem.id).where(Problem.slug.in_(slugs)))):
        raise _held()


def check_sent_not_held(session: Session, user_id: int, submission_id: int) -> None:
    """The same for a problem that something sent in practice is of. Raises Held."""
    held_ids = held(session, user_id)
    if not held_ids:
        return
    sent = sa.select(Submission.problem_id).where(Submission.id == submission_id, Submission.user_id == user_id)
    if session.scalar(sent) in held_ids:
        raise _held()


def _held() -> Held:
    return Held("This problem could be in your interview. Its page is back when the interview is over.")
