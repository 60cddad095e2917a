"""Submissions that another version of a problem judged are judged by its current one, and get its verdict on request.

A mentor asks for it; the submissions are queued page by page, behind everything else, and judged. Then the mentor sees
whose verdicts would change, and has them changed, or drops all of it. What a submission had before is kept.

Runs are left out, for nothing depends on them, and what was sent in interviews: their points stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.clock import now
from trainer.errors import Conflict, NotFound, Refused
from trainer.models import (
    Priority,
    Problem,
    ProblemVersion,
    Purpose,
    Rejudged,
    RejudgedStatus,
    Rejudging,
    Role,
    Submission,
    SubmissionStatus,
    User,
    Work,
    WorkKind,
)
from trainer.services import attempts, sorts, tries, work
from trainer.services.work import Claim

_SENT = (
    Submission.purpose == Purpose.SUBMIT,
    Submission.status == SubmissionStatus.JUDGED,
    Submission.task_id.is_(None),
)
PAGE = 200
"""So many are queued, or get their new verdicts, in one transaction; and so few wait at a time."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a rejudging is. `total` counts all that it is about, also what is not queued yet."""

    total: int
    done: int
    failed: int
    changes: int
    is_judged: bool


@dataclass(frozen=True, slots=True)
class OfVersion:
    """A version of a problem, and how many submissions it judged."""

    number: int
    published_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Past:
    """A rejudging that has ended: who asked for it, and who had `changed` verdicts changed, or dropped it."""

    asked_at: datetime
    asked_by: str
    ended_at: datetime
    ended_by: str
    is_dropped: bool
    changed: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What one page of applying did: `left` submissions were left, and `changed` of their verdicts changed."""

    left: int
    changed: int


@dataclass(frozen=True, slots=True)
class Change:
    """A submission whose verdict changes, or has changed. `email` is None for a guest's."""

    submission_id: int
    email: str | None
    before: str
    after: str
    old_number: int
    number: int


def find(session: Session, slug: str) -> tuple[Problem, ProblemVersion]:
    """A published problem and its current version. Raises NotFound."""
    row = session.execute(
        sa.select(Problem, ProblemVersion)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .where(Problem.slug == slug)
    ).first()
    if row is None:
        raise NotFound(f"There is no problem {slug!r}.")
    return row[0], row[1]


def count(session: Session, problem: Problem, number: int | None = None) -> int:
    """How many submissions there are to rejudge. `number`: those alone that this version judged. Raises NotFound."""
    return sum(
        session.scalar(sa.select(sa.func.count()).where(*_judged_by(version_id))) or 0
        for version_id in _older(session, problem, _version_id(session, problem, number))
    )


def under_way(session: Session, problem: Problem) -> Rejudging | None:
    """The one of a problem whose verdicts are not all changed yet."""
    query = sa.select(Rejudging).where(
        Rejudging.problem_id == problem.id, Rejudging.applied_at.is_(None), Rejudging.dropped_at.is_(None)
    )
    return session.scalar(query)


def by_version(session: Session, problem: Problem) -> list[OfVersion]:
    """Older versions that judged something which may be rejudged, the newest first."""
    query = (
        sa.select(ProblemVersion.number, ProblemVersion.created_at, sa.func.count())
        .join(Submission, sa.and_(Submission.version_id == ProblemVersion.id, *_SENT))
        .where(ProblemVersion.problem_id == problem.id, ProblemVersion.id != problem.current_id)
        .group_by(ProblemVersion.id)
        .order_by(ProblemVersion.number.desc())
    )
    return [OfVersion(*row) for row in session.execute(query)]


def past(session: Session, problem: Problem, most: int = 20) -> list[Past]:
    """Those of a problem that have ended, the last one first."""
    asked_by, applied_by, dropped_by = (sa.orm.aliased(User) for _ in range(3))
    ended_at = sa.func.coalesce(Rejudging.applied_at, Rejudging.dropped_at, type_=Rejudging.asked_at.type)
    changed = (
        sa.select(sa.func.count())
        .where(Rejudged.rejudging_id == Rejudging.id, Rejudged.verdict != Rejudged.old_verdict)
        .where(Rejudged.applied_at.is_not(None))
        .correlate(Rejudging)
        .scalar_subquery()
    )
    query = (
        sa.select(
            Rejudging.asked_at, asked_by.name, ended_at, sa.func.coalesce(applied_by.name, dropped_by.name, ""),
            Rejudging.dropped_at.is_not(None), changed,
        )
        .outerjoin(asked_by, asked_by.id == Rejudging.asked_by_id)
        .outerjoin(applied_by, applied_by.id == Rejudging.applied_by_id)
        .outerjoin(dropped_by, dropped_by.id == Rejudging.dropped_by_id)
        .where(Rejudging.problem_id == problem.id, ended_at.is_not(None))
        .order_by(ended_at.desc(), Rejudging.id.desc())
        .limit(most)
    )  # fmt: skip
    return [Past(row[0], row[1] or "", row[2], row[3], bool(row[4]), row[5]) for row in session.execute(query)]


