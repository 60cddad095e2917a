"""Runs and submissions in an interview: as in practice, but only what the format lets be asked and shown."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer import kinds
from trainer.bank.interviews import Disclosure, Format, format_of
from trainer.bank.problem import Problem as Content
from trainer.bank.problem import Reveal
from trainer.errors import Invalid, NotFound
from trainer.kinds.feedback import Feedback
from trainer.models import Interview, InterviewTask, Purpose, Submission
from trainer.services import catalogue, submissions
from trainer.services.author import Author
from trainer.services.interviews import sitting
from trainer.services.interviews.state import Over, check_running, clock_of

LIVE_REVEAL = Reveal.NAME
"""Where something is said at once: the first failure by its name, no more."""


def author(interview: Interview, task: InterviewTask) -> Author:
    return Author(user_id=interview.user_id, task_id=task.id)


def send(
    session: Session,
    interview: Interview,
    number: int,
    *,
    language: str,
    source: str,
    purpose: Purpose,
    own_inputs: list[dict[str, str]] | None = None,
) -> Submission:
    """Put a submission, or a run, of a task into the queue. Raises Over, NotFound, Invalid, TooLarge, Busy."""
    session.refresh(interview, ["ended_at", "closed_at"], with_for_update={"read": True})
    check_running(interview)
    task = sitting.task(interview, number)
    if task.version is None:
        raise NotFound("A question is answered in words; nothing runs.")
    if purpose is Purpose.RUN and reveal(interview) is Disclosure.NONE and not own_inputs:
        raise Invalid(_own_only(catalogue.content(session, task.version)), field="own_inputs")
    submission = submissions.put(
        session,
        author(interview, task),
        task.version,
        language=language,
        source=source,
        purpose=purpose,
        own_inputs=own_inputs or [],
    )
    if not clock_of(interview).counts(submission.created_at):
        raise Over("The time was over before this arrived.")
    return submission


def reveal(interview: Interview) -> Disclosure:
    """What may be said before the end."""
    return format_of(interview.format).reveal


def shows_samples(interview: Interview) -> bool:
    """May the samples be seen before the end?"""
    return reveal(interview) is not Disclosure.NONE


def tells(interview: Interview, submission: Submission) -> bool:
    """May anything be said of what came out before the end?"""
    return submission.purpose is Purpose.RUN or reveal(interview) is Disclosure.LIVE


def feedback(session: Session, interview: Interview, submission: Submission) -> Feedback | None:
    """What came out, as far as the format lets it be told before the end; None while there is nothing to tell."""
    if not tells(interview, submission):
        return None
    return submissions.feedback(session, submission, reveal=LIVE_REVEAL, with_mistakes=False)


def of_task(session: Session, task: InterviewTask) -> list[Submission]:
    """What was submitted for a task, runs too, oldest first, records loaded."""
    return by_task(session, [task]).get(task.id, [])


def by_task(session: Session, tasks: Sequence[InterviewTask]) -> dict[int, list[Submission]]:
    """What was submitted for each of these tasks, runs too, oldest first, records loaded."""
    query = sa.select(Submission).where(Submission.task_id.in_([task.id for task in tasks]))
    found: dict[int, list[Submission]] = {}
    for one in session.scalars(query.order_by(Submission.id).options(undefer(Submission.record))):
        found.setdefault(one.task_id or 0, []).append(one)
    return found


def submitted(session: Session, interview: Interview) -> set[int]:
    """Ids of the tasks for which something was submitted."""
    query = sa.select(Submission.task_id).where(
        Submission.task_id.in_([task.id for task in interview.tasks]), Submission.purpose == Purpose.SUBMIT
    )
    return {task_id for task_id in session.scalars(query.distinct()) if task_id is not None}


def format_for(session: Session, submission: Submission) -> Format | None:
    """The format of the interview that it was sent in, which says how it is run; None outside of interviews."""
    if submission.task_id is None:
        return None
    interview = session.scalar(
        sa.select(Interview)
        .join(InterviewTask, InterviewTask.interview_id == Interview.id)
        .where(InterviewTask.id == submission.task_id)
    )
    return None if interview is None else format_of(interview.format)


def _own_only(content: Content) -> str:
    """Where own input is written on a page of this kind."""
    if content.service is not None:
        return "In this interview only requests of your own run. Send one in the request console."
    if not kinds.get(content.kind).own_fields(content):
        return "In this interview nothing runs before the end. Submit your answer; what you typed here is kept, too."
    return "In this interview only your own input runs. Write one under Your input, among the results."
