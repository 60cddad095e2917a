"""What was given up after it failed several times: mentors and the log are told, because somebody has to look at it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.models import Interview, ProblemVersion, Submission, Upload, Work, WorkKind, WorkStatus
from trainer.services import judging, preparing
from trainer.services.interviews import sitting

MOST = 20
"""Of each sort, the newest."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is given up. `what` names it, `why` says what is known of the reason."""

    what: str
    why: str


def listed(session: Session) -> list[Trouble]:
    return [*_data(session), *_interviews(session), *_submissions(session), *_uploads(session)]


def _data(session: Session) -> list[Trouble]:
    return [Trouble(f"Hidden data of {one.title}", one.why) for one in preparing.given_up(session)]


def _interviews(session: Session) -> list[Trouble]:
    failed = Interview.close_failures >= sitting.MOST_FAILURES
    newest = Interview.close_failures.desc(), Interview.id.desc()  # SQLite reads them from the end of that index
    few = Interview.close_failures > sa.literal_column("0")  # in the words of the index over them
    ids = session.scalars(sa.select(Interview.id).where(few, failed).order_by(*newest).limit(MOST))
    why = "A task's version cannot be read. The interview ended without an answer to it; see the log."
    return [Trouble(f"Interview {number}", why) for number in ids]


def _submissions(session: Session) -> list[Trouble]:
    query = (
        sa.select(Submission.id, ProblemVersion.title, Work.lapses, Work.error)
        .join(Work, Work.subject_id == Submission.id)
        .join(ProblemVersion, ProblemVersion.id == Submission.version_id)
        .where(Work.kind.in_(judging.WORK.values()), Work.status == WorkStatus.SET_ASIDE)
    )
    rows = session.execute(query.order_by(Work.id.desc()).limit(MOST))
    return [Trouble(f"Submission {number} of {title}", _died(lapses, error)) for number, title, lapses, error in rows]


def _uploads(session: Session) -> list[Trouble]:
    query = (
        sa.select(Upload.id, Upload.slug, Work.lapses, Work.error)
        .join(Work, Work.subject_id == Upload.id)
        .where(Work.kind == WorkKind.CHECK, Work.status == WorkStatus.SET_ASIDE)
    )
    rows = session.execute(query.order_by(Work.id.desc()).limit(MOST))
    return [Trouble(f"Upload {number} of {slug}", _died(lapses, error)) for number, slug, lapses, error in rows]


def _died(lapses: int, error: str) -> str:
    return f"It was interrupted {lapses} times. {error}"
