"""What was given up after it failed several times: mentors and the log are told, because somebody has to look at it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.models import Interview, Upload, UploadStatus
from trainer.services import preparing, uploads
from trainer.services.interviews import sitting

MOST = 20
"""Of each sort, the newest."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is given up. `what` names it, `why` says what is known of the reason."""

    what: str
    why: str


def listed(session: Session) -> list[Trouble]:
    return [*_data(session), *_interviews(session), *_uploads(session)]


def _data(session: Session) -> list[Trouble]:
    return [Trouble(f"Hidden data of {one.title}", one.why) for one in preparing.given_up(session)]


def _interviews(session: Session) -> list[Trouble]:
    failed = Interview.close_failures >= sitting.MOST_FAILURES
    ids = session.scalars(sa.select(Interview.id).where(failed).order_by(Interview.id.desc()).limit(MOST))
    why = "A task's version cannot be read. The interview ended without an answer to it; see the log."
    return [Trouble(f"Interview {number}", why) for number in ids]


def _uploads(session: Session) -> list[Trouble]:
    failed = (Upload.lapses >= uploads.MOST_LAPSES, Upload.status == UploadStatus.CHECKED, Upload.passed.is_(False))
    query = sa.select(Upload.id, Upload.slug).where(*failed).order_by(Upload.id.desc()).limit(MOST)
    why = f"The worker that checked it died {uploads.MOST_LAPSES} times."
    return [Trouble(f"Upload {number} of {slug}", why) for number, slug in session.execute(query)]
