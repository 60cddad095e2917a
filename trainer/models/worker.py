"""Workers: processes that judge, as they last told of themselves."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class WorkerProcess(Base):
    """One process that judges. Its moments are the database's, so that clocks of machines need not agree.

    `id` is drawn anew at each start. `sorts` are the images of the boxes that it starts; `why_single` says why each box
    serves one submission only, and is empty where boxes are kept.
    """

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    version: Mapped[str] = mapped_column(sa.String(32))
    sorts: Mapped[list[str]]
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
