"""Keys for the API: each has a name, a scope and, if it is to have one, an end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from trainer.clock import now
from trainer.errors import Invalid
from trainer.models import ApiToken, KeyScope, Role, User
from trainer.services.names import clean_name

MOST_DAYS = 3650

_BY_HASH = (
    sa.select(ApiToken).where(ApiToken.token_hash == sa.bindparam("token_hash")).options(joinedload(ApiToken.user))
)
"""Asked with every request by a key, so it is made once: putting a query together costs more than running it."""


def make_token(
    session: Session, user: User, name: str, *, scope: KeyScope = KeyScope.PRACTISE, days: int | None = None
) -> str:
    """A key that ends after so many days, or never. It is shown once; only its hash is kept. Raises Invalid."""
    if scope not in scopes_of(user):
        raise Invalid(f"Only {scope}s have keys for what {scope}s do.", field="scope")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Invalid(f"A key lasts 1 to {MOST_DAYS:,} days.", field="days")
    token = f"trainer_{secrets.token_urlsafe(32)}"
    moment = now()
    made = ApiToken(
        user_id=user.id,
        name=clean_name(name, what="name of the key"),
        token_hash=_digest(token),
        created_at=moment,
        scope=scope,
        ends_at=None if days is None else moment + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    return token


def scopes_of(user: User) -> frozenset[KeyScope]:
    """What a key of this account may be made for."""
    if user.role is Role.ADMIN:
        return KeyScope.ADMIN.includes
    return (KeyScope.MENTOR if user.may_mentor else KeyScope.PRACTISE).includes


def list_tokens(session: Session, user: User) -> list[ApiToken]:
    return list(session.scalars(sa.select(ApiToken).where(ApiToken.user_id == user.id).order_by(ApiToken.id)))


def drop_token(session: Session, user: User, token_id: int) -> bool:
    """False where the account has no such key."""
    mine = sa.delete(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user.id)
    return session.scalar(mine.returning(ApiToken.id)) is not None


def find_token(session: Session, token: str) -> ApiToken | None:
    """The key with its account, one that has ended, too."""
    return session.scalar(_BY_HASH, {"token_hash": _digest(token)})


def find_by_token(session: Session, token: str) -> User | None:
    """Whose key it is, while it has not ended."""
    found = find_token(session, token)
    return None if found is None or has_ended(found) else found.user


def has_ended(token: ApiToken) -> bool:
    return token.ends_at is not None and token.ends_at <= now()


def use_token(session: Session, token_id: int) -> None:
    """Write down that a key is used."""
    session.execute(sa.update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
