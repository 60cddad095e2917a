"""Judging anew what was judged by an older version of a problem."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class RejudgedStatus(StrEnum):
    """Where one submission of a rejudging is. What has failed keeps the verdict that it had."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Rejudging(Base):
    """Submissions that were judged by `old_version_id`, or by any older version of the problem, judged by `version_id`.

    They are queued page by page: `at_version_id` and `last_id` say how far that has come, `is_queued` that it has
    ended. No verdict changes before `applied_by_id` asks for it; `applied_at` says when all had changed. One that was
    dropped instead has changed nothing, and has nothing queued.
    """

    __tablename__ = "rejudgings"
    __table_args__ = (sa.Index("rejudgings_to_queue", "is_queued"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id"))
    old_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("problem_versions.id"))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    at_version_id: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)
    is_queued: Mapped[bool] = mapped_column(default=False)
    applied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    applied_at: Mapped[datetime | None]
    dropped_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    dropped_at: Mapped[datetime | None]


class Rejudged(Base):
    """One submission of a rejudging: what it had, and what was found anew.

    `applied_at` is when the submission got the new verdict. What it had before is kept here.
    """

    __tablename__ = "rejudged"
    __table_args__ = (
        sa.UniqueConstraint("rejudging_id", "submission_id"),
        sa.Index("of_rejudging", "rejudging_id", "status", "id"),
        sa.Index("of_submission", "submission_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rejudging_id: Mapped[int] = mapped_column(sa.ForeignKey("rejudgings.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submissions.id", ondelete="CASCADE"))
    status: Mapped[RejudgedStatus] = mapped_column(default=RejudgedStatus.WAITING)
    old_version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id"))
    old_verdict: Mapped[str] = mapped_column(sa.String(24))
    old_score: Mapped[float]
    old_record: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), deferred=True)
    verdict: Mapped[str | None] = mapped_column(sa.String(24))
    score: Mapped[float | None]
    record: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), deferred=True)
    judged_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
