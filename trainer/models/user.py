"""People, and the keys that let them in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class Role(StrEnum):
    STUDENT = "student"
    MENTOR = "mentor"
    ADMIN = "admin"


class User(UserMixin, Base):  # type: ignore[misc]  # Flask-Login ships no types
    """An account. `password_hash` is None until its first one-time link was used."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(sa.String(80))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    session_key: Mapped[str] = mapped_column(sa.String(32))  # changes with the password: ends other sessions
    role: Mapped[Role]
    created_at: Mapped[datetime]
    time_factor: Mapped[float] = mapped_column(default=1.0, server_default="1.0")  # accommodation in timed interviews

    def get_id(self) -> str:
        """What the login cookie holds."""
        return f"{self.id}:{self.session_key}"

    @property
    def initials(self) -> str:
        words = self.name.split() or ["?"]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def may_mentor(self) -> bool:
        return self.role in (Role.MENTOR, Role.ADMIN)


class OneTimeLink(Base):
    """A link that lets its holder choose a password, once. Only its hash is kept."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A key for the JSON API. Only its hash is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