def ask(session: Session, user: User, slug: str, number: int | None = None) -> Rejudging:
    """Have submissions of a problem rejudged, in the background; no verdict changes by that.

    Raises Refused, NotFound, and Conflict where one is under way or there is nothing to judge.
    """
    _check_may(user)
    problem, current = find(session, slug)
    session.execute(sa.select(Problem.id).where(Problem.id == problem.id).with_for_update())
    if under_way(session, problem) is not None:
        raise Conflict("This problem is being rejudged already. Apply what came of it, or drop it, before.")
    if not count(session, problem, number):
        raise Conflict("No submission was judged by another version: there is nothing to rejudge.")
    made = Rejudging(
        problem_id=problem.id, version_id=current.id, old_version_id=_version_id(session, problem, number),
        asked_by_id=user.id, asked_at=now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def any_to_queue(session: Session) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(~Rejudging.is_queued))))


def queue_more(session: Session) -> int:
    """Queue the next page of each rejudging of which hardly anything waits. Who else does so just now is left to it."""
    open_ones = sa.select(Rejudging).where(~Rejudging.is_queued).order_by(Rejudging.id)
    return sum(_queue_page(session, one) for one in session.scalars(open_ones.with_for_update(skip_locked=True)).all())


def _queue_page(session: Session, rejudging: Rejudging) -> int:
    waits = sa.select(sa.func.count()).where(
        Rejudged.rejudging_id == rejudging.id, Rejudged.status == RejudgedStatus.WAITING
    )
    if (session.scalar(waits) or 0) > PAGE // 2:
        return 0
    version = session.get_one(ProblemVersion, rejudging.version_id)
    found = _next_page(session, rejudging)
    for row in found:
        made = Rejudged(
            rejudging_id=rejudging.id, submission_id=row.id, old_version_id=row.version_id,
            old_verdict=row.verdict, old_score=row.score,
        )  # fmt: skip
        session.add(made)
        session.flush()
        _queue(session, made.id, version, row.language)
    return len(found)


def _next_page(session: Session, rejudging: Rejudging) -> list[Any]:
    """Submissions of one older version after the other, in their order; notes how far that has come."""
    problem = session.get_one(Problem, rejudging.problem_id)
    columns = sa.select(
        Submission.id, Submission.version_id, Submission.language, Submission.verdict, Submission.score
    )  # fmt: skip
    older = [one for one in _older(session, problem, rejudging.old_version_id) if one != rejudging.version_id]
    for version_id in (one for one in older if one >= rejudging.at_version_id):
        after = rejudging.last_id if version_id == rejudging.at_version_id else 0
        query = columns.where(*_judged_by(version_id), Submission.id > after).order_by(Submission.id).limit(PAGE)
        if found := list(session.execute(query)):
            rejudging.at_version_id, rejudging.last_id = version_id, found[-1].id
            return found
    rejudging.is_queued = True
    return []


def _queue(session: Session, rejudged_id: int, version: ProblemVersion, language: str) -> None:
    work.add(
        session, WorkKind.REJUDGE, rejudged_id,
        priority=Priority.REJUDGE, data_digest=version.data_digest, needs=sorts.needs(version.kind, language),
    )  # fmt: skip


def begin(session: Session, rejudged_id: int) -> bool:
    """False where it need not be judged any more."""
    query = sa.select(Rejudged.id).where(Rejudged.id == rejudged_id, Rejudged.status == RejudgedStatus.WAITING)
    return session.scalar(query) is not None


def wait_again(_session: Session, _rejudged_id: int) -> None:
    """It shows no more than that it waits."""


def give_up(session: Session, rejudged_id: int, _lapses: int) -> None:
    """Leave the submission as it is, because so many workers died over it."""
    _end(session, rejudged_id, status=RejudgedStatus.FAILED)


