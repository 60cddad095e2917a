"""Hidden data and known mistakes of a version are made once, ahead of need; what fails too often is not tried again."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.errors import DataError
from trainer.models import KnownMistakes, Priority, Problem, ProblemVersion, TestData, Work, WorkKind, WorkStatus
from trainer.services import sorts, work
from trainer.services.work import Claim


class UnderWay(Exception):
    """Somebody else makes this data now: ask again later."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Hidden data that is not tried again, by the title of a problem that needs it."""

    title: str
    why: str


def queue(session: Session, version: ProblemVersion) -> None:
    """Have a version's data made, unless it is made. What was given up is tried again."""
    if _is_made(session, version):
        return
    _add(session, version)
    work.retry(session, WorkKind.DATA, version.id)


def queue_missing(session: Session) -> None:
    """Have the data of all current versions made that is neither made nor queued: an older release left it so."""
    query = (
        sa.select(ProblemVersion)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .outerjoin(TestData, TestData.digest == ProblemVersion.data_digest)
        .outerjoin(KnownMistakes, KnownMistakes.version_id == ProblemVersion.id)
        .outerjoin(Work, sa.and_(Work.kind == WorkKind.DATA, Work.subject_id == ProblemVersion.id))
        .where(sa.or_(TestData.digest.is_(None), KnownMistakes.version_id.is_(None)), Work.id.is_(None))
        .order_by(ProblemVersion.id)
    )
    for version in session.scalars(query).all():
        _add(session, version)


def is_wanted(session: Session, version: ProblemVersion) -> bool:
    """Is a version the current one, and is something of it still to be made?"""
    current = session.scalar(sa.select(Problem.current_id).where(Problem.id == version.problem_id))
    return current == version.id and not _is_made(session, version)


def claim(session: Session, version: ProblemVersion, worker: str, lease_s: float) -> Claim:
    """Take the making of a version's data, at once. Raises UnderWay where somebody is at it, DataError where it is
    given up."""
    if work.status_of(session, WorkKind.DATA, version.id) is None:
        _add(session, version)
    held = work.take(session, WorkKind.DATA, version.id, worker, lease_s)
    if held is not None:
        return held
    if work.status_of(session, WorkKind.DATA, version.id) is WorkStatus.SET_ASIDE:
        raise DataError("The hidden data of this problem could not be made. Its mentors are told.")
    raise UnderWay


def given_up(session: Session) -> list[GivenUp]:
    """What is not tried again, of the versions that are current."""
    query = (
        sa.select(ProblemVersion.title, Work.error)
        .join(Problem, Problem.current_id == ProblemVersion.id)
        .join(Work, sa.and_(Work.kind == WorkKind.DATA, Work.subject_id == ProblemVersion.id))
        .where(Work.status == WorkStatus.SET_ASIDE)
        .order_by(ProblemVersion.title)
    )
    return [GivenUp(title, error) for title, error in session.execute(query)]


def begin(session: Session, version_id: int) -> bool:
    """False where there is no such version. Nothing shows how far its data is."""
    return session.scalar(sa.select(ProblemVersion.id).where(ProblemVersion.id == version_id)) is not None


def wait_again(_session: Session, _version_id: int) -> None:
    """Nothing shows how far data is."""


def give_up(_session: Session, _version_id: int, _lapses: int) -> None:
    """Whoever needs the data is told when it is asked for."""


def has_mistakes(session: Session, version_id: int) -> bool:
    """Are a version's known mistakes worked out, or told by its proof?"""
    return bool(session.scalar(sa.select(sa.exists().where(KnownMistakes.version_id == version_id))))


def _is_made(session: Session, version: ProblemVersion) -> bool:
    has_data = session.scalar(sa.select(sa.exists().where(TestData.digest == version.data_digest)))
    return bool(has_data) and has_mistakes(session, version.id)


def _add(session: Session, version: ProblemVersion) -> None:
    work.add(
        session,
        WorkKind.DATA,
        version.id,
        priority=Priority.WARM_UP if version.warm_up else Priority.DATA,
        data_digest=version.data_digest,
        needs=sorts.needs(version.kind),
        anew=False,
    )
