"""The life of an interview: the start, the end, the bell. The server's clock decides alone.

The row is the truth. An interview is over when its bell has passed or its student ended it; it is closed when somebody
has noticed: a request of its student, or the sweep. Closing happens once, whoever comes first, and submits what is due.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from trainer.bank.interviews import Format, Interviews
from trainer.clock import now
from trainer.errors import Busy, NotFound
from trainer.learning.interview import Sent, due_at_bell, length_of
from trainer.models import (
    Interview,
    InterviewTask,
    InterviewText,
    Purpose,
    Submission,
    User,
)
from trainer.services import attempts, catalogue, judging, paging, upsert
from trainer.services.interviews import drawing, scores
from trainer.services.interviews.state import check_apart, clock_of, is_over, loaded, running, title_of
from trainer.services.paging import Page

MOST_FAILURES = 5
"""So often an interview may fail to close before it ends without the task that cannot be read."""


def start(
    session: Session,
    user: User,
    format_id: str,
    interviews: Interviews,
    *,
    minute: timedelta = timedelta(minutes=1),
    seed: int | None = None,
) -> Interview:
    """Draw the tasks and let the time begin. `minute` is how long a minute takes.

    Pressed twice, the second press finds the interview that the first one began. An open demo ends. Raises NotFound,
    Invalid where the bank has too few problems, Busy while another interview is open.
    """
    wanted = drawing.DEMO if format_id == drawing.DEMO.id else interviews.find(format_id)
    if wanted is None:
        raise NotFound(f"There is no interview {format_id[:40]!r}.")
    for stale in session.scalars(loaded().where(Interview.user_id == user.id, Interview.closed_at.is_(None))):
        close(session, stale)
    open_one = running(session, user.id)
    if open_one is not None and open_one.demo and wanted is not drawing.DEMO:
        abandon(session, open_one)
    elif open_one is not None:
        return _same(open_one, wanted)
    seed = secrets.randbits(48) if seed is None else seed
    drawn = drawing.tasks(session, user.id, wanted, interviews, seed)
    moment = now()
    new = {
        "user_id": user.id,
        "format_id": wanted.id,
        "format": wanted.as_json(),
        "seed": seed,
        "factor": user.time_factor,
        "demo": wanted is drawing.DEMO,
        "started_at": moment,
        "bell_at": moment + length_of(wanted.minutes, user.time_factor, minute),
    }
    interview = upsert.insert(session, Interview, new)
    if interview is None:  # another request began one at the same moment
        open_one = session.scalars(loaded().where(Interview.user_id == user.id, Interview.closed_at.is_(None))).one()
        return _same(open_one, wanted)
    interview.tasks.extend(drawn)
    session.flush()
    return interview


def own(session: Session, user_id: int, interview_id: int) -> Interview:
    """One of the student's interviews, its tasks loaded.

    Raises NotFound, for other people's too; Held for one that shares a task with the one that the student sits now.
    """
    interview = session.scalar(loaded().where(Interview.id == interview_id, Interview.user_id == user_id))
    if interview is None:
        raise NotFound("There is no such interview.")
    check_apart(session, user_id, interview)
    return interview


def listed(session: Session, user_id: int, *, limit: int = 50, before: int | None = None) -> list[Interview]:
    """The student's interviews, newest first, demos left out. `before`: only those that are older than this one."""
    query = loaded().where(Interview.user_id == user_id, ~Interview.demo)
    if before is not None:
        query = query.where(Interview.id < before)
    return list(session.scalars(query.order_by(Interview.id.desc()).limit(limit)))


def listed_over(session: Session, user_id: int, number: int) -> Page[Interview]:
    """One page of the student's interviews that are over, newest first, demos left out."""
    over = sa.or_(Interview.closed_at.is_not(None), Interview.bell_at <= now(), Interview.ended_at.is_not(None))
    query = loaded().where(Interview.user_id == user_id, ~Interview.demo, over)
    total = paging.count(session, query.with_only_columns(Interview.id))
    found = session.scalars(paging.on_page(query.order_by(Interview.id.desc()), number))
    return Page(tuple(found), number, total)


def task(interview: Interview, number: int) -> InterviewTask:
    """Raises NotFound."""
    found = next((one for one in interview.tasks if one.number == number), None)
    if found is None:
        raise NotFound(f"This interview has {len(interview.tasks)} tasks.")
    return found


def hand_in(session: Session, interview: Interview) -> list[int]:
    """End it before the bell. What was due at the bell is submitted now; ids of these submissions."""
    return _end(session, interview, abandoned=False)


def abandon(session: Session, interview: Interview) -> list[int]:
    """Leave it. Its report stays; it is marked as left early, and compared with nothing."""
    return _end(session, interview, abandoned=True)


def close(session: Session, interview: Interview) -> list[int]:
    """Close an interview that is over, once: submit the drafts that are due. Returns the ids of these submissions.

    Raises where a task's version cannot be read, until that was tried `MOST_FAILURES` times; then the interview ends
    without an answer to that task.
    """
    if interview.closed_at is not None or not is_over(interview):
        return []
    moment = now()
    first = session.execute(
        sa.update(Interview)
        .where(Interview.id == interview.id, Interview.closed_at.is_(None))
        .values(closed_at=moment)
        .execution_options(synchronize_session=False)
    )
    session.refresh(interview, ["closed_at"])
    if not first.rowcount:  # type: ignore[attr-defined]  # an UPDATE has one
        return []
    for problem_id in [] if interview.demo else _accepted(session, interview):
        attempts.accept(session, interview.user_id, problem_id)
    sent = [row.id for one in interview.tasks for row in _submit_due_or_skip(session, interview, one)]
    _keep_points(session, interview)
    return sent


