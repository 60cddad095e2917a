"""Submissions: rows that stand before anything runs, and hold the judgement when all has run."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.db import Base
from trainer.models.problem import ProblemVersion


class Purpose(StrEnum):
    """What code is sent for."""

    RUN = "run"  # samples and the student's own input; free
    SUBMIT = "submit"  # hidden cases too; counts as a try


class SubmissionStatus(StrEnum):
    """Where a submission is. It goes queued → judging → judged, and from judging back to queued if its judge dies."""

    QUEUED = "queued"
    JUDGING = "judging"
    JUDGED = "judged"


def _of_unjudged(name: str, *columns: str, unique: bool = False, only: str = "") -> sa.Index:
    """An index over the few rows that are not judged yet."""
    unjudged = sa.text("status != 'judged'" + (f" AND {only}" if only else ""))
    return sa.Index(name, *columns, unique=unique, sqlite_where=unjudged, postgresql_where=unjudged)


def _of_guests(name: str, *columns: str) -> sa.Index:
    guests = sa.text("guest_key IS NOT NULL")
    return sa.Index(name, *columns, sqlite_where=guests, postgresql_where=guests)


class Submission(Base):
    """One sending of code. Pinned to the version by which it is judged.

    Until it is judged a row of `Work` stands beside it, and says who judges it and when. `record` is the whole
    judgement as the kind keeps it; nothing of it is shown but through the kind's `feedback`. `task_id` is set for what
    was sent in an interview, `at_bell` for what the bell sent.

    Of one account one waits in each language: what waits for boxes that cannot be had keeps nobody from anything else.

    The index `of_user` holds all that is asked about a student's submissions together, so that ten thousand of them
    are counted without reading one: a row lies on several pages.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        sa.CheckConstraint("(user_id IS NULL) != (guest_key IS NULL)", name="has_one_author"),
        _of_unjudged("one_unjudged_a_user", "user_id", "purpose", "language", unique=True, only="task_id IS NULL"),
        _of_unjudged("one_unjudged_a_task", "task_id", "purpose", "at_bell", unique=True),
        sa.Index("of_task", "task_id", "id"),
        _of_unjudged("one_unjudged_a_guest", "guest_key", "purpose", unique=True),
        sa.Index("of_user", "user_id", "problem_id", "id", "purpose", "verdict", "task_id", "created_at"),
        sa.Index("newest_of_user", "user_id", "id"),
        _of_guests("of_guest", "guest_key", "problem_id", "id"),
        sa.Index("of_version", "version_id", "id"),
        sa.Index("judged", "judged_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    guest_key: Mapped[str | None] = mapped_column(sa.String(32))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("interview_tasks.id"))
    at_bell: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    purpose: Mapped[Purpose]
    language: Mapped[str] = mapped_column(sa.String(16))
    source: Mapped[str] = mapped_column(sa.Text)
    own_inputs: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]

    status: Mapped[SubmissionStatus] = mapped_column(default=SubmissionStatus.QUEUED)
    cases_done: Mapped[int] = mapped_column(default=0)
    cases_total: Mapped[int] = mapped_column(default=0)

    judged_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(sa.String(24))
    score: Mapped[float | None]
    record: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)

    version: Mapped[ProblemVersion] = relationship()
