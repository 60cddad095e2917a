"""Workers: processes that judge, as they last told of themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class WorkerProcess(Base):
    """One process that judges. Its moments are the database's, so that clocks of machines need not agree.

    `id` is drawn anew at each start. `sorts` are the boxes that it can have now, `troubles` says of the others why it
    cannot; `why_single` says why each box serves one submission only, and is empty where boxes are kept.
    """

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[str] = mapped_column(sa.String(32))
    sorts: Mapped[list[str]]
    troubles: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    judges: Mapped[int]
    max_boxes: Mapped[int]
    max_memory_mib: Mapped[int]
    is_available: Mapped[bool]
    message: Mapped[str] = mapped_column(sa.Text)
    why_single: Mapped[str] = mapped_column(sa.Text)
    warm: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
