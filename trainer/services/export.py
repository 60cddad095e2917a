"""Everything that is kept of a student, as plain values: their data stays theirs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.models import Attempt, Draft, HintTaken, Note, Problem, Star, Submission, User


def export(session: Session, user: User) -> dict[str, Any]:
    """Account, submissions, drafts, attempts, hints, notes and stars, as JSON values."""
    return {
        "exported_at": now().isoformat(),
        "account": {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "created_at": user.created_at.isoformat(),
        },
        "submissions": _rows(
            session, user, Submission, "purpose", "language", "source", "created_at", "status", "verdict", "score"
        ),
        "drafts": _rows(session, user, Draft, "language", "revision", "source", "saved_at"),
        "attempts": _rows(session, user, Attempt, "opened_at", "active_at", "active_s", "accepted_at", "given_up_at"),
        "hints": _rows(session, user, HintTaken, "number", "taken_at"),
        "notes": _rows(session, user, Note, "text", "saved_at"),
        "stars": _rows(session, user, Star, "starred_at"),
    }


def _rows(session: Session, user: User, table: Any, *columns: str) -> list[dict[str, Any]]:
    query = (
        sa.select(Problem.slug, *(getattr(table, column) for column in columns))
        .join(Problem, Problem.id == table.problem_id)
        .where(table.user_id == user.id)
        .order_by(getattr(table, columns[-1] if table is Star else columns[0]))
    )
    return [
        {name: _plain(value) for name, value in zip(("problem", *columns), row, strict=True)}
        for row in session.execute(query)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
