"""Accounts: sign-up, passwords, one-time links, roles, keys for the API."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.interview import FACTORS
from trainer.models import ApiToken, OneTimeLink, Role, Submission, User

LINK_LIFE = timedelta(days=3)
PASSWORD_LENGTHS = range(10, 201)
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,185}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")  # so that an unknown address takes as long as a wrong password


def sign_up(session: Session, *, email: str, name: str, password: str, guest_key: str | None = None) -> User:
    """Make a student's account, and give it what the guest has done. Raises Invalid, Conflict."""
    check_password(password)
    user = add_user(session, email=email, name=name)
    _set_password(user, password)
    if guest_key:
        session.execute(
            sa.update(Submission).where(Submission.guest_key == guest_key).values(user_id=user.id, guest_key=None)
        )
    return user


def add_user(session: Session, *, email: str, name: str, role: Role = Role.STUDENT) -> User:
    """Make an account without a password: a one-time link lets its owner choose one. Raises Invalid, Conflict."""
    email = clean_email(email)
    if find_by_email(session, email):
        raise Conflict("There is an account with this address. Sign in, or ask for a reset link.", field="email")
    user = User(email=email, name=clean_name(name), role=role, created_at=now(), session_key=secrets.token_hex(8))
    session.add(user)
    session.flush()
    return user


def authenticate(session: Session, *, email: str, password: str) -> User | None:
    """The account with this address and password, or None. Takes the same time either way."""
    user = find_by_email(session, email.strip().lower())
    try:
        _hasher.verify(user.password_hash if user and user.password_hash else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return user if user and user.password_hash else None


def find_by_email(session: Session, email: str) -> User | None:
    return session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def find_by_login(session: Session, login_id: str) -> User | None:
    """The account that a login cookie names, unless its password has changed since."""
    number, _, key = login_id.partition(":")
    user = session.get(User, int(number)) if number.isdecimal() and number.isascii() else None
    return user if user and secrets.compare_digest(user.session_key, key) else None


def change_password(session: Session, user: User, *, old: str, new: str) -> None:
    """Raises Invalid where the old one is wrong or the new one is no password."""
    if authenticate(session, email=user.email, password=old) is None:
        raise Invalid("This is not your present password.", field="old_password")
    check_password(new, field="new_password")
    _set_password(user, new)


def make_link(session: Session, user: User, *, life: timedelta = LINK_LIFE) -> str:
    """A token that lets its holder choose a new password, once. Earlier ones of this account end."""
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
    token = secrets.token_urlsafe(24)
    moment = now()
    session.add(OneTimeLink(user_id=user.id, token_hash=_digest(token), created_at=moment, expires_at=moment + life))
    session.flush()
    return token


def link_owner(session: Session, token: str) -> User:
    """Whose link this is. Raises NotFound where it is unknown, used or too old."""
    return _open_link(session, token)[1]


def use_link(session: Session, token: str, password: str) -> User:
    """Set the password and end the link. Raises NotFound, Invalid."""
    link, user = _open_link(session, token)
    check_password(password)
    _set_password(user, password)
    link.used_at = now()
    return user


def set_role(session: Session, email: str, role: Role) -> User:
    """Raises NotFound, and Conflict where it would leave nobody to run the place."""
    user = find_by_email(session, email)
    if user is None:
        raise NotFound(f"There is no account {email}. `trainer user list` shows them.")
    if user.role is Role.ADMIN and role is not Role.ADMIN and _count_admins(session) == 1:
        raise Conflict(f"{email} is the only admin. Make another one first.")
    user.role = role
    return user


def set_time_factor(session: Session, email: str, factor: float) -> User:
    """Give somebody more time in interviews that begin from now on. Raises NotFound, Invalid."""
    user = find_by_email(session, email)
    if user is None:
        raise NotFound(f"There is no account {email}. `trainer user list` shows them.")
    if factor not in FACTORS:
        raise Invalid(f"The factor is one of {', '.join(f'{one:g}' for one in FACTORS)}.")
    user.time_factor = factor
    return user


def make_token(session: Session, user: User, name: str) -> str:
    """A key for the JSON API. It is shown once; only its hash is kept."""
    token = f"trainer_{secrets.token_urlsafe(32)}"
    label = clean_name(name, what="name of the key")
    session.add(ApiToken(user_id=user.id, name=label, token_hash=_digest(token), created_at=now()))
    session.flush()
    return token


def list_tokens(session: Session, user: User) -> list[ApiToken]:
    return list(session.scalars(sa.select(ApiToken).where(ApiToken.user_id == user.id).order_by(ApiToken.id)))


def drop_token(session: Session, user: User, token_id: int) -> None:
    session.execute(sa.delete(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user.id))


def find_by_token(session: Session, token: str) -> User | None:
    found = session.scalar(sa.select(ApiToken).where(ApiToken.token_hash == _digest(token)))
    return session.get(User, found.user_id) if found else None


def rename(user: User, name: str) -> None:
    user.name = clean_name(name)


def delete_user(session: Session, user: User, *, password: str) -> None:
    """Take an account and all that it has done out of the database. Raises Invalid, Conflict."""
    if authenticate(session, email=user.email, password=password) is None:
        raise Invalid("This is not your password. Nothing was deleted.", field="password")
    if user.role is Role.ADMIN and _count_admins(session) == 1:
        raise Conflict("You are the only admin. Make another one first.")
    session.delete(user)


def any_admin_ready(session: Session) -> bool:
    """Is there an admin who can sign in?"""
    query = sa.select(User.id).where(User.role == Role.ADMIN, User.password_hash.is_not(None)).limit(1)
    return session.scalar(query) is not None


def listed(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.email)))


def clean_email(email: str) -> str:
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email):
        raise Invalid("An address looks like name@example.org.", field="email")
    return email


def clean_name(name: str, *, what: str = "name") -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise Invalid(f"A {what} has 1 to 80 characters that can be printed.", field="name")
    return name


def check_password(password: str, *, field: str = "password") -> None:
    if len(password) not in PASSWORD_LENGTHS:
        raise Invalid("A password has 10 to 200 characters. Several words make a good one.", field=field)
    if len(set(password)) < 4:
        raise Invalid("A password has at least four different characters.", field=field)


def _set_password(user: User, password: str) -> None:
    user.password_hash = _hasher.hash(password)
    user.session_key = secrets.token_hex(8)


def _open_link(session: Session, token: str) -> tuple[OneTimeLink, User]:
    link = session.scalar(sa.select(OneTimeLink).where(OneTimeLink.token_hash == _digest(token)))
    if link is None or link.used_at is not None or link.expires_at < now():
        raise NotFound("This link was used, or is too old. Ask for a new one.")
    return link, session.get_one(User, link.user_id)


def _count_admins(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).where(User.role == Role.ADMIN)) or 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
