"""A student's dealings with one problem beside submissions: time, hints, giving up, notes, stars, reports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.errors import Invalid, NotFound
from trainer.learning import timer
from trainer.learning.timer import Timer
from trainer.models import (
    Attempt,
    HintTaken,
    Interview,
    InterviewTask,
    Note,
    Purpose,
    Report,
    ReportKind,
    Star,
    Submission,
)
from trainer.services import upsert

PAUSE = timedelta(seconds=120)
"""A longer silence is a pause: it counts as this much work."""
NOTE_LIMIT = 20_000

_OF = sa.select(Attempt).where(Attempt.user_id == sa.bindparam("who"), Attempt.problem_id == sa.bindparam("what"))
_LOCKED = upsert.locking(_OF)
"""Asked with every draft, run and submission, so it is made once: putting it together costs more than running it."""
REPORT_LIMIT = 2_000


def find(session: Session, user_id: int, problem_id: int) -> Attempt | None:
    return session.scalar(_OF, {"who": user_id, "what": problem_id})


def touch(session: Session, user_id: int, problem_id: int) -> Attempt:
    """Note that the student works on the problem now. Opens the attempt at the first time."""
    return _note(session, user_id, problem_id, accepted=False)


def accept(session: Session, user_id: int, problem_id: int) -> None:
    """Note that a submission of the student's was accepted: the first one closes the attempt, the solution opens."""
    _note(session, user_id, problem_id, accepted=True)


def accept_anew(session: Session, user_id: int, problem_id: int) -> None:
    """Note when a submission of the student's was accepted first, after verdicts have changed. It is no work of theirs.

    What was sent in an interview counts as it did.
    """
    mine = sa.and_(Submission.user_id == user_id, Submission.problem_id == problem_id)
    counts = sa.or_(Submission.task_id.is_(None), InterviewTask.interview_id.in_(_closed(user_id)))
    first = (
        sa.select(sa.func.min(Submission.judged_at))
        .outerjoin(InterviewTask, InterviewTask.id == Submission.task_id)
        .where(mine, Submission.purpose == Purpose.SUBMIT, Submission.verdict == "accepted", counts)
    )
    session.execute(
        sa.update(Attempt)
        .where(Attempt.user_id == user_id, Attempt.problem_id == problem_id)
        .values(accepted_at=first.scalar_subquery())
    )


def _closed(user_id: int) -> sa.Select[int]:
    """Interviews of a student that are over, without trials."""
    return sa.select(Interview.id).where(
        Interview.user_id == user_id, Interview.closed_at.is_not(None), ~Interview.demo
    )


def _note(session: Session, user_id: int, problem_id: int, *, accepted: bool) -> Attempt:
    """All of it in two statements."""
    moment = now()
    new = {"user_id": user_id, "problem_id": problem_id, "opened_at": moment, "active_at": moment, "active_s": 0.0}
    if accepted:
        new["accepted_at"] = moment
    attempt, is_new = upsert.find_or_insert(session, _LOCKED, new, {"who": user_id, "what": problem_id})
    if not is_new:
        worked = 0.0 if attempt.accepted_at else min(moment - attempt.active_at, PAUSE).total_seconds()
        changed: dict[str, Any] = {"active_at": moment, "active_s": attempt.active_s + worked}
        if accepted and attempt.accepted_at is None:
            changed["accepted_at"] = moment
            if _is_running(attempt):
                changed["timer_ended_at"] = moment
        upsert.change(session, attempt, changed)
    return attempt


def start_timer(session: Session, user_id: int, problem_id: int, minutes: int) -> Attempt:
    """Start a timer for a problem; it takes the place of an earlier one. Raises Invalid."""
    if minutes not in timer.CHOICES:
        raise Invalid(f"A timer has {' or '.join(map(str, timer.CHOICES))} minutes.", field="minutes")
    attempt = touch(session, user_id, problem_id)
    attempt.timer_minutes, attempt.timer_started_at, attempt.timer_ended_at = minutes, now(), None
    session.flush()
    return attempt


def end_timer(attempt: Attempt) -> None:
    """End the timer that runs, if one does."""
    if _is_running(attempt):
        attempt.timer_ended_at = now()


def _is_running(attempt: Attempt) -> bool:
    return attempt.timer_started_at is not None and attempt.timer_ended_at is None


def timer_of(attempt: Attempt | None) -> Timer | None:
    """The timer that was started last for a problem."""
    if attempt is None or attempt.timer_minutes is None or attempt.timer_started_at is None:
        return None
    return Timer(attempt.timer_minutes, attempt.timer_started_at, attempt.timer_ended_at)


