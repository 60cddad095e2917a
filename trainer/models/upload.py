"""Packages that mentors send in, until they are published or discarded."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class UploadStatus(StrEnum):
    """How far a package is."""

    QUEUED = "queued"
    CHECKING = "checking"
    CHECKED = "checked"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Upload(Base):
    """One package under check. `report` grows while the check runs; `passed` is set when it has ended."""

    __tablename__ = "uploads"
    __table_args__ = (sa.Index("uploads_by_status", "status", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(120))
    digest: Mapped[str] = mapped_column(sa.String(64))
    files: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[datetime]
    status: Mapped[UploadStatus] = mapped_column(default=UploadStatus.QUEUED)
    passed: Mapped[bool | None]
    report: Mapped[dict[str, Any] | None]
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("problem_versions.id"))
