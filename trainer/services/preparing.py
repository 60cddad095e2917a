"""Hidden data is made once: who makes it holds a lease, and what failed too often is not tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import DataError
from trainer.models import KnownMistakes, Preparation, Problem, ProblemVersion, TestData

MOST_LAPSES = 5
"""Data over which so many workers died, or so many attempts failed, is not made again."""


class UnderWay(Exception):
    """Somebody else makes this data now: ask again later."""


@dataclass(frozen=True, slots=True)
class DataClaim:
    """The right to make the hidden data of a digest, as `trainer.services.judging.Claim` is for submissions."""

    digest: str
    fence: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Hidden data that is not tried again, by the title of a problem that needs it."""

    title: str
    why: str


def claim(session: Session, digest: str, lease: timedelta) -> DataClaim:
    """Take the making of some data. Raises UnderWay where somebody is at it, DataError where it is given up."""
    _insert(session, digest)
    moment = now()
    fence = session.scalar(
        sa.update(Preparation)
        .where(Preparation.digest == digest, _free(), _lapses() < MOST_LAPSES)
        .values(fence=Preparation.fence + 1, lease_until=moment + lease, lapses=_lapses())
        .returning(Preparation.fence)
        .execution_options(synchronize_session=False)
    )
    if fence is not None:
        return DataClaim(digest, fence)
    if session.scalar(sa.select(sa.and_(_free(), _lapses() >= MOST_LAPSES)).where(Preparation.digest == digest)):
        raise DataError("The hidden data of this problem could not be made. Its mentors are told.")
    raise UnderWay


def renew(session: Session, held: DataClaim, lease: timedelta) -> None:
    session.execute(_held(held).values(lease_until=now() + lease))


def put_back(session: Session, held: DataClaim) -> None:
    """Let somebody else make it, because it cannot be made now."""
    session.execute(_held(held).values(lease_until=None))


def finish(session: Session, held: DataClaim) -> None:
    """It is made, and stored: what went wrong before is forgotten."""
    session.execute(_held(held).values(lease_until=None, lapses=0, error=""))


def fail(session: Session, held: DataClaim, why: str) -> None:
    """Count an attempt that failed, and keep why it did."""
    session.execute(_held(held).values(lease_until=None, lapses=Preparation.lapses + 1, error=why[:2000]))


def reset(session: Session, digest: str) -> None:
    """Try again what was given up: its problem is published anew."""
    session.execute(sa.update(Preparation).where(Preparation.digest == digest).values(lapses=0, error=""))


def unprepared(session: Session, *, limit: int | None = None) -> list[int]:
    """Ids of current versions whose test data or known mistakes are still to be made, the warm-up first.

    Left out are those that somebody makes now, and those that are given up.
    """
    left_alone = sa.exists().where(
        Preparation.digest == ProblemVersion.data_digest, sa.or_(~_free(), _lapses() >= MOST_LAPSES)
    )
    query = (
        sa.select(ProblemVersion.id)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .outerjoin(TestData, TestData.digest == ProblemVersion.data_digest)
        .outerjoin(KnownMistakes, KnownMistakes.version_id == ProblemVersion.id)
        .where(sa.or_(TestData.digest.is_(None), KnownMistakes.version_id.is_(None)), ~left_alone)
        .order_by(ProblemVersion.warm_up.desc(), ProblemVersion.id)
    )
    return list(session.scalars(query.limit(limit)))


def given_up(session: Session) -> list[GivenUp]:
    """What is not tried again, of the versions that are current."""
    query = (
        sa.select(ProblemVersion.title, Preparation.error)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .join(Preparation, Preparation.digest == ProblemVersion.data_digest)
        .where(_free(), _lapses() >= MOST_LAPSES)
        .order_by(ProblemVersion.title)
    )
    died = f"The worker that made it died {MOST_LAPSES} times."
    return [GivenUp(title, error or died) for title, error in session.execute(query)]


def _insert(session: Session, digest: str) -> None:
    if session.get(Preparation, digest) is not None:
        return
    try:
        with session.begin_nested():
            session.add(Preparation(digest=digest))
    except IntegrityError:
        pass  # somebody else was faster: the same row


def _free() -> sa.ColumnElement[bool]:
    """Is nobody at it, or nobody who is alive?"""
    return sa.or_(Preparation.lease_until.is_(None), Preparation.lease_until < now())


def _lapses() -> sa.ColumnElement[int]:
    """A lease that ended counts, though nobody has written it down yet."""
    return Preparation.lapses + sa.case((Preparation.lease_until < now(), 1), else_=0)


def _held(held: DataClaim) -> sa.Update:
    return (
        sa.update(Preparation)
        .where(Preparation.digest == held.digest, Preparation.fence == held.fence, Preparation.lease_until.is_not(None))
        .execution_options(synchronize_session=False)
    )
