"""A submission from queued to judged: nothing is lost, nothing is recorded twice."""

from __future__ import annotations

import json
import random

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.examples import make_service
from tests.factories import make_user, publish
from tests.trainer.services.undone import Undone
from trainer.errors import Busy
from trainer.models import Attempt, Purpose, Submission, SubmissionStatus
from trainer.services import claims, judging, publishing, submissions, work
from trainer.services.author import Author
from trainer.services.judging import Recorded
from trainer.services.statements import MOST_LAPSES
from trainer.services.work import OF_STUDENTS, Claim

LEASE_S = 30.0
OVER_S = -1.0


@pytest.fixture
def sent(session: Session) -> Submission:
    publish(session)
    return submissions.submit(session, Author(user_id=make_user(session).id), "double", language="python", source="x")


def claim(session: Session, lease_s: float = LEASE_S) -> Claim:
    held = claims.claim_next(session, "a worker", OF_STUDENTS, lease_s)
    assert held is not None
    return held


def waits(session: Session) -> bool:
    return work.waiting(session, OF_STUDENTS, most=1) == 1


def record(session: Session, held: Claim, verdict: str = "accepted") -> Recorded | None:
    return judging.record(session, held, verdict=verdict, score=1.0, record={})


def test_one_judge_gets_a_row(session: Session, sent: Submission) -> None:
    assert claim(session).subject_id == sent.id
    assert claims.claim_next(session, "another", OF_STUDENTS, LEASE_S) is None
    session.refresh(sent)
    assert sent.status is SubmissionStatus.JUDGING


def test_a_judged_row_is_not_judged_again(session: Session, sent: Submission) -> None:
    held = claim(session)
    assert record(session, held)
    assert not record(session, held, "wrong answer")
    assert not waits(session)
    session.refresh(sent)
    assert sent.verdict == "accepted"


def test_a_late_judge_records_nothing(session: Session, sent: Submission) -> None:
    late = claim(session, OVER_S)
    assert len(claims.put_back_lapsed(session)) == 1
    held = claim(session)
    assert held.lapses == 1
    judging.show_progress(session, late, 3, 4)
    assert not record(session, late, "wrong answer")
    session.refresh(sent)
    assert sent.cases_done == 0
    assert record(session, held)
    session.refresh(sent)
    assert sent.verdict == "accepted"


def test_what_is_put_back_waits_again(session: Session, sent: Submission) -> None:
    claims.put_back(session, claim(session))
    assert waits(session)
    session.refresh(sent)
    assert sent.status is SubmissionStatus.QUEUED


def test_what_kills_judges_ends_as_a_judge_error(session: Session, sent: Submission) -> None:
    for _ in range(MOST_LAPSES):
        late = claim(session, OVER_S)
        claims.put_back_lapsed(session)
    assert not waits(session)
    session.refresh(sent)
    assert (sent.status, sent.verdict) == (SubmissionStatus.JUDGED, "judge error")
    assert f"interrupted {MOST_LAPSES} times" in str(sent.record)
    assert not record(session, late)
    submissions.submit(session, Author(user_id=sent.user_id), "double", language="python", source="y")
    assert waits(session)


def test_what_was_deleted_is_dropped(session: Session, sent: Submission) -> None:
    session.delete(sent)
    session.flush()
    assert claims.claim_next(session, "a worker", OF_STUDENTS, LEASE_S) is None
    assert not waits(session)


def test_acceptance_closes_the_attempt(session: Session, sent: Submission) -> None:
    record(session, claim(session))
    assert session.scalars(sa.select(Attempt)).one().accepted_at is not None


def test_an_accepted_run_is_no_acceptance(session: Session) -> None:
    publish(session)
    author = Author(user_id=make_user(session).id)
    submissions.submit(session, author, "double", language="python", source="x", purpose=Purpose.RUN)
    assert record(session, claim(session))
    assert session.scalars(sa.select(Attempt)).one().accepted_at is None


def test_one_submission_and_one_run_at_a_time(session: Session, sent: Submission) -> None:
    author = Author(user_id=sent.user_id)
    with pytest.raises(Busy, match="Your last submission is still being judged"):
        submissions.submit(session, author, "double", language="python", source="y")
    submissions.submit(session, author, "double", language="python", source="y", purpose=Purpose.RUN)
    with pytest.raises(Busy, match="Your last run"):
        submissions.submit(session, author, "double", language="python", source="y", purpose=Purpose.RUN)
    run, held = claim(session), claim(session)
    assert (run.kind, held.kind) == ("run", "submit")
    record(session, held)
    submissions.submit(session, author, "double", language="python", source="y")


def test_what_waits_in_one_language_keeps_nobody_from_sending_in_another(session: Session, sent: Submission) -> None:
    """It is judged in other boxes: a service may wait long for its own."""
    author = Author(user_id=sent.user_id)
    publishing.publish(session, make_service())
    files = json.dumps({"app.py": "x", "notes.py": "y"})
    submissions.submit(session, author, "keep-a-note", language="files", source=files)
    with pytest.raises(Busy):
        submissions.submit(session, author, "keep-a-note", language="files", source=files)


class Judges(RuleBasedStateMachine):
    """Judges claim, die, come late, put back and record in any order."""

    def __init__(self, database: sa.Engine) -> None:
        super().__init__()
        self.undone = Undone(database)
        self.session = self.undone.session()
        publish(self.session)
        author = Author(user_id=make_user(self.session).id)
        self.id = submissions.submit(self.session, author, "double", language="python", source="x").id
        self.claims: list[Claim] = []
        self.lapses = 0
        self.recorded: list[int] = []

    @rule(lapsed=st.booleans())
    def claim(self, lapsed: bool) -> None:
        held = claims.claim_next(self.session, "a worker", OF_STUDENTS, OVER_S if lapsed else LEASE_S)
        if held is not None:
            self.claims.append(held)

    @rule()
    def sweep(self) -> None:
        self.lapses += len(claims.put_back_lapsed(self.session))

    @rule(pick=st.randoms(use_true_random=False))
    def put_back(self, pick: random.Random) -> None:
        if self.claims:
            claims.put_back(self.session, pick.choice(self.claims))

    @rule(pick=st.randoms(use_true_random=False))
    def finish(self, pick: random.Random) -> None:
        if self.claims:
            held = pick.choice(self.claims)
            if record(self.session, held, verdict=f"by {held.fence}"):
                self.recorded.append(held.fence)

    @invariant()
    def at_most_one_judgement_and_by_the_last_claim(self) -> None:
        self.session.expire_all()
        row = self.session.get_one(Submission, self.id)
        given_up = self.lapses >= MOST_LAPSES
        assert len(self.recorded) + given_up <= 1
        assert self.lapses <= MOST_LAPSES
        assert (row.status is SubmissionStatus.JUDGED) == (bool(self.recorded) or given_up)
        if self.recorded:
            assert row.verdict == f"by {self.recorded[0]}"
            assert self.recorded[0] == self.claims[-1].fence
        else:
            assert row.verdict == ("judge error" if given_up else None)

    def teardown(self) -> None:
        self.session.close()
        self.undone.close()


def test_judges_in_any_order(database: sa.Engine) -> None:
    run_state_machine_as_test(lambda: Judges(database))
