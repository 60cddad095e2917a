"""People, and the keys that let them in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.db import Base


class Role(StrEnum):
    """What an account may do."""

    STUDENT = "student"
    MENTOR = "mentor"
    ADMIN = "admin"

    @property
    def with_article(self) -> str:
        return f"an {self}" if self.value.startswith("a") else f"a {self}"


class User(UserMixin, Base):  # type: ignore[misc]  # Flask-Login ships no types
    """An account. `password_hash` is None until its first one-time link was used."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(sa.String(80))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    role: Mapped[Role]
    created_at: Mapped[datetime]
    time_factor: Mapped[float] = mapped_column(default=1.0, server_default="1.0")  # accommodation in timed interviews
    seen_at: Mapped[datetime | None]  # within some minutes
    disabled_at: Mapped[datetime | None]  # while it is set nobody gets in by this account
    invite_id: Mapped[int | None]  # by which invite it came; the invite may be gone since

    login_key = ""  # the secret of the session by which this account asks, if it asks by one

    def get_id(self) -> str:
        """What the login cookie holds."""
        return self.login_key

    @property
    def initials(self) -> str:
        words = self.name.split() or ["?"]
        return (_first(words[0]) + (_first(words[-1]) if len(words) > 1 else "")).upper()

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def state(self) -> str:
        """`active`, `disabled`, or `waiting` for its owner to choose a password."""
        return "disabled" if self.is_disabled else "active" if self.password_hash else "waiting"

    @property
    def may_mentor(self) -> bool:
        return self.role in (Role.MENTOR, Role.ADMIN)


def _first(word: str) -> str:
    """Its first letter, or sign: no joiner that stands before."""
    return next((character for character in word if character.isalnum()), word[0])


class LoginSession(Base):
    """A browser in which an account is signed in. Only the hash of what its cookie holds is kept."""

    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    browser: Mapped[str] = mapped_column(sa.String(200))  # as it names itself
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)  # within some minutes

    user: Mapped[User] = relationship()


class OneTimeLink(Base):
    """A link that lets its holder choose a password, once. Only its hash is kept."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class KeyScope(StrEnum):
    """What a key for the API may do, each all of the one before, too."""

    READ = "read"  # look at everything, change nothing
    PRACTISE = "practise"  # everything that a student does
    MENTOR = "mentor"  # everything that a mentor does
    ADMIN = "admin"  # everything that an admin does

    @property
    def includes(self) -> frozenset[KeyScope]:
        """This one and those before it."""
        known = list(KeyScope)
        return frozenset(known[: known.index(self) + 1])


class ApiToken(Base):
    """A key for the JSON API. Only its hash is kept. It never does more than its account may."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    scope: Mapped[KeyScope] = mapped_column(default=KeyScope.PRACTISE, server_default=KeyScope.PRACTISE.value)
    ends_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class EditorKeys(StrEnum):
    """Whose keys the editor follows."""

    STANDARD = "standard"
    VIM = "vim"
    EMACS = "emacs"


class EditorSettings(Base):
    """How an account has its editor. Without a row it is as the device or the defaults have it."""

    __tablename__ = "editor_settings"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    font_px: Mapped[int]
    tab_width: Mapped[int]
    keys: Mapped[EditorKeys]
    wrap: Mapped[bool]
    completion: Mapped[bool]
    saved_at: Mapped[datetime]
