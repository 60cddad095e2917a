"""Accounts: sign-up, passwords, one-time links, roles, keys for the API."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Conflict, Invalid, NotFound
from trainer.learning.interview import FACTORS
from trainer.models import ApiToken, OneTimeLink, Role, Submission, User
from trainer.services import attempts, names, sessions, upsert
from trainer.services.names import clean_email, clean_name
from trainer.services.passwords import NewPassword

LINK_LIFE = timedelta(days=3)


def sign_up(session: Session, *, email: str, name: str, password: NewPassword, guest_key: str | None = None) -> User:
    """Make a student's account, and give it what the guest has done. Raises Invalid, Conflict."""
    user = add_user(session, email=email, name=name)
    _set_password(user, password)
    if guest_key:
        session.execute(
            sa.update(Submission).where(Submission.guest_key == guest_key).values(user_id=user.id, guest_key=None)
        )
        attempts.take_over(session, user.id)
    return user


def add_user(session: Session, *, email: str, name: str, role: Role = Role.STUDENT) -> User:
    """Make an account without a password: a one-time link lets its owner choose one. Raises Invalid, Conflict."""
    new = {
        "email": clean_email(email),
        "name": clean_name(name),
        "role": role,
        "created_at": now(),
    }
    user = None if find_by_email(session, email) else upsert.insert(session, User, new)
    if user is None:
        raise Conflict("There is an account with this address. Sign in, or ask for a reset link.", field="email")
    return user


def find_by_email(session: Session, email: str) -> User | None:
    """The account with an address; where two spellings of it have one each, the one that is spelt so."""
    found = session.scalars(sa.select(User).where(User.email.in_(names.spellings(email)))).all()
    return min(found, key=lambda user: user.email != email.strip().lower(), default=None)


def change_password(session: Session, user: User, password: NewPassword, *, keep_keys: bool = False) -> None:
    """Set a new password. All sessions end, and the keys for the API unless they are to be kept.

    Whoever asks for it has proved to know the present one.
    """
    _set_password(user, password)
    sessions.end_all(session, user.id)
    if not keep_keys:
        session.execute(sa.delete(ApiToken).where(ApiToken.user_id == user.id))


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


def use_link(session: Session, token: str, password: NewPassword, *, keep_keys: bool = False) -> User:
    """Set the password as `change_password` does, and end the link. Raises NotFound."""
    link, user = _open_link(session, token, lock=True)
    change_password(session, user, password, keep_keys=keep_keys)
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


def rename(user: User, name: str) -> None:
    user.name = clean_name(name)


def delete_user(session: Session, user: User) -> None:
    """Take an account and all that it has done out of the database. Raises Conflict."""
    if user.role is Role.ADMIN and _count_admins(session) == 1:
        raise Conflict("You are the only admin. Make another one first.")
    session.delete(user)


def any_admin_ready(session: Session) -> bool:
    """Is there an admin who can sign in?"""
    query = sa.select(User.id).where(User.role == Role.ADMIN, User.password_hash.is_not(None)).limit(1)
    return session.scalar(query) is not None


def listed(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.email)))


def _set_password(user: User, password: NewPassword) -> None:
    user.password_hash = password.hash


def _open_link(session: Session, token: str, *, lock: bool = False) -> tuple[OneTimeLink, User]:
    """With `lock` whoever else would use the link waits, and then finds it used."""
    query = sa.select(OneTimeLink).where(OneTimeLink.token_hash == _digest(token))
    link = session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)
    if link is None or link.used_at is not None or link.expires_at < now():
        raise NotFound("This link was used, or is too old. Ask for a new one.")
    return link, session.get_one(User, link.user_id)


def _count_admins(session: Session) -> int:
    """The rows are locked: of two admins who leave at once one stays."""
    admins = sa.select(User.id).where(User.role == Role.ADMIN).order_by(User.id).with_for_update()
    return len(session.scalars(admins).all())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
