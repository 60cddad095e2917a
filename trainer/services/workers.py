"""Which processes judge. Each tells of itself every few seconds; who is silent for long is taken to be gone.

All moments are the database's: a machine whose clock is wrong is neither gone nor there for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.db import moment_after, utc_now
from trainer.models import SubmissionStatus, WorkerProcess

GONE_AFTER = timedelta(seconds=15)
"""Who was silent for so long does not judge any more."""
KEPT_FOR = timedelta(hours=1)
"""So long a worker that is gone is shown."""


@dataclass(frozen=True, slots=True)
class About:
    """What a worker is, from its start to its end. `judges` are threads that judge."""

    name: str
    version: str
    judges: int
    max_boxes: int
    max_memory_mib: int


@dataclass(frozen=True, slots=True)
class EngineState:
    """How the worker's engine is. `message` says why it or the broker is away, `why_single` why boxes are not kept.

    `sorts` are the images that it has: what it can judge.
    """

    is_available: bool
    message: str
    why_single: str
    sorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A worker that is there, or was within `KEPT_FOR`. `silent_s`: seconds since it told of itself."""

    row: WorkerProcess
    is_present: bool
    silent_s: float

    @property
    def can_judge(self) -> bool:
        return self.is_present and self.row.is_available


def beat(session: Session, worker_id: str, about: About, engine: EngineState, warm: int) -> None:
    """Tell that a worker is there, and how its engine is; one that is not known yet is added.

    `warm` boxes stand ready.
    """
    state = {
        "is_available": engine.is_available,
        "message": engine.message,
        "why_single": engine.why_single,
        "sorts": list(engine.sorts),
        "warm": warm,
        "seen_at": utc_now(),
    }
    renewed = session.execute(
        sa.update(WorkerProcess).where(WorkerProcess.id == worker_id).values(**state).returning(WorkerProcess.id)
    ).first()
    if renewed is None:
        fixed = {
            "id": worker_id,
            "name": about.name,
            "version": about.version,
            "judges": about.judges,
            "max_boxes": about.max_boxes,
            "max_memory_mib": about.max_memory_mib,
            "started_at": utc_now(),
        }
        session.execute(sa.insert(WorkerProcess).values(**fixed, **state))


def stop(session: Session, worker_id: str) -> None:
    """Tell that a worker has ended."""
    session.execute(sa.update(WorkerProcess).where(WorkerProcess.id == worker_id).values(stopped_at=utc_now()))


def forget_gone(session: Session) -> None:
    """Delete workers that are gone for longer than `KEPT_FOR`."""
    old = [known.row.id for known in _all(session) if known.silent_s > KEPT_FOR.total_seconds()]
    if old:
        session.execute(sa.delete(WorkerProcess).where(WorkerProcess.id.in_(old)))


def listed(session: Session) -> list[Known]:
    """Those that are there by their names, then those that are gone, the last one first."""
    found = [known for known in _all(session) if known.silent_s <= KEPT_FOR.total_seconds()]
    present = sorted((one for one in found if one.is_present), key=lambda one: (one.row.name, one.row.started_at))
    gone = sorted((one for one in found if not one.is_present), key=lambda one: one.silent_s)
    return [*present, *gone]


def present(session: Session) -> list[Known]:
    """Those that are there, by their names."""
    return [known for known in listed(session) if known.is_present]


def can_judge(session: Session) -> bool:
    """Is there a worker whose engine answers?"""
    return bool(able(session))


def able(session: Session) -> frozenset[str]:
    """Ids of the workers whose engines answer."""
    rows = session.execute(_AVAILABLE).all()
    return frozenset(worker_id for worker_id, seen_at, moment in rows if moment - seen_at < GONE_AFTER)


def is_present(session: Session, worker_id: str) -> bool:
    """Is this worker there?"""
    row = session.execute(_ONE, {"the_id": worker_id}).first()
    return row is not None and _known(*row).is_present


def was_present(worker_id: sa.orm.InstrumentedAttribute[str | None], within_s: float) -> sa.ColumnElement[bool]:
    """The condition that a worker told of itself within so many seconds, also that it has ended."""
    last = sa.func.coalesce(WorkerProcess.stopped_at, WorkerProcess.seen_at, type_=WorkerProcess.seen_at.type)
    return sa.exists().where(WorkerProcess.id == worker_id, last > moment_after(-within_s))


def is_judge_missing(session: Session, status: SubmissionStatus) -> bool:
    """Does a submission wait though nobody could judge it? One that is judged waits for nobody."""
    return status is not SubmissionStatus.JUDGED and not can_judge(session)


def _all(session: Session) -> list[Known]:
    rows = session.execute(sa.select(WorkerProcess, utc_now())).all()
    return [_known(row, moment) for row, moment in rows]


def _known(row: WorkerProcess, moment: datetime) -> Known:
    silent = moment - row.seen_at
    return Known(row, row.stopped_at is None and silent < GONE_AFTER, silent.total_seconds())


_AVAILABLE = sa.select(WorkerProcess.id, WorkerProcess.seen_at, utc_now()).where(
    WorkerProcess.is_available, WorkerProcess.stopped_at.is_(None)
)
_ONE = sa.select(WorkerProcess, utc_now()).where(WorkerProcess.id == sa.bindparam("the_id"))
