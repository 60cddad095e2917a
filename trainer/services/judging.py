"""The life of a row from queued to judged: claim, renew, record, put back.

The row is the truth. A claim raises the row's `fence`; whoever comes later with an older fence changes nothing. So a
judge may die at any instruction, and a message may arrive twice or late, without a judgement lost or recorded twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.kinds import KINDS
from trainer.models import (
    Interview,
    InterviewTask,
    Preparation,
    ProblemVersion,
    Purpose,
    Submission,
    SubmissionStatus,
    TestData,
    unjudged,
)
from trainer.services import attempts

MOST_LAPSES = 5
"""A row over which so many judges died is not tried again."""
LENGTHY = tuple(kind.NAME for kind in KINDS if kind.LENGTHY)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to judge one submission, until the lease ends or somebody else claims it.

    `lapses` counts judges that died over it before.
    """

    submission_id: int
    fence: int
    lapses: int


def claim(session: Session, submission_id: int, lease: timedelta) -> Claim | None:
    """Take a queued submission. None where it is not queued: judged already, or under way elsewhere."""
    row = session.execute(
        sa.update(Submission)
        .where(Submission.id == submission_id, Submission.status == SubmissionStatus.QUEUED)
        .values(
            status=SubmissionStatus.JUDGING,
            fence=Submission.fence + 1,
            lease_until=now() + lease,
            cases_done=0,
            cases_total=0,
        )
        .returning(Submission.fence, Submission.lapses)
    ).one_or_none()
    return None if row is None else Claim(submission_id, row.fence, row.lapses)


def next_queued(session: Session, *, brisk: bool = False) -> int | None:
    """The id of what is judged next, first come, first served. None where nothing waits.

    `brisk` passes over what may take minutes: lengthy kinds, and versions whose hidden data is not made yet. Rows that
    wait for data which somebody makes at this moment are passed over by all.
    """
    return session.scalar(_next(brisk=brisk))


def claim_next(session: Session, lease: timedelta, *, brisk: bool = False) -> Claim | None:
    """Take what is judged next. None where nothing waits."""
    query = _next(brisk=brisk).with_for_update(skip_locked=True, of=Submission)
    while (submission_id := session.scalar(query)) is not None:
        held = claim(session, submission_id, lease)
        if held is not None:
            return held
    return None


def renew(session: Session, held: Claim, lease: timedelta) -> None:
    """Say that this one is still being judged."""
    session.execute(_held(held).values(lease_until=now() + lease))


def show_progress(session: Session, held: Claim, done: int, total: int) -> None:
    session.execute(_held(held).values(cases_done=done, cases_total=total))


def put_back(session: Session, held: Claim) -> None:
    """Give a submission back to the queue, because it cannot be judged now."""
    session.execute(_held(held).values(status=SubmissionStatus.QUEUED, lease_until=None, cases_done=0, cases_total=0))


def record(session: Session, held: Claim, *, verdict: str, score: float, record: dict[str, Any]) -> bool:
    """Write the judgement, once. False where the claim was lost meanwhile: then nothing is written."""
    moment = now()
    written = session.execute(
        _held(held)
        .values(
            status=SubmissionStatus.JUDGED,
            lease_until=None,
            judged_at=moment,
            verdict=verdict,
            score=score,
            record=record,
        )
        .returning(Submission.user_id, Submission.problem_id, Submission.purpose, Submission.task_id)
    ).one_or_none()
    if written is None:
        return False
    user_id, problem_id, purpose, task_id = written
    accepted = purpose is Purpose.SUBMIT and verdict == "accepted"
    if user_id is not None and accepted and (task_id is None or _counts_in_practice(session, task_id)):
        attempts.accept(session, user_id, problem_id)
    return True


def give_up(session: Session, held: Claim, record: dict[str, Any]) -> None:
    """End a row as a judge error, reading nothing of it: it may be what cannot be read."""
    session.execute(
        _held(held).values(
            status=SubmissionStatus.JUDGED,
            lease_until=None,
            judged_at=now(),
            verdict="judge error",
            score=0.0,
            record=record,
        )
    )


def _counts_in_practice(session: Session, task_id: int) -> bool:
    """Is the task's interview closed, and no demo?

    The row is locked: whoever closes it comes before this, or finds this judgement.
    """
    closed_at = session.scalar(
        sa.select(Interview.closed_at)
        .join(InterviewTask, InterviewTask.interview_id == Interview.id)
        .where(InterviewTask.id == task_id, ~Interview.demo)
        .with_for_update(read=True, of=Interview)
    )
    return closed_at is not None


def put_back_lapsed(session: Session) -> int:
    """Put back what a dead judge held. How many there were."""
    lapsed = session.scalars(
        sa.update(Submission)
        .where(unjudged(), Submission.status == SubmissionStatus.JUDGING, Submission.lease_until < now())
        .values(
            status=SubmissionStatus.QUEUED,
            lease_until=None,
            cases_done=0,
            cases_total=0,
            lapses=Submission.lapses + 1,
        )
        .returning(Submission.id)
    )
    return len(lapsed.all())


def queued(session: Session, *, limit: int = 1000) -> list[int]:
    """Ids of what waits, oldest first."""
    query = sa.select(Submission.id).where(unjudged(), Submission.status == SubmissionStatus.QUEUED)
    return list(session.scalars(query.order_by(Submission.id).limit(limit)))


def _next(*, brisk: bool) -> sa.Select[int]:
    has_data = sa.exists().where(TestData.digest == ProblemVersion.data_digest)
    under_way = sa.exists().where(Preparation.digest == ProblemVersion.data_digest, Preparation.lease_until >= now())
    query = (
        sa.select(Submission.id)
        .join(ProblemVersion, ProblemVersion.id == Submission.version_id)
        .where(unjudged(), Submission.status == SubmissionStatus.QUEUED)
        .where(has_data if brisk else sa.or_(has_data, ~under_way))
    )
    if brisk:
        query = query.where(ProblemVersion.kind.not_in(LENGTHY))
    return query.order_by(Submission.id).limit(1)


def _held(held: Claim) -> sa.Update:
    return sa.update(Submission).where(
        Submission.id == held.submission_id,
        Submission.fence == held.fence,
        Submission.status == SubmissionStatus.JUDGING,
    )