def take_over(session: Session, user_id: int) -> None:
    """Open and close the attempts of a new account by what its owner has sent as a guest."""
    accepted = sa.func.min(sa.case((Submission.verdict == "accepted", Submission.created_at)))
    sent = (
        sa.select(
            Submission.problem_id,
            sa.func.min(Submission.created_at).label("opened_at"),
            sa.func.max(Submission.created_at).label("active_at"),
            accepted.label("accepted_at"),
        )
        .where(Submission.user_id == user_id)
        .group_by(Submission.problem_id)
    )
    for row in session.execute(sent).mappings():
        upsert.insert(session, Attempt, {"user_id": user_id, "active_s": 0.0, **row})


def hints_taken(session: Session, user_id: int, problem_id: int) -> set[int]:
    """Numbers of the hints that this student has opened."""
    return set(
        session.scalars(
            sa.select(HintTaken.number).where(HintTaken.user_id == user_id, HintTaken.problem_id == problem_id)
        )
    )


def take_hint(session: Session, user_id: int, problem_id: int, number: int, *, count: int) -> None:
    """Open a hint. They open in order: the next one, or one that is open already. Raises NotFound, Invalid."""
    taken = hints_taken(session, user_id, problem_id)
    if not 1 <= number <= count:
        raise NotFound(f"This problem has {count} hints, not a hint {number}.")
    if number > len(taken) + 1:
        raise Invalid(f"Hints open one after the other: hint {len(taken) + 1} comes first.")
    if number not in taken:
        touch(session, user_id, problem_id)
        new = {"user_id": user_id, "problem_id": problem_id, "number": number, "taken_at": now()}
        upsert.insert(session, HintTaken, new)


def give_up(session: Session, user_id: int, problem_id: int) -> Attempt:
    """Close the attempt without acceptance; the solution opens. Nothing changes where it was accepted before."""
    attempt = touch(session, user_id, problem_id)
    if attempt.accepted_at is None and attempt.given_up_at is None:
        attempt.given_up_at = now()
    session.flush()
    return attempt


def solution_open(attempt: Attempt | None) -> bool:
    """May the student read the editorial?"""
    return attempt is not None and (attempt.accepted_at is not None or attempt.given_up_at is not None)


def set_star(session: Session, user_id: int, problem_id: int, *, starred: bool) -> None:
    if starred:
        upsert.insert(session, Star, {"user_id": user_id, "problem_id": problem_id, "starred_at": now()})
    else:
        session.execute(sa.delete(Star).where(Star.user_id == user_id, Star.problem_id == problem_id))


def is_starred(session: Session, user_id: int, problem_id: int) -> bool:
    return session.get(Star, (user_id, problem_id)) is not None


def note(session: Session, user_id: int, problem_id: int) -> Note | None:
    return session.scalar(sa.select(Note).where(Note.user_id == user_id, Note.problem_id == problem_id))


def write_note(session: Session, user_id: int, problem_id: int, text: str) -> Note:
    """Replace the student's note. Raises Invalid where it is too long or cannot be kept."""
    text = text.replace("\r\n", "\n")
    if len(text) > NOTE_LIMIT:
        raise Invalid(f"A note has at most {NOTE_LIMIT:,} characters; this one has {len(text):,}.", field="text")
    check_text(text)
    written = {"text": text, "saved_at": now()}
    new = {"user_id": user_id, "problem_id": problem_id, **written}
    return upsert.put(session, Note, (Note.user_id, Note.problem_id), new, written)


def report(
    session: Session,
    user_id: int,
    *,
    problem_id: int,
    version_id: int,
    kind: str,
    text: str,
    submission_id: int | None = None,
) -> Report:
    """Tell the mentors that something is wrong with a problem. Raises Invalid, NotFound."""
    if kind not in list(ReportKind):
        raise Invalid(f"A report is one of: {', '.join(ReportKind)}.", field="kind")
    text = text.strip()
    if not 1 <= len(text) <= REPORT_LIMIT:
        raise Invalid(f"Say in 1 to {REPORT_LIMIT:,} characters what is wrong.", field="text")
    check_text(text)
    if submission_id is not None:
        _check_own(session, user_id, problem_id, submission_id)
    made = Report(
        user_id=user_id,
        problem_id=problem_id,
        version_id=version_id,
        submission_id=submission_id,
        kind=ReportKind(kind),
        text=text,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def check_text(text: str, *, field: str = "text") -> None:
    """Refuse what a database or a page cannot hold: NUL and lone surrogates. Raises Invalid with the line."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\x00" in line or not _encodable(line):
            message = f"Line {number} holds a character that cannot be kept (NUL or half a character). Remove it."
            raise Invalid(message, field=field)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_own(session: Session, user_id: int, problem_id: int, submission_id: int) -> None:
    mine = session.get(Submission, submission_id)
    if mine is None or mine.user_id != user_id or mine.problem_id != problem_id:
        raise NotFound("There is no such submission.")
