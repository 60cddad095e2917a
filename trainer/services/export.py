"""Everything that is kept of a student, as plain values: their data stays theirs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.models import (
    Attempt,
    Draft,
    HintTaken,
    Interview,
    Note,
    Problem,
    RubricEntry,
    Star,
    Submission,
    User,
)
from trainer.services.interviews import sitting, takeout
from trainer.services.interviews.state import Held, check_apart, held


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
        "submissions": _rows(session, user, Submission, *takeout.SENT, only=(Submission.task_id.is_(None),)),
        "drafts": _rows(session, user, Draft, "language", "revision", "source", "saved_at"),
        "attempts": _rows(session, user, Attempt, "opened_at", "active_at", "active_s", "accepted_at", "given_up_at"),
        "hints": _rows(session, user, HintTaken, "number", "taken_at"),
        "notes": _rows(session, user, Note, "text", "saved_at"),
        "stars": _rows(session, user, Star, "starred_at"),
        "interviews": [
            takeout.plain(session, one) for one in reversed(sitting.listed(session, user.id)) if _is_apart(session, one)
        ],
        "rubrics_filled_for_others": _filled(session, user),
    }


def _is_apart(session: Session, interview: Interview) -> bool:
    try:
        check_apart(session, interview.user_id, interview)
    except Held:
        return False
    return True


def _filled(session: Session, user: User) -> list[dict[str, Any]]:
    query = (
        sa.select(RubricEntry)
        .join(Interview, Interview.id == RubricEntry.interview_id)
        .where(RubricEntry.user_id == user.id, Interview.user_id != user.id)
        .order_by(RubricEntry.id)
    )
    columns = ("interview_id", "criterion", "level", "remark", "saved_at")
    return [{column: takeout.as_json(getattr(row, column)) for column in columns} for row in session.scalars(query)]


def _rows(session: Session, user: User, table: Any, *columns: str, only: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    query = (
        sa.select(Problem.slug, *(getattr(table, column) for column in columns))
        .join(Problem, Problem.id == table.problem_id)
        .where(table.user_id == user.id, Problem.id.not_in(held(session, user.id)), *only)
        .order_by(getattr(table, columns[-1] if table is Star else columns[0]))
    )
    return [
        {name: takeout.as_json(value) for name, value in zip(("problem", *columns), row, strict=True)}
        for row in session.execute(query)
    ]
