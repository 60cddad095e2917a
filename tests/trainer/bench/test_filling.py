"""The database of the benchmark looks like one that years of use have filled: pages can show every row of it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, undefer

from tests.factories import make_package, make_quiz, publish, publish_package, small_interviews
from trainer.bench import filling
from trainer.models import Attempt, Draft, Interview, Problem, Purpose, Submission, User
from trainer.services import publishing, submissions
from trainer.services.interviews import scores

ROWS = 600


@pytest.fixture
def filled(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    for name, size in {"PROBLEMS": 9, "STUDENTS": 40, "INTERVIEWS": 40, "REPORTS": 10}.items():
        monkeypatch.setattr(filling, name, size)
    proved = publish_package(session, make_package())
    publishing.keep_mistakes(session, proved.id, {"101": "of the bank's proofs"})
    publish(session, "warm", warm_up="true")
    publishing.publish(session, make_quiz())
    filling.fill(session, small_interviews(), ROWS, lambda line: None)
    return session


def count(session: Session, *where: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).where(*where)) or 0


def test_it_has_so_many_rows_of_each_sort(filled: Session) -> None:
    assert filling.is_filled(filled)
    assert count(filled, Problem.current_id.is_not(None)) == 9
    of_interviews = Submission.task_id.is_not(None)
    assert count(filled, of_interviews) == filling.INTERVIEWS * filling.SENT_IN_INTERVIEWS
    assert count(filled, ~of_interviews) == ROWS
    assert count(filled, Submission.guest_key.is_not(None)) == ROWS * filling.GUESTS
    assert 0.3 < count(filled, Submission.verdict == "accepted", ~of_interviews) / ROWS < 0.7
    assert 0.05 < count(filled, Submission.purpose == Purpose.RUN) / ROWS < 0.3
    assert count(filled, Attempt.id > 0) == count(filled, Draft.id > 0) > 0
    heavy = filled.scalars(sa.select(User).where(User.email == filling.address("heavy"))).one()
    assert count(filled, Submission.user_id == heavy.id, ~of_interviews) == ROWS // 10
    new = filled.scalars(sa.select(User).where(User.email == filling.address("new"))).one()
    assert count(filled, Submission.user_id == new.id) == 0


def test_every_judgement_can_be_read(filled: Session) -> None:
    for submission in filled.scalars(sa.select(Submission).options(undefer(Submission.record))):
        told = submissions.feedback(filled, submission)
        assert told is not None
        assert told.verdict == submission.verdict
    for interview in filled.scalars(sa.select(Interview)):
        assert scores.score_of(filled, interview) is not None
