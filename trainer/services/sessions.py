"""Sign-ins: one row each. A cookie names a row by a secret of which only the hash is kept, and ends with the row."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from trainer.clock import now
from trainer.models import LoginSession, User

UNSEEN = timedelta(days=90)
"""A session that nobody used for so long is over."""
MOST = 50
"""Of one account: with one more the oldest ends."""
SEEN_EVERY = timedelta(minutes=10)

_BY_HASH = (
    sa.select(LoginSession)
    .where(LoginSession.key_hash == sa.bindparam("key_hash"))
    .options(joinedload(LoginSession.user))
)
"""Asked with every request by a cookie, so it is made once: putting a query together costs more than running it."""


def begin(session: Session, user: User, browser: str) -> str:
    """The secret of a new session. Those that are over, and those beyond `MOST`, are removed."""
    for old in listed(session, user.id)[MOST - 1 :]:
        session.delete(old)
    session.execute(sa.delete(LoginSession).where(LoginSession.seen_at < now() - UNSEEN))
    key, moment = secrets.token_urlsafe(24), now()
    shown = "".join(character for character in browser if character.isprintable())[:200]
    session.add(LoginSession(user_id=user.id, key_hash=_hash(key), browser=shown, created_at=moment, seen_at=moment))
    user.seen_at = moment
    session.flush()
    return key


def find(session: Session, key: str) -> LoginSession | None:
    """The session of a cookie with its account, unless it has ended."""
    found = session.scalar(_BY_HASH, {"key_hash": _hash(key)})
    return found if found and found.seen_at > now() - UNSEEN else None


def listed(session: Session, user_id: int) -> list[LoginSession]:
    """Those of an account, the one that was used last first."""
    query = sa.select(LoginSession).where(LoginSession.user_id == user_id)
    return list(session.scalars(query.order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())))


def is_stale(found: LoginSession) -> bool:
    """Is it time to write down again that it is used?"""
    return now() - found.seen_at > SEEN_EVERY


def see(session: Session, session_id: int) -> None:
    session.execute(sa.update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now()))


def end(session: Session, user_id: int, session_id: int) -> None:
    """End one of the account's own sessions."""
    session.execute(sa.delete(LoginSession).where(LoginSession.id == session_id, LoginSession.user_id == user_id))


def end_all(session: Session, user_id: int, *, but: int | None = None) -> None:
    """End all of an account, or all but one."""
    ended = sa.delete(LoginSession).where(LoginSession.user_id == user_id)
    session.execute(ended if but is None else ended.where(LoginSession.id != but))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
