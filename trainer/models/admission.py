"""Who may make an account: the rule of this place, and invites that hold beside it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer.db import Base


class SignUp(StrEnum):
    """Who may make an account without an invite."""

    OPEN = "open"
    DOMAINS = "domains"
    CLOSED = "closed"


class Site(Base):
    """What admins have set for the whole place, in one row whose id is 1. Without it the defaults hold."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_up: Mapped[SignUp] = mapped_column(default=SignUp.OPEN)
    domains: Mapped[list[str]] = mapped_column(default=list)
    contact: Mapped[str] = mapped_column(sa.String(200), default="")  # whom to ask, shown to everybody


class Invite(Base):
    """A link by which students make accounts until it ends or is used up. Its token is kept, to be shown again."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    most: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