def close_due(session: Session, interview_id: int) -> list[int]:
    """Close an interview that was due a moment ago. One that somebody else is closing, or has closed, is left alone."""
    mine = sa.select(Interview.id).where(Interview.id == interview_id, Interview.closed_at.is_(None))
    if session.scalar(mine.with_for_update(skip_locked=True)) is None:
        return []
    return close(session, session.scalars(loaded().where(Interview.id == interview_id)).one())


def count_failure(session: Session, interview_id: int) -> None:
    """Note that one could not be closed."""
    session.execute(
        sa.update(Interview)
        .where(Interview.id == interview_id)
        .values(close_failures=Interview.close_failures + 1)
        .execution_options(synchronize_session=False)
    )


def due(session: Session, *, limit: int = 50) -> list[int]:
    """Ids of interviews that are over and not closed: those that never failed to close first, then the oldest bell.

    Only ids, because one that cannot be read must not hide the others. One that cannot be closed at all is left alone.
    """
    moment = now()
    query = sa.select(Interview.id).where(
        Interview.closed_at.is_(None),
        Interview.close_failures < 2 * MOST_FAILURES,
        sa.or_(Interview.bell_at <= moment, Interview.ended_at.is_not(None)),
    )
    return list(session.scalars(query.order_by(Interview.close_failures, Interview.bell_at).limit(limit)))


def _same(open_one: Interview, wanted: Format) -> Interview:
    if open_one.format_id != wanted.id:
        raise Busy(
            f"You are in {title_of(open_one)} until {open_one.bell_at:%H:%M} UTC. "
            "Hand it in or leave it, then start another one."
        )
    return open_one


def _end(session: Session, interview: Interview, *, abandoned: bool) -> list[int]:
    session.refresh(interview, ["ended_at", "abandoned", "closed_at"], with_for_update=True)
    if not is_over(interview):
        interview.ended_at = now()
        interview.abandoned = abandoned
        session.flush()
    return close(session, interview)


def _accepted(session: Session, interview: Interview) -> list[int]:
    """Ids of the problems that are solved by now: practice learns of it when the interview is over."""
    query = sa.select(Submission.problem_id).where(
        Submission.task_id.in_([one.id for one in interview.tasks]),
        Submission.purpose == Purpose.SUBMIT,
        Submission.verdict == "accepted",
    )
    return list(session.scalars(query.distinct()))


def _keep_points(session: Session, interview: Interview) -> None:
    """Keep what is judged already. Records that cannot be read hinder no bell: their points are told when asked for."""
    try:
        with session.begin_nested():
            scores.keep(session, interview)
    except DBAPIError:
        raise
    except Exception:
        session.expire(interview)


def _submit_due_or_skip(session: Session, interview: Interview, one: InterviewTask) -> list[Submission]:
    if interview.close_failures < MOST_FAILURES:
        return _submit_due(session, interview, one)
    try:
        with session.begin_nested():
            return _submit_due(session, interview, one)
    except DBAPIError:
        raise
    except Exception:
        return []  # this task cannot be read, which was logged each time before


def _submit_due(session: Session, interview: Interview, one: InterviewTask) -> list[Submission]:
    """What the bell sends for a task: the last draft in time, unless it is what was sent last.

    Of a version that cannot be read nothing is sent, because nothing could judge it; what was typed stays.
    """
    if one.version is None or interview.abandoned or not catalogue.is_readable(session, one.version):
        return []
    content = catalogue.content(session, one.version)
    drafts = {text.name: text for text in session.scalars(_texts(interview, one, content.languages))}
    if not drafts:
        return []
    last = max(drafts.values(), key=lambda text: text.saved_at)
    sent = session.execute(
        sa.select(Submission.source, Submission.created_at)
        .where(Submission.task_id == one.id, Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.id)
    )
    found = due_at_bell(
        clock_of(interview), [Sent(last.text, last.saved_at)], [Sent(row.source, row.created_at) for row in sent]
    )
    if found is None or found.source == content.starters.get(last.name):
        return []
    submission = Submission(
        user_id=interview.user_id,
        problem_id=one.version.problem_id,
        version_id=one.version.id,
        task_id=one.id,
        at_bell=True,
        purpose=Purpose.SUBMIT,
        language=last.name,
        source=found.source,
        created_at=now(),
    )
    session.add(submission)
    session.flush()
    judging.queue(session, submission, one.version)
    return [submission]


def _texts(interview: Interview, one: InterviewTask, names: Sequence[str]) -> sa.Select[InterviewText]:
    """What was typed in time. A row without a revision holds only what came too late."""
    return sa.select(InterviewText).where(
        InterviewText.interview_id == interview.id,
        InterviewText.number == one.number,
        InterviewText.name.in_(names),
        InterviewText.revision > 0,
    )
