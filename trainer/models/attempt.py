"""What a student does with one problem: attempts, drafts, hints, notes, stars, reports."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class Attempt(Base):
    """One student's try at one problem, opened by the first draft, run or submission.

    `accepted_at` and `given_up_at` close it. `active_s` counts seconds of work; a pause counts little (`PAUSE_S`).
    """

    __tablename__ = "attempts"
    __table_args__ = (sa.UniqueConstraint("user_id", "problem_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime]
    active_at: Mapped[datetime]
    active_s: Mapped[float] = mapped_column(default=0.0)
    accepted_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    timer_minutes: Mapped[int | None]  # of the timer that was started last
    timer_started_at: Mapped[datetime | None]
    timer_ended_at: Mapped[datetime | None]  # by hand, or by the acceptance


class HintTaken(Base):
    """A hint that was opened. Numbers count from 1."""

    __tablename__ = "hints_taken"
    __table_args__ = (sa.UniqueConstraint("user_id", "problem_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"))
    number: Mapped[int]
    taken_at: Mapped[datetime]


class Draft(Base):
    """One saved state of a student's code. The highest revision is the current one; older ones are kept thinly."""

    __tablename__ = "drafts"
    __table_args__ = (sa.UniqueConstraint("user_id", "problem_id", "language", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(sa.String(16))
    revision: Mapped[int]
    source: Mapped[str] = mapped_column(sa.Text)
    device: Mapped[str] = mapped_column(sa.String(40), default="")
    saved_at: Mapped[datetime]


class OwnCase(Base):
    """A case that a student has written: a text for each parameter, and what is expected, or "" where nothing is."""

    __tablename__ = "own_cases"
    __table_args__ = (sa.Index("of_user_and_problem", "user_id", "problem_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    input: Mapped[dict[str, Any]]
    expected: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]


class Note(Base):
    """A student's own words on a problem."""

    __tablename__ = "notes"
    __table_args__ = (sa.UniqueConstraint("user_id", "problem_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(sa.Text)
    saved_at: Mapped[datetime]


class Star(Base):
    __tablename__ = "stars"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True)
    starred_at: Mapped[datetime]


class ReportKind(StrEnum):
    """What is wrong with a problem."""

    STATEMENT = "statement"  # the text is unclear or wrong
    WRONG_ACCEPTED = "wrong accepted"  # my wrong code was accepted
    RIGHT_REFUSED = "right refused"  # my right code was judged wrong


class Report(Base):
    """A student's report on a problem, for its mentors."""

    __tablename__ = "reports"
    __table_args__ = (
        sa.Index(
            "open_reports",
            "id",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    problem_id: Mapped[int] = mapped_column(sa.ForeignKey("problems.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id"))
    submission_id: Mapped[int | None] = mapped_column(sa.ForeignKey("submissions.id", ondelete="SET NULL"), index=True)
    kind: Mapped[ReportKind]
    text: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    answered_by: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")  # a name, as it was then
    answer_read_at: Mapped[datetime | None]