def sent(session: Session, held: Claim) -> tuple[Submission, ProblemVersion]:
    """What is to be rejudged, and by which version."""
    row = session.execute(
        sa.select(Submission, ProblemVersion)
        .select_from(Rejudged)
        .join(Rejudging, Rejudging.id == Rejudged.rejudging_id)
        .join(Submission, Submission.id == Rejudged.submission_id)
        .join(ProblemVersion, ProblemVersion.id == Rejudging.version_id)
        .where(Rejudged.id == held.subject_id)
    ).one()
    return row[0], row[1]


def record(session: Session, held: Claim, *, verdict: str, score: float, record: dict[str, Any]) -> bool:
    """Keep what was found, once; the submission stays as it is. False where the claim was lost before."""
    if not work.finish(session, held):
        return False
    status = RejudgedStatus.FAILED if verdict == tries.JUDGE_ERROR else RejudgedStatus.DONE
    _end(session, held.subject_id, status=status, verdict=verdict, score=score, record=record)
    return True


def _end(session: Session, rejudged_id: int, **values: Any) -> None:
    waiting = sa.and_(Rejudged.id == rejudged_id, Rejudged.status == RejudgedStatus.WAITING)
    session.execute(sa.update(Rejudged).where(waiting).values(judged_at=now(), **values))


def state(session: Session, rejudging: Rejudging) -> State:
    by_status = sa.select(Rejudged.status, sa.func.count()).where(Rejudged.rejudging_id == rejudging.id)
    found = session.execute(by_status.group_by(Rejudged.status)).all()
    counts = {row[0]: row[1] for row in found}
    queued = sum(counts.values())
    total = queued
    if not rejudging.is_queued:
        problem = session.get_one(Problem, rejudging.problem_id)
        total = max(
            queued,
            sum(
                session.scalar(sa.select(sa.func.count()).where(*_judged_by(one))) or 0
                for one in _older(session, problem, rejudging.old_version_id)
            ),
        )
    changed = session.scalar(sa.select(sa.func.count()).where(*_changed(rejudging.id))) or 0
    is_judged = rejudging.is_queued and not counts.get(RejudgedStatus.WAITING)
    done, failed = (counts.get(one, 0) for one in (RejudgedStatus.DONE, RejudgedStatus.FAILED))
    return State(total, done, failed, changed, is_judged)


def changes(session: Session, rejudging: Rejudging, after: int = 0) -> list[Change]:
    """Whose verdicts change by it, or have changed: a page of those sent after a submission, in their order."""
    old = sa.orm.aliased(ProblemVersion)
    query = (
        sa.select(
            Rejudged.submission_id, User.email, Rejudged.old_verdict, Rejudged.verdict, old.number,
            ProblemVersion.number,
        )
        .join(Submission, Submission.id == Rejudged.submission_id)
        .outerjoin(User, User.id == Submission.user_id)
        .join(old, old.id == Rejudged.old_version_id)
        .join(ProblemVersion, ProblemVersion.id == rejudging.version_id)
        .where(*_changed(rejudging.id), Rejudged.submission_id > after)
        .order_by(Rejudged.submission_id)
        .limit(PAGE)
    )  # fmt: skip
    return [
        Change(sent_id, email, before, str(found), old_number, number)
        for sent_id, email, before, found, old_number, number in session.execute(query)
    ]


def history(session: Session, submission_id: int) -> list[Change]:
    """The verdicts that a submission had before, the oldest first."""
    old = sa.orm.aliased(ProblemVersion)
    query = (
        sa.select(Rejudged.old_verdict, Rejudged.verdict, old.number, ProblemVersion.number)
        .join(Rejudging, Rejudging.id == Rejudged.rejudging_id)
        .join(old, old.id == Rejudged.old_version_id)
        .join(ProblemVersion, ProblemVersion.id == Rejudging.version_id)
        .where(Rejudged.submission_id == submission_id, Rejudged.applied_at.is_not(None))
        .where(Rejudged.verdict != Rejudged.old_verdict)
        .order_by(Rejudged.applied_at, Rejudged.id)
    )
    return [Change(submission_id, None, row[0], row[1] or "", row[2], row[3]) for row in session.execute(query)]


