"""Consoles: services that students are trying out, and what is asked of them until it is answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class ConsoleStatus(StrEnum):
    """Where it is. It goes waiting → starting → open → gone; back to waiting where its worker has no room for it."""

    WAITING = "waiting"
    STARTING = "starting"
    OPEN = "open"


class ConsoleDeed(StrEnum):
    """What is asked of a console. To close one its row is deleted."""

    OPEN = "open"
    SEND = "send"
    LOOK = "look"


class Console(Base):
    """A service that runs, or is to run, in boxes of the worker `worker_id`. What is closed has no row.

    `id` is its name in addresses and known to its student alone. `source` is empty once it runs. `refused_by` are the
    workers that did not take it; `is_full` says that one of them had no place. Its moment is the database's.
    """

    __tablename__ = "consoles"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("problem_versions.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(sa.Text)
    status: Mapped[ConsoleStatus] = mapped_column(default=ConsoleStatus.WAITING)
    worker_id: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    refused_by: Mapped[list[str]]
    is_full: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]


class ConsoleCall(Base):
    """One thing that is asked of a console, until whoever asked has read the answer.

    Numbers are never given twice (`sqlite_autoincrement`), or a late answer could come to somebody else.
    """

    __tablename__ = "console_calls"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    console_id: Mapped[str] = mapped_column(sa.ForeignKey("consoles.id", ondelete="CASCADE"), index=True)
    deed: Mapped[ConsoleDeed]
    request: Mapped[dict[str, Any]]
    answer: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    asked_at: Mapped[datetime]
