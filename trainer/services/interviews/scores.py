"""Points of interviews: worked out once, when the last submission of a task is judged, and kept on the task's row."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.interviews import TaskRule, format_of
from trainer.errors import Unreadable
from trainer.kinds.record import read_record
from trainer.learning.interview import Sent, best
from trainer.learning.scoring import Outcome, Scored, in_hundred, score
from trainer.models import Interview, InterviewTask, Purpose, Submission, SubmissionStatus
from trainer.services import streaming
from trainer.services.interviews.state import clock_of, loaded

STOPPED = frozenset({"time limit exceeded", "memory limit exceeded", None})
"""Verdicts of cases that did not end, None of those that were not run."""


def outcome_of(record: dict[str, Any] | None) -> Outcome | None:
    """Counts of the hidden cases of a record; None where nothing was judged on them, which a judge error is, too.

    Raises Unreadable.
    """
    record = read_record(record) if record else None
    if record is None or record["verdict"] == "judge error":
        return None
    hidden = [case for case in record["cases"] if case["judged"] and not case["sample"]]
    if not hidden:
        return None
    ran = record["verdict"] != "compile error"
    return Outcome(
        accepted=sum(case["verdict"] == "accepted" for case in hidden),
        stopped=sum(ran and case["verdict"] in STOPPED for case in hidden),
        total=len(hidden),
    )


def score_of(session: Session, interview: Interview) -> int | None:
    """Out of 100, of what is judged by now; None where the judge has no points to give, or nobody can read them."""
    try:
        pairs = list(zip(interview.tasks, format_of(interview.format).tasks, strict=True))
        return in_hundred(_scored(rule, _points(session, interview, task, rule)) for task, rule in pairs)
    except Unreadable:
        return None


def keep_for(session: Session, submission_id: int) -> None:
    """Keep the points of the task for which something was judged just now, if it is the last of an interview's end."""
    interview_id = session.scalar(
        sa.select(InterviewTask.interview_id)
        .join(Submission, Submission.task_id == InterviewTask.id)
        .where(Submission.id == submission_id, Submission.purpose == Purpose.SUBMIT)
    )
    if interview_id is None:
        return
    # What cannot be read keeps no judgement from being recorded: the points are worked out when they are asked for.
    with suppress(Unreadable):
        keep(session, session.scalars(loaded().where(Interview.id == interview_id)).one())


def keep(session: Session, interview: Interview) -> None:
    """Keep the points of the tasks of a closed interview whose submissions are all judged."""
    if interview.closed_at is None:
        return
    waiting = set(
        session.scalars(
            sa.select(Submission.task_id).where(
                Submission.task_id.in_([task.id for task in interview.tasks]),
                Submission.status != SubmissionStatus.JUDGED,
                Submission.purpose == Purpose.SUBMIT,
            )
        )
    )
    for task, rule in zip(interview.tasks, format_of(interview.format).tasks, strict=True):
        if task.id not in waiting:
            task.points = _best_points(session, interview, task, rule)
    session.flush()


def _points(session: Session, interview: Interview, task: InterviewTask, rule: TaskRule) -> float:
    return task.points if task.points is not None else _best_points(session, interview, task, rule)


def _scored(rule: TaskRule, points: float) -> Scored:
    return Scored(points, 0.0, rule.points, rule.efficiency)


def _best_points(session: Session, interview: Interview, task: InterviewTask, rule: TaskRule) -> float:
    """Points of the submission that counts. Records are large: each is read, counted and forgotten."""
    query = (
        sa.select(Submission.id, Submission.created_at, Submission.at_bell, Submission.record)
        .where(Submission.task_id == task.id, Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.id)
    )
    sent, by_bell = [], None
    for number, created_at, at_bell, record in streaming.rows(session, query):
        one = Sent("", created_at, score(rule.points, rule.efficiency, outcome_of(record)).points, number)
        if at_bell and by_bell is None:
            by_bell = one
        elif not at_bell:
            sent.append(one)
    found = best(clock_of(interview), sent, by_bell)
    return found.score if found is not None and found.score is not None else 0.0
