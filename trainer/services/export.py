"""Everything that is kept of a student, as plain values: their data stays theirs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.bank.interviews import format_of
from trainer.clock import now
from trainer.models import (
    Attempt,
    Draft,
    HintTaken,
    Interview,
    InterviewTask,
    Note,
    Problem,
    RubricEntry,
    Star,
    Submission,
    User,
)
from trainer.services.interviews import report, rubric, sitting, texts
from trainer.services.interviews.state import Held, check_apart, held, is_over

SENT = ("purpose", "language", "source", "created_at", "status", "verdict", "score")
"""Columns of a submission."""


def export(session: Session, user: User) -> dict[str, Any]:
    """Account, submissions, drafts, attempts, hints, notes, stars and interviews, as JSON values.

    What was sent in interviews is with their tasks. While one runs, nothing is told of its problems, nor of earlier
    interviews with one of its tasks.
    """
    return {
        "exported_at": now().isoformat(),
        "account": {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "created_at": user.created_at.isoformat(),
        },
        "submissions": _rows(session, user, Submission, *SENT, only=(Submission.task_id.is_(None),)),
        "drafts": _rows(session, user, Draft, "language", "revision", "source", "saved_at"),
        "attempts": _rows(session, user, Attempt, "opened_at", "active_at", "active_s", "accepted_at", "given_up_at"),
        "hints": _rows(session, user, HintTaken, "number", "taken_at"),
        "notes": _rows(session, user, Note, "text", "saved_at"),
        "stars": _rows(session, user, Star, "starred_at"),
        "interviews": [
            _interview(session, one) for one in reversed(sitting.listed(session, user.id)) if _is_apart(session, one)
        ],
        "rubrics_filled_for_others": _filled(session, user),
    }


def _is_apart(session: Session, interview: Interview) -> bool:
    try:
        check_apart(session, interview.user_id, interview)
    except Held:
        return False
    return True


def _interview(session: Session, interview: Interview) -> dict[str, Any]:
    over = is_over(interview)
    return {
        "id": interview.id,
        "title": format_of(interview.format).title,
        "seed": interview.seed if over else None,
        "time_factor": interview.factor,
        "started_at": _plain(interview.started_at),
        "bell_at": _plain(interview.bell_at),
        "ended_at": _plain(interview.ended_at),
        "abandoned": interview.abandoned,
        "score": report.score_of(session, interview) if over else None,
        "tasks": [_task(session, one, over=over) for one in interview.tasks],
        "typed": [
            {
                "task": number,
                "name": name,
                **{column: _plain(getattr(text, column)) for column in ("text", "saved_at", "late_text", "late_at")},
            }
            for (number, name), text in sorted(texts.all_of(session, interview).items())
        ],
        "rubrics": [
            {
                "by": "you" if reading.is_student else reading.user.name,
                "criterion": entry.criterion,
                "level": entry.level,
                "remark": entry.remark,
            }
            for reading in rubric.readings(session, interview)
            for entry in reading.entries.values()
        ],
    }


def _task(session: Session, task: InterviewTask, *, over: bool) -> dict[str, Any]:
    query = sa.select(*(getattr(Submission, column) for column in SENT)).where(Submission.task_id == task.id)
    return {
        "task": task.number,
        "problem": task.version.problem.slug if task.version and over else None,
        "question": task.question["ask"] if task.question else None,
        "submissions": [
            {
                name: _plain(value)
                for name, value in zip(SENT, row, strict=True)
                if over or name not in ("verdict", "score")
            }
            for row in session.execute(query.order_by(Submission.id))
        ],
    }


def _filled(session: Session, user: User) -> list[dict[str, Any]]:
    query = (
        sa.select(RubricEntry)
        .join(Interview, Interview.id == RubricEntry.interview_id)
        .where(RubricEntry.user_id == user.id, Interview.user_id != user.id)
        .order_by(RubricEntry.id)
    )
    columns = ("interview_id", "criterion", "level", "remark", "saved_at")
    return [{column: _plain(getattr(row, column)) for column in columns} for row in session.scalars(query)]


def _rows(session: Session, user: User, table: Any, *columns: str, only: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    query = (
        sa.select(Problem.slug, *(getattr(table, column) for column in columns))
        .join(Problem, Problem.id == table.problem_id)
        .where(table.user_id == user.id, Problem.id.not_in(held(session, user.id)), *only)
        .order_by(getattr(table, columns[-1] if table is Star else columns[0]))
    )
    return [
        {name: _plain(value) for name, value in zip(("problem", *columns), row, strict=True)}
        for row in session.execute(query)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
