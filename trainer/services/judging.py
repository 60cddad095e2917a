"""The life of a row from queued to judged: claim, renew, record, put back.

The row is the truth. A claim raises the row's `fence`; whoever comes later with an older fence changes nothing. So a
judge may die at any instruction, and a message may arrive twice or late, without a judgement lost or recorded twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from trainer.clock import now
from trainer.db import UtcDateTime
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

    `lapses` counts judges that died over it before. `task_id` is the task for which it was sent in an interview.
    """

    submission_id: int
    fence: int
    lapses: int
    task_id: int | None = None


def claim(session: Session, submission_id: int, lease: timedelta) -> Claim | None:
    """Take a queued submission. None where it is not queued: judged already, or under way elsewhere."""
    row = session.execute(_CLAIM, {"the_id": submission_id, "until": now() + lease}).first()
    return None if row is None else Claim(submission_id, *row)


def next_queued(session: Session, *, brisk: bool = False) -> int | None:
    """The id of what is judged next, first come, first served. None where nothing waits.

    `brisk` passes over what may take minutes: lengthy kinds, and versions whose hidden data is not made yet. Rows that
    wait for data which somebody makes at this moment are passed over by all.
    """
    return session.scalar(_NEXT[brisk])


def sent(session: Session, held: Claim) -> Submission:
    """What is to be judged, with its version."""
    return session.execute(_SENT, {"the_id": held.submission_id}).scalar_one()


def renew(session: Session, held: Claim, lease: timedelta) -> None:
    """Say that this one is still being judged."""
    session.execute(_held(held).values(lease_until=now() + lease))


def show_progress(session: Session, held: Claim, done: int, total: int) -> None:
    session.execute(_held(held).values(cases_done=done, cases_total=total))


def put_back(session: Session, held: Claim) -> None:
    """Give a submission back to the queue, because it cannot be judged now."""
    session.execute(_held(held).values(status=SubmissionStatus.QUEUED, lease_until=None, cases_done=0, cases_total=0))


def record(session: Session, held: Claim, *, verdict: str, score: float, record: dict[str, Any]) -> bool:
    """Write the judgement, once. False where the claim was lost meanwhile: then nothing is written.

    All cases count as done: which ones were not run may be what the student must not know.
    """
    count = len(record.get("cases", ()))
    judgement = {"said": verdict, "points": score, "kept": record, "count": count, "moment": now()}
    written = session.execute(_RECORD, {"the_id": held.submission_id, "the_fence": held.fence, **judgement}).first()
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
    moment = sa.bindparam("moment", callable_=now, type_=UtcDateTime())
    has_data = sa.exists().where(TestData.digest == ProblemVersion.data_digest)
    under_way = sa.exists().where(Preparation.digest == ProblemVersion.data_digest, Preparation.lease_until >= moment)
    query = (
        sa.select(Submission.id)
        .join(ProblemVersion, ProblemVersion.id == Submission.version_id)
        .where(unjudged(), Submission.status == SubmissionStatus.QUEUED)
        .where(has_data if brisk else sa.or_(has_data, ~under_way))
    )
    if brisk:
        query = query.where(ProblemVersion.kind.not_in(LENGTHY))
    return query.order_by(Submission.id).limit(1)


# What every judging asks is made once: putting a statement together costs more than running it. These go by the table,
# so rows that a session has loaded already stay in it as they were.
_ROWS = cast(sa.Table, Submission.__table__)
_THE_ONE = _ROWS.c.id == sa.bindparam("the_id")
_NEXT = {brisk: _next(brisk=brisk) for brisk in (True, False)}
_SENT = sa.select(Submission).where(Submission.id == sa.bindparam("the_id")).options(joinedload(Submission.version))
_CLAIM = (
    sa.update(_ROWS)
    .where(_THE_ONE, _ROWS.c.status == SubmissionStatus.QUEUED)
    .values(
        status=SubmissionStatus.JUDGING,
        fence=_ROWS.c.fence + 1,
        lease_until=sa.bindparam("until"),
        cases_done=0,
        cases_total=0,
    )
    .returning(_ROWS.c.fence, _ROWS.c.lapses, _ROWS.c.task_id)
)
_RECORD = (
    sa.update(_ROWS)
    .where(_THE_ONE, _ROWS.c.fence == sa.bindparam("the_fence"), _ROWS.c.status == SubmissionStatus.JUDGING)
    .values(
        status=SubmissionStatus.JUDGED,
        lease_until=None,
        judged_at=sa.bindparam("moment"),
        verdict=sa.bindparam("said"),
        score=sa.bindparam("points"),
        record=sa.bindparam("kept"),
        cases_done=sa.bindparam("count"),
        cases_total=sa.bindparam("count"),
    )
    .returning(_ROWS.c.user_id, _ROWS.c.problem_id, _ROWS.c.purpose, _ROWS.c.task_id)
)


def _held(held: Claim) -> sa.Update:
    return sa.update(Submission).where(
        Submission.id == held.submission_id,
        Submission.fence == held.fence,
        Submission.status == SubmissionStatus.JUDGING,
    )
