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


def sign_up(
    session: Session,
    *,
    email: str,
    name: str,
    password: NewPassword,
    guest_key: str | None = None,
    invite_id: int | None = None,
) -> User:
    """Make a student's account, and give it what the guest has done. Raises Invalid, Conflict."""
    user = add_user(session, email=email, name=name)
    user.invite_id = invite_id
    _set_password(user, password)
    take_over_guest(session, user, guest_key)
    return user


def register(session: Session, *, email: str, name: str, guest_key: str | None = None) -> User:
    """Make a student's account that waits for its owner to open a link sent by mail. Raises Invalid, Conflict.

    Whoever asks again before the link was opened gets the same account.
    """
    waiting = find_by_email(session, email)
    if waiting is not None and waiting.password_hash is None and not waiting.is_disabled:
        return waiting
    user = add_user(session, email=email, name=name)
    take_over_guest(session, user, guest_key)
    return user


def take_over_guest(session: Session, user: User, guest_key: str | None) -> None:
    """Give an account what a guest has done."""
    if guest_key is None:
        return
    session.execute(
        sa.update(Submission).where(Submission.guest_key == guest_key).values(user_id=user.id, guest_key=None)
    )
    attempts.take_over(session, user.id)


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
    """Set a new password. All sessions and waiting links end, and the keys for the API unless they are to be kept.

    Whoever asks for it has proved to know the present one.
    """
    _set_password(user, password)
    sessions.end_all(session, user.id)
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)))
    if not keep_keys:
        session.execute(sa.delete(ApiToken).where(ApiToken.user_id == user.id))


def make_link(session: Session, user: User, *, life: timedelta = LINK_LIFE, ends_earlier: bool = True) -> str:
    """A token that lets its holder choose a new password, once. Raises Conflict.

    Earlier ones of this account end, unless anybody can ask for this one: nobody shall end a link that others made.
    """
    if user.is_disabled:
        raise Conflict("This account is disabled. Enable it first.")
    moment = now()
    ended = sa.or_(OneTimeLink.used_at.is_not(None), OneTimeLink.expires_at < moment, sa.literal(ends_earlier))
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id, ended))
    token = secrets.token_urlsafe(24)
    session.add(OneTimeLink(user_id=user.id, token_hash=_digest(token), created_at=moment, expires_at=moment + life))
    session.flush()
    return token


def link_owner(session: Session, token: str) -> User:
    """Whose link this is. Raises NotFound where it is unknown, used or too old."""
    return _open_link(session, token)[1]


def use_link(session: Session, token: str, password: NewPassword, *, keep_keys: bool = False) -> User:
    """Set the password as `change_password` does, and end the link and all others. Raises NotFound."""
    link, user = _open_link(session, token, lock=True)
    link.used_at = now()
    session.flush()
    change_password(session, user, password, keep_keys=keep_keys)
    return user


def set_role(session: Session, user: User, role: Role) -> None:
    """Raises Conflict where it would leave nobody to run the place."""
    if role is not Role.ADMIN:
        _check_admin_left(session, user)
    user.role = role


def set_time_factor(user: User, factor: float) -> None:
    """Give somebody more time in interviews that begin from now on. Raises Invalid."""
    if factor not in FACTORS:
        raise Invalid(f"The factor is one of {', '.join(f'{one:g}' for one in FACTORS)}.", field="factor")
    user.time_factor = factor


def disable(session: Session, user: User) -> None:
    """Let nobody in by this account: its sessions, keys and links end. What it has done stays. Raises Conflict."""
    _check_admin_left(session, user)
    user.disabled_at = user.disabled_at or now()
    sessions.end_all(session, user.id)
    for table in (ApiToken, OneTimeLink):
        session.execute(sa.delete(table).where(table.user_id == user.id))


def enable(user: User) -> None:
    """Let its owner in again, by the same password."""
    user.disabled_at = None


def see(session: Session, user_id: int) -> None:
    """Write down that an account is used."""
    session.execute(sa.update(User).where(User.id == user_id).values(seen_at=now()))


def rename(user: User, name: str) -> None:
    user.name = clean_name(name)


def delete_user(session: Session, user: User) -> None:
    """Take an account and all that it has done out of the database. Raises Conflict."""
    _check_admin_left(session, user)
    session.delete(user)


def any_admin_ready(session: Session) -> bool:
    """Is there an admin who can sign in?"""
    ready = (User.role == Role.ADMIN, User.password_hash.is_not(None), User.disabled_at.is_(None))
    return session.scalar(sa.select(User.id).where(*ready).limit(1)) is not None


def listed(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.email)))


def _set_password(user: User, password: NewPassword) -> None:
    user.password_hash = password.hash


def _open_link(session: Session, token: str, *, lock: bool = False) -> tuple[OneTimeLink, User]:
    """With `lock` whoever else would use a link of this account waits, and then finds it used."""
    query = sa.select(OneTimeLink).where(OneTimeLink.token_hash == _digest(token))
    link = session.scalar(query)
    if link is not None and lock:
        session.execute(sa.select(User.id).where(User.id == link.user_id).with_for_update())
        link = session.scalar(query.execution_options(populate_existing=True))
    if link is None or link.used_at is not None or link.expires_at < now():
        raise NotFound("This link was used, or is too old. Ask for a new one.")
    return link, session.get_one(User, link.user_id)


def _check_admin_left(session: Session, user: User) -> None:
    """Is there another admin? The rows are locked: of two who leave at once one stays. Raises Conflict."""
    if user.role is not Role.ADMIN or user.is_disabled:
        return
    admins = sa.select(User.id).where(User.role == Role.ADMIN, User.disabled_at.is_(None)).order_by(User.id)
    if len(session.scalars(admins.with_for_update()).all()) == 1:
        raise Conflict(f"{user.email} is the only admin. Make another one first.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
