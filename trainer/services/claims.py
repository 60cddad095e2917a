"""Work that is claimed, put back or given up, together with what its subject shows of that.

Each kind of work has a module with the same functions for its subjects: submissions, uploads, data.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy.orm import Session

from trainer.models import WorkKind, WorkStatus
from trainer.services import judging, preparing, rejudging, uploads, work
from trainer.services.sorts import SORTS
from trainer.services.work import Capacity, Claim, Lapsed


class Subject(Protocol):
    """What a subject shows of its work."""

    def begin(self, session: Session, subject_id: int, /) -> bool:
        """Somebody works on it. False where there is nothing to do any more."""

    def wait_again(self, session: Session, subject_id: int, /) -> None:
        """It waits for somebody else."""

    def give_up(self, session: Session, subject_id: int, lapses: int, /) -> None:
        """Nobody tries again, because so many workers died over it."""


SUBJECTS: dict[WorkKind, Subject] = {
    WorkKind.RUN: judging,
    WorkKind.SUBMIT: judging,
    WorkKind.CHECK: uploads,
    WorkKind.DATA: preparing,
    WorkKind.REJUDGE: rejudging,
}


def claim_next(
    session: Session,
    worker: str,
    capacity: Capacity,
    lease_s: float,
    *,
    able: Collection[str] = SORTS,
    longest_waiting: bool = False,
) -> Claim | None:
    """Claim what is next, see `work.take_next`. Work whose subject is gone is dropped on the way."""
    while held := work.take_next(session, worker, capacity, lease_s, able=able, longest_waiting=longest_waiting):
        if SUBJECTS[held.kind].begin(session, held.subject_id):
            return held
        work.finish(session, held)
    return None


def put_back(session: Session, held: Claim) -> None:
    """Let somebody else do it, because it cannot be done now. It keeps its turn."""
    if work.let_go(session, held):
        SUBJECTS[held.kind].wait_again(session, held.subject_id)


def put_back_lapsed(session: Session) -> list[Lapsed]:
    """Put back what dead workers held, and give up what killed too many of them."""
    lapsed = work.put_back_lapsed(session)
    for one in lapsed:
        if one.status is WorkStatus.SET_ASIDE:
            SUBJECTS[one.kind].give_up(session, one.subject_id, one.lapses)
        else:
            SUBJECTS[one.kind].wait_again(session, one.subject_id)
    return lapsed
