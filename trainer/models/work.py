"""What waits to be worked on: one row each, from the moment it is wanted until it is done."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class WorkKind(StrEnum):
    """What is to be done. It says what the subject is: a submission, an upload, a version of a problem, or a submission
    of a rejudging."""

    RUN = "run"
    SUBMIT = "submit"
    CHECK = "check"
    DATA = "data"
    REJUDGE = "rejudge"


class WorkStatus(StrEnum):
    """Where it is. It goes waiting → held → gone; back to waiting if its worker dies, set aside if that goes on."""

    WAITING = "waiting"
    HELD = "held"
    SET_ASIDE = "set aside"


class Priority(IntEnum):
    """What comes first. Students wait for the first three."""

    RUN = 1
    SUBMIT = 2
    BELL = 3  # what interviews hand in when their time is over
    CHECK = 4
    WARM_UP = 5  # the data of the front page's task
    DATA = 6
    REJUDGE = 7  # what older versions judged, by the current one


class Work(Base):
    """One piece of work that is not done. Done work has no row, so that the table stays as small as the queue.

    `account` is who is served in turn with the others, None where nobody is; `turn` is its place among equals. `brief`
    says that it takes seconds, `data_digest` which hidden data it needs, or makes, `sorts` which boxes it takes, as
    `trainer.services.sorts` writes them. `fence` counts claims: only who holds the latest one may finish it. `lapses`
    counts workers that died over it and attempts that failed; `holder` is the worker that has it, or had it last;
    `error` is what went wrong last.

    Numbers are never given twice (`sqlite_autoincrement`), or a late worker could finish somebody else's work.
    """

    __tablename__ = "work"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject_id"),
        sa.Index("work_by_turn", "status", "priority", "turn", "id"),
        sa.Index("work_by_sorts", "sorts", "status", "priority", "turn", "id"),
        sa.Index("work_by_age", "sorts", "status", "id"),
        sa.Index("work_of_account", "account", "priority", "turn"),
        sa.Index("work_by_data", "data_digest"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WorkKind]
    subject_id: Mapped[int]
    priority: Mapped[int]
    account: Mapped[str | None] = mapped_column(sa.String(40))
    turn: Mapped[int] = mapped_column(sa.BigInteger)
    brief: Mapped[bool]
    data_digest: Mapped[str | None] = mapped_column(sa.String(64))
    sorts: Mapped[str] = mapped_column(sa.String(80), server_default="data python service")
    queued_at: Mapped[datetime]
    status: Mapped[WorkStatus] = mapped_column(default=WorkStatus.WAITING)
    fence: Mapped[int] = mapped_column(default=0)
    lapses: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(sa.String(120), default="")
    error: Mapped[str] = mapped_column(sa.Text, default="")
