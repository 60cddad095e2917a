"""Requests that name themselves: sent again, because no answer came, they do their work once."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid
from trainer.models import IdempotencyKey
from trainer.services import upsert

LIFE = timedelta(hours=24)
HEADER = "Idempotency-Key"
LONGEST = 255

_LOCKED = upsert.locking(
    sa.select(IdempotencyKey).where(
        IdempotencyKey.user_id == sa.bindparam("owner"), IdempotencyKey.key == sa.bindparam("name")
    )
)


class KeyReused(Invalid):
    """The same name, and another request."""

    code = "idempotency_key_reused"


def claim(session: Session, user_id: int, key: str, digest: str) -> IdempotencyKey:
    """The row of a request: with a status where it was answered already.

    It is written in the transaction that does the work: without an answer that is kept there is no row. Who comes
    meanwhile waits for that transaction. Raises Invalid, and KeyReused where the key named another request.
    """
    _check(key)
    moment = now()
    new = {"user_id": user_id, "key": key, "digest": digest, "created_at": moment}
    values = new | {"status": 0, "body": "", "location": ""}
    found, is_new = upsert.find_or_insert(session, _LOCKED, values, {"owner": user_id, "name": key})
    if not is_new and found.created_at <= moment - LIFE:
        found.digest, found.created_at, found.status = digest, moment, 0
    if found.digest != digest:
        raise KeyReused("This key came with another request. Make a new key for each request.", field=HEADER)
    return found


def keep(session: Session, claimed: IdempotencyKey, *, status: int, body: str, location: str) -> None:
    """What was answered, for who asks again."""
    claimed.status, claimed.body, claimed.location = status, body, location
    session.flush()


def are_old(session: Session) -> bool:
    """Is there anything to forget?"""
    return bool(session.scalar(sa.select(sa.exists().where(_old()))))


def forget_old(session: Session) -> None:
    session.execute(sa.delete(IdempotencyKey).where(_old()))


def _old() -> sa.ColumnElement[bool]:
    return IdempotencyKey.created_at <= now() - LIFE


def _check(key: str) -> None:
    if not (1 <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Invalid(f"A key has 1 to {LONGEST} characters of ASCII, such as a random UUID.", field=HEADER)
