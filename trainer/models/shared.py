"""Settings that all servers of one database have to share."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class SharedSetting(Base):
    """One setting by its name: a fingerprint of its value, which tells nothing of the value itself.

    `seen_at` is when a server last had this value, `differs_at` when one last had another one. Both moments are the
    database's.
    """

    __tablename__ = "shared_settings"

    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    seen_at: Mapped[datetime]
    differs_at: Mapped[datetime | None]
