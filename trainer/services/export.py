"""Everything that is kept of a student, as plain values: their data stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
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
    OwnCase,
    Problem,
    Report,
    RubricEntry,
    Star,
    Submission,
    User,
)
from trainer.services import editor_settings, streaming
from trainer.services.interviews import takeout
from trainer.services.interviews.state import Held, check_apart, held, loaded

ATTEMPT = (
    "opened_at",
    "active_at",
    "active_s",
    "accepted_at",
    "given_up_at",
    "timer_minutes",
    "timer_started_at",
    "timer_ended_at",
)


def export(session: Session, user: User) -> dict[str, Any]:
    """All that an account has, from its drafts to its interviews, as JSON values for `pieces`.

    The lists are iterators that read the database a few rows at a time: an account may hold tens of megabytes.

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
        "editor": _editor(session, user),
        "submissions": _rows(session, user, Submission, *takeout.SENT, only=(Submission.task_id.is_(None),)),
        "drafts": _rows(session, user, Draft, "language", "revision", "source", "saved_at"),
        "own_cases": _rows(session, user, OwnCase, "name", "input", "expected", "saved_at"),
        "attempts": _rows(session, user, Attempt, *ATTEMPT),
        "hints": _rows(session, user, HintTaken, "number", "taken_at"),
        "notes": _rows(session, user, Note, "text", "saved_at"),
        "stars": _rows(session, user, Star, "starred_at"),
        "reports": _rows(session, user, Report, "kind", "text", "created_at", "resolved_at", "answer"),
        "interviews": _interviews(session, user),
        "rubrics_filled_for_others": _filled(session, user),
    }


def _editor(session: Session, user: User) -> dict[str, Any] | None:
    chosen = editor_settings.find(session, user.id)
    return None if chosen is None else asdict(chosen)


def _interviews(session: Session, user: User) -> Iterator[dict[str, Any]]:
    query = sa.select(Interview.id).where(Interview.user_id == user.id, ~Interview.demo).order_by(Interview.id)
    for interview_id in list(session.scalars(query)):
        interview = session.scalars(loaded().where(Interview.id == interview_id)).one()
        if _is_apart(session, interview):
            yield takeout.plain(session, interview)


def _is_apart(session: Session, interview: Interview) -> bool:
    try:
        check_apart(session, interview.user_id, interview)
    except Held:
        return False
    return True


def _filled(session: Session, user: User) -> Iterator[dict[str, Any]]:
    query = (
        sa.select(RubricEntry)
        .join(Interview, Interview.id == RubricEntry.interview_id)
        .where(RubricEntry.user_id == user.id, Interview.user_id != user.id)
        .order_by(RubricEntry.id)
    )
    columns = ("interview_id", "criterion", "level", "remark", "saved_at")
    for (row,) in streaming.rows(session, query):
        yield {column: takeout.as_json(getattr(row, column)) for column in columns}


def _rows(
    session: Session, user: User, table: Any, *columns: str, only: tuple[Any, ...] = ()
) -> Iterator[dict[str, Any]]:
    """Rows as plain values, read a few at a time."""
    query = (
        sa.select(Problem.slug, *(getattr(table, column) for column in columns))
        .join(Problem, Problem.id == table.problem_id)
        .where(table.user_id == user.id, Problem.id.not_in(held(session, user.id)), *only)
        .order_by(getattr(table, columns[-1] if table is Star else columns[0]))
    )
    for row in streaming.rows(session, query):
        yield {name: takeout.as_json(value) for name, value in zip(("problem", *columns), row, strict=True)}
