"""Mock interviews: one sitting, its tasks, what was typed in it, how it went, and who may read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.db import Base
from trainer.models.problem import ProblemVersion
from trainer.models.user import User


class Interview(Base):
    """One sitting. `format` is the whole recipe as it was at the start: editing the file changes no running one.

    `bell_at` is when its time is over by the server's clock; `ended_at` when the student ended it before. `closed_at`
    says that the bell has been rung: what was due has been submitted, once, and nothing counts any more.
    `close_failures` counts attempts at that which failed. `pace` sums up the events, see `trainer.learning.pace`.
    """

    __tablename__ = "interviews"
    __table_args__ = (
        sa.Index(
            "one_open_a_user",
            "user_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(
            "open_interviews",
            "bell_at",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("interviews_of_user", "user_id", "id"),
        sa.Index(
            "failed_interviews",
            "close_failures",
            sqlite_where=sa.text("close_failures > 0"),
            postgresql_where=sa.text("close_failures > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    format_id: Mapped[str] = mapped_column(sa.String(40))
    format: Mapped[dict[str, Any]]
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    factor: Mapped[float]
    demo: Mapped[bool]
    started_at: Mapped[datetime]
    bell_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    abandoned: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    close_failures: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    pace: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)

    tasks: Mapped[list[InterviewTask]] = relationship(order_by="InterviewTask.number", cascade="all, delete-orphan")


class InterviewTask(Base):
    """One task, numbered from 1: a problem in the version that was drawn, or a question that is answered in words.

    `points` are what its submissions came to, kept when the last of them was judged after the end.
    """

    __tablename__ = "interview_tasks"
    __table_args__ = (sa.UniqueConstraint("interview_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"))
    number: Mapped[int]
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("problem_versions.id"), index=True)
    question: Mapped[dict[str, Any] | None]
    points: Mapped[float | None]

    version: Mapped[ProblemVersion | None] = relationship()


class InterviewText(Base):
    """The last state of something that is typed: an answer in a language, a thinking step, the scratchpad (task 0).

    `late_text` is what arrived after the end: kept and shown beside, never scored.
    """

    __tablename__ = "interview_texts"
    __table_args__ = (sa.UniqueConstraint("interview_id", "number", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(40))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    device: Mapped[str] = mapped_column(sa.String(40), default="")
    saved_at: Mapped[datetime]
    late_text: Mapped[str | None] = mapped_column(sa.Text)
    late_at: Mapped[datetime | None]


class InterviewEvents(Base):
    """A batch of what happened, compressed: edits as deltas, looks at tasks, steps. `until`: when the server had it.

    `key` is the page's own name of the batch: sent again, it is not stored again. `size` is what the batch comes to
    when it is unpacked, with the long texts that it names by their hash.
    """

    __tablename__ = "interview_events"
    __table_args__ = (sa.UniqueConstraint("interview_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(40))
    until: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int]


class InterviewPaste(Base):
    """A long text that was put in at once, stored once for all the places where the events name it."""

    __tablename__ = "interview_pastes"

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    text: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int]


class InterviewReader(Base):
    """Somebody whom the student invited to read an interview and fill its rubric. Only a hash of the link is kept."""

    __tablename__ = "interview_readers"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    opened_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()


class RubricEntry(Base):
    """What one person says of one criterion: its level, and a remark."""

    __tablename__ = "rubric_entries"
    __table_args__ = (sa.UniqueConstraint("interview_id", "user_id", "criterion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interviews.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    criterion: Mapped[str] = mapped_column(sa.String(40))
    level: Mapped[int]
    remark: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]
