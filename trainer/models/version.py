"""Which versions of the trainer may work with the tables."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class OldestVersion(Base):
    """One row: the migration that a version of the trainer has to know, at least. `trainer.migrate` writes it."""

    __tablename__ = "oldest_version"

    revision: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
