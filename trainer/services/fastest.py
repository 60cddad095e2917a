"""The fastest of a student's accepted tries at a problem, by the time that judging measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from trainer.models import Submission
from trainer.services import submissions
from trainer.services.tries import Try

COMPARED = 20
"""So many accepted tries, the newest, are compared by their time."""


@dataclass(frozen=True, slots=True)
class Fastest:
    """The accepted try whose slowest case took the least CPU time."""

    submission_id: int
    time_ms: float


def fastest(session: Session, listed: Sequence[Try], version_id: int) -> Fastest | None:
    """Of these tries; None where fewer than two can be compared. Times are of the same cases: those of one version."""
    sent = [one.submission for one in listed]
    accepted = [one.id for one in sent if one.verdict == "accepted" and one.version_id == version_id][:COMPARED]
    if len(accepted) < 2:
        return None
    query = sa.select(Submission).where(Submission.id.in_(accepted)).options(undefer(Submission.record))
    times = [Fastest(one.id, time) for one in session.scalars(query) if (time := _time_ms(session, one)) is not None]
    return min(times, key=lambda one: (one.time_ms, one.submission_id)) if len(times) > 1 else None


def _time_ms(session: Session, submission: Submission) -> float | None:
    told = submissions.feedback(session, submission, with_mistakes=False)
    return told.time_ms if told else None
