"""Points of an interview: kept when its last submission is judged, and the same as worked out from all records."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import make_user, publish, small_interviews
from trainer.models import Interview, InterviewTask, Purpose, Submission, SubmissionStatus
from trainer.services.interviews import scores, sending, sitting, texts


@pytest.fixture
def interview(session: Session) -> Interview:
    for slug in ("alpha", "beta"):
        publish(session, slug)
    return sitting.start(session, make_user(session), "pair-20", small_interviews(), seed=1)


def record(accepted: int, total: int) -> dict[str, Any]:
    cases = [
        {"judged": True, "sample": False, "verdict": "accepted" if n < accepted else "wrong answer"}
        for n in range(total)
    ]
    return {"verdict": "accepted" if accepted == total else "wrong answer", "cases": cases}


def judge(session: Session, submission: Submission, accepted: int, total: int) -> None:
    submission.status, submission.verdict = SubmissionStatus.JUDGED, "x"
    submission.record = record(accepted, total)
    session.flush()
    scores.keep_for(session, submission.id)


def send(session: Session, interview: Interview, number: int) -> Submission:
    return sending.send(session, interview, number, language="python", source="x", purpose=Purpose.SUBMIT)


def points(session: Session) -> list[float | None]:
    return list(session.scalars(sa.select(InterviewTask.points).order_by(InterviewTask.number)))


def test_nothing_is_kept_before_the_end(session: Session, interview: Interview) -> None:
    judge(session, send(session, interview, 1), 2, 4)
    assert points(session) == [None, None]
    assert scores.score_of(session, interview) == 25


def test_what_is_judged_before_the_end_is_kept_at_the_end(session: Session, interview: Interview) -> None:
    judge(session, send(session, interview, 1), 4, 4)
    judge(session, send(session, interview, 2), 2, 4)
    sitting.hand_in(session, interview)
    assert points(session) == [50.0, 25.0]


def test_what_the_bell_sends_is_kept_when_it_is_judged(session: Session, interview: Interview) -> None:
    judge(session, send(session, interview, 1), 1, 4)
    texts.save(session, interview, 1, "python", "better", base_revision=0)
    (due,) = sitting.hand_in(session, interview)
    assert points(session) == [None, 0.0]
    assert scores.score_of(session, interview) == 12
    judge(session, session.get_one(Submission, due), 4, 4)
    assert points(session) == [50.0, 0.0]
    assert scores.score_of(session, interview) == 50


def test_kept_points_need_no_records(session: Session, interview: Interview) -> None:
    judge(session, send(session, interview, 1), 4, 4)
    sitting.hand_in(session, interview)
    session.execute(sa.update(Submission).values(record=None))
    assert scores.score_of(session, interview) == 50


def test_records_that_cannot_be_read_hinder_no_end(session: Session, interview: Interview) -> None:
    submission = send(session, interview, 1)
    submission.status, submission.record = SubmissionStatus.JUDGED, {"cases": [{}]}
    session.flush()
    sitting.hand_in(session, interview)
    assert interview.closed_at is not None
