"""Do all servers of one database have the same value of a setting? They tell fingerprints, never the values.

The value that counts is the one that was told first. It is given up when nobody has told of it for `GONE_AFTER`: so
servers may all be started anew with another one.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from enum import Enum, auto
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from trainer.db import moment_after, utc_now
from trainer.models import SharedSetting

SECRET_KEY = "TRAINER_SECRET_KEY"
GONE_AFTER = timedelta(seconds=15)
_PURPOSE = b"trainer: fingerprint of the secret key"


class Agreement(Enum):
    """`OTHER_DIFFERS`: this server has the value that counts, and another server has not."""

    SAME = auto()
    OTHER_DIFFERS = auto()
    DIFFERS = auto()


def fingerprint(secret: str) -> str:
    """The same for the same secret. Nobody can work the secret out from it, nor sign anything with it."""
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).hexdigest()


def tell(session: Session, name: str, mark: str) -> Agreement:
    """Tell this server's fingerprint of a setting, and learn whether the others have the same."""
    mine = sa.and_(SharedSetting.name == name, SharedSetting.fingerprint == mark)
    differs = sa.func.coalesce(SharedSetting.differs_at > _gone(), sa.false())
    renewed = session.execute(sa.update(SharedSetting).where(mine).values(seen_at=utc_now()).returning(differs)).first()
    if renewed is not None:
        return Agreement.OTHER_DIFFERS if renewed[0] else Agreement.SAME
    if session.execute(_taking_over(session, name, mark)).first() is not None:
        return Agreement.SAME
    session.execute(sa.update(SharedSetting).where(SharedSetting.name == name).values(differs_at=utc_now()))
    return Agreement.DIFFERS


def _taking_over(session: Session, name: str, mark: str) -> Any:
    """Make this value the one that counts, where there is none, or nobody has the other one any more."""
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"fingerprint": mark, "seen_at": utc_now(), "differs_at": None}
    made = insert(SharedSetting).values(name=name, **new)
    return made.on_conflict_do_update(
        index_elements=["name"], set_=new, where=SharedSetting.seen_at < _gone()
    ).returning(SharedSetting.name)


def _gone() -> moment_after:
    return moment_after(-GONE_AFTER.total_seconds())