def check_ready(session: Session, user: User, rejudging: Rejudging) -> None:
    """May the verdicts be changed now? Raises Refused, and Conflict until all is judged."""
    _check_may(user)
    if not state(session, rejudging).is_judged:
        raise Conflict("Not all of it is judged yet: see first whose verdicts would change.")
    current = session.scalar(sa.select(Problem.current_id).where(Problem.id == rejudging.problem_id))
    if current != rejudging.version_id:
        raise Conflict("The problem has another version since. Drop this, and ask again.")


def apply_page(session: Session, user: User, rejudging_id: int) -> Applied:
    """Give the next submissions their new verdicts. Where none was left, that ends it.

    A submission whose verdict is the same is of the new version from then on, too.

    Each page is a transaction of its own: where that is interrupted, the next call goes on. Raises as `check_ready`.
    """
    mine = sa.select(Rejudging).where(Rejudging.id == rejudging_id).with_for_update()
    rejudging = session.scalars(mine.execution_options(populate_existing=True)).one()
    check_ready(session, user, rejudging)
    left = (
        sa.select(Rejudged)
        .where(Rejudged.rejudging_id == rejudging.id, Rejudged.status == RejudgedStatus.DONE)
        .where(Rejudged.applied_at.is_(None))
        .options(undefer(Rejudged.record))
        .order_by(Rejudged.id)
        .limit(PAGE)
    )
    found = session.scalars(left).all()
    if rejudging.applied_by_id is None:
        rejudging.applied_by_id = user.id
    for one in found:
        _apply(session, rejudging, one)
    if not found:
        rejudging.applied_at = now()
    session.flush()
    return Applied(len(found), sum(one.verdict != one.old_verdict for one in found))


def drop(session: Session, user: User, rejudging: Rejudging) -> None:
    """Forget what was found by a rejudging of which nothing is applied. Raises Refused, Conflict."""
    _check_may(user)
    if rejudging.applied_by_id is not None:
        raise Conflict("Some of these verdicts are changed already: go on until all are.")
    rows = sa.select(Rejudged.id).where(Rejudged.rejudging_id == rejudging.id)
    session.execute(sa.delete(Work).where(Work.kind == WorkKind.REJUDGE, Work.subject_id.in_(rows)))
    session.execute(sa.delete(Rejudged).where(Rejudged.rejudging_id == rejudging.id))
    rejudging.dropped_by_id, rejudging.dropped_at, rejudging.is_queued = user.id, now(), True
    session.flush()


def _apply(session: Session, rejudging: Rejudging, one: Rejudged) -> None:
    """What the submission has now is kept beside the new verdict."""
    query = sa.select(Submission).where(Submission.id == one.submission_id).options(undefer(Submission.record))
    row = session.scalars(query.with_for_update(of=Submission)).one()
    one.old_record, one.applied_at = row.record, now()
    row.verdict, row.score, row.record, row.version_id = one.verdict, one.score, one.record, rejudging.version_id
    count = len((one.record or {}).get("cases", ()))
    row.cases_done = row.cases_total = count
    session.flush()
    if row.user_id is not None and one.verdict != one.old_verdict:
        attempts.accept_anew(session, row.user_id, row.problem_id)


def _changed(rejudging_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Rejudged.rejudging_id == rejudging_id,
        Rejudged.status == RejudgedStatus.DONE,
        Rejudged.verdict != Rejudged.old_verdict,
    )


def _judged_by(version_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (Submission.version_id == version_id, *_SENT)


def _older(session: Session, problem: Problem, version_id: int | None) -> list[int]:
    """Versions whose submissions are meant: one, or all but the current one."""
    if version_id is not None:
        return [version_id]
    query = sa.select(ProblemVersion.id).where(
        ProblemVersion.problem_id == problem.id, ProblemVersion.id != problem.current_id
    )
    return list(session.scalars(query.order_by(ProblemVersion.id)))


def _version_id(session: Session, problem: Problem, number: int | None) -> int | None:
    """Raises NotFound, and Conflict for the current version."""
    if number is None:
        return None
    found = session.scalar(
        sa.select(ProblemVersion.id).where(ProblemVersion.problem_id == problem.id, ProblemVersion.number == number)
    )
    if found is None:
        raise NotFound(f"This problem has no version {number}.")
    if found == problem.current_id:
        raise Conflict(f"Version {number} is the current one: what it judged needs no other verdict.")
    return found


def _check_may(user: User) -> None:
    if user.role is Role.STUDENT or user.is_disabled:
        raise Refused("Mentors and admins may have submissions rejudged.")
