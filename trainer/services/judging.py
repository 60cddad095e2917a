"""A submission on its way: queued, judged, recorded once. `trainer.services.work` says who judges it, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from sandbox.model import Verdict
from trainer import kinds
from trainer.clock import now
from trainer.kinds import KINDS
from trainer.models import (
    Interview,
    InterviewTask,
    Priority,
    ProblemVersion,
    Purpose,
    Submission,
    SubmissionStatus,
    WorkKind,
)
from trainer.services import attempts, sorts, work
from trainer.services.work import Claim

LENGTHY = frozenset(kind.NAME for kind in KINDS if kind.LENGTHY)
WORK = {Purpose.RUN: WorkKind.RUN, Purpose.SUBMIT: WorkKind.SUBMIT}


def queue(session: Session, submission: Submission, version: ProblemVersion) -> None:
    """Have a submission judged. What a bell sends comes after what students sit and wait for."""
    kind = WORK[submission.purpose]
    work.add(
        session,
        kind,
        submission.id,
        priority=Priority.BELL if submission.at_bell else Priority[kind.name],
        account=work.account_of(submission.user_id),
        brief=version.kind not in LENGTHY,
        data_digest=version.data_digest,
        needs=sorts.needs(version.kind, submission.language),
    )


def begin(session: Session, submission_id: int) -> bool:
    """Show that it is being judged. False where there is nothing to judge."""
    return session.execute(_BEGIN, {"the_id": submission_id}).first() is not None


def wait_again(session: Session, submission_id: int) -> None:
    """Show that it waits again."""
    session.execute(_WAIT_AGAIN, {"the_id": submission_id})


def give_up(session: Session, submission_id: int, lapses: int) -> None:
    """End it as a judge error, because so many judges died over it."""
    _end_as_error(session, submission_id, f"Judging this was interrupted {lapses} times.")


def sent(session: Session, held: Claim) -> Submission:
    """What is to be judged, with its version."""
    return session.execute(_SENT, {"the_id": held.subject_id}).scalar_one()


def show_progress(session: Session, held: Claim, done: int, total: int) -> None:
    session.execute(
        sa.update(Submission)
        .where(Submission.id == held.subject_id, work.is_held(held))
        .values(cases_done=done, cases_total=total)
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement was written. `task_id` is the task for which the submission was sent in an interview."""

    task_id: int | None


def record(session: Session, held: Claim, *, verdict: str, score: float, record: dict[str, Any]) -> Recorded | None:
    """Write the judgement, once. None where the claim was lost meanwhile: then nothing is written.

    All cases count as done: which ones were not run may be what the student must not know.
    """
    if not work.finish(session, held):
        return None
    count = len(record.get("cases", ()))
    judgement = {"said": verdict, "points": score, "kept": record, "count": count, "moment": now()}
    written = session.execute(_RECORD, {"the_id": held.subject_id, **judgement}).first()
    if written is None:
        return None
    user_id, problem_id, purpose, task_id = written
    accepted = purpose is Purpose.SUBMIT and verdict == "accepted"
    if user_id is not None and accepted and (task_id is None or _counts_in_practice(session, task_id)):
        attempts.accept(session, user_id, problem_id)
    return Recorded(task_id)


def record_error(session: Session, held: Claim, message: str) -> None:
    """End it as a judge error, reading nothing of its row: it may be what cannot be read."""
    if work.finish(session, held):
        _end_as_error(session, held.subject_id, message)


def judge_error(message: str) -> dict[str, Any]:
    """What is recorded where the judge itself failed."""
    return {"verdict": Verdict.JUDGE_ERROR, "score": 0.0, "record": kinds.get("function").judge_error(message)}


def _end_as_error(session: Session, submission_id: int, message: str) -> None:
    session.execute(
        sa.update(_ROWS)
        .where(_ROWS.c.id == submission_id, _ROWS.c.status != SubmissionStatus.JUDGED)
        .values(status=SubmissionStatus.JUDGED, judged_at=now(), **judge_error(message))
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


# What every judging asks is made once: putting a statement together costs more than running it. These go by the table,
# so rows that a session has loaded already stay in it as they were.
_ROWS = cast(sa.Table, Submission.__table__)
_THE_ONE = _ROWS.c.id == sa.bindparam("the_id")
_SENT = sa.select(Submission).where(Submission.id == sa.bindparam("the_id")).options(joinedload(Submission.version))
_BEGIN = (
    sa.update(_ROWS)
    .where(_THE_ONE, _ROWS.c.status != SubmissionStatus.JUDGED)
    .values(status=SubmissionStatus.JUDGING, cases_done=0, cases_total=0)
    .returning(_ROWS.c.id)
)
_WAIT_AGAIN = (
    sa.update(_ROWS)
    .where(_THE_ONE, _ROWS.c.status == SubmissionStatus.JUDGING)
    .values(status=SubmissionStatus.QUEUED, cases_done=0, cases_total=0)
)
_RECORD = (
    sa.update(_ROWS)
    .where(_THE_ONE, _ROWS.c.status == SubmissionStatus.JUDGING)
    .values(
        status=SubmissionStatus.JUDGED,
        judged_at=sa.bindparam("moment"),
        verdict=sa.bindparam("said"),
        score=sa.bindparam("points"),
        record=sa.bindparam("kept"),
        cases_done=sa.bindparam("count"),
        cases_total=sa.bindparam("count"),
    )
    .returning(_ROWS.c.user_id, _ROWS.c.problem_id, _ROWS.c.purpose, _ROWS.c.task_id)
)
