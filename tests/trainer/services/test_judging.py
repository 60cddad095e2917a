"""A row from queued to judged: nothing is lost, nothing is recorded twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from tests.factories import make_user, publish
from tests.trainer.services.undone import Undone
from trainer.errors import Busy
from trainer.models import Attempt, Purpose, Submission, SubmissionStatus
from trainer.services import judging, submissions
from trainer.services.author import Author

LEASE = timedelta(seconds=30)
OVER = timedelta(seconds=-1)


@pytest.fixture
def sent(session: Session) -> Submission:
    publish(session)
    return submissions.submit(session, Author(user_id=make_user(session).id), "double", language="python", source="x")


def record(session: Session, held: judging.Claim, verdict: str = "accepted") -> bool:
    return judging.record(session, held, verdict=verdict, score=1.0, record={})


def test_one_judge_gets_a_row(session: Session, sent: Submission) -> None:
    assert judging.claim(session, sent.id, LEASE) is not None
    assert judging.claim(session, sent.id, LEASE) is None


def test_a_judged_row_is_not_judged_again(session: Session, sent: Submission) -> None:
    held = judging.claim(session, sent.id, LEASE)
    assert held is not None
    assert record(session, held)
    assert not record(session, held, "wrong answer")
    assert judging.claim(session, sent.id, LEASE) is None
    session.refresh(sent)
    assert sent.verdict == "accepted"


def test_a_late_judge_records_nothing(session: Session, sent: Submission) -> None:
    late = judging.claim(session, sent.id, OVER)
    assert judging.put_back_lapsed(session) == 1
    held = judging.claim(session, sent.id, LEASE)
    assert late is not None
    assert held is not None
    assert held.lapses == 1
    assert not record(session, late, "wrong answer")
    assert record(session, held)
    session.refresh(sent)
    assert sent.verdict == "accepted"


def test_a_renewed_lease_does_not_lapse(session: Session, sent: Submission) -> None:
    held = judging.claim(session, sent.id, OVER)
    assert held is not None
    judging.renew(session, held, LEASE)
    assert judging.put_back_lapsed(session) == 0


def test_what_is_put_back_waits_again(session: Session, sent: Submission) -> None:
    held = judging.claim(session, sent.id, LEASE)
    assert held is not None
    judging.put_back(session, held)
    assert judging.queued(session) == [sent.id]


def test_acceptance_closes_the_attempt(session: Session, sent: Submission) -> None:
    held = judging.claim(session, sent.id, LEASE)
    assert held is not None
    record(session, held)
    assert session.scalars(sa.select(Attempt)).one().accepted_at is not None


def test_an_accepted_run_is_no_acceptance(session: Session) -> None:
    publish(session)
    author = Author(user_id=make_user(session).id)
    run = submissions.submit(session, author, "double", language="python", source="x", purpose=Purpose.RUN)
    held = judging.claim(session, run.id, LEASE)
    assert held is not None
    record(session, held)
    assert session.scalars(sa.select(Attempt)).one().accepted_at is None


def test_one_submission_and_one_run_at_a_time(session: Session, sent: Submission) -> None:
    author = Author(user_id=sent.user_id)
    with pytest.raises(Busy, match="Your last submission is still being judged"):
        submissions.submit(session, author, "double", language="python", source="y")
    submissions.submit(session, author, "double", language="python", source="y", purpose=Purpose.RUN)
    with pytest.raises(Busy, match="Your last run"):
        submissions.submit(session, author, "double", language="python", source="y", purpose=Purpose.RUN)
    held = judging.claim(session, sent.id, LEASE)
    assert held is not None
    record(session, held)
    submissions.submit(session, author, "double", language="python", source="y")


class Judges(RuleBasedStateMachine):
    """Judges claim, die, come late, renew and record in any order."""

    def __init__(self, database: sa.Engine) -> None:
        super().__init__()
        self.undone = Undone(database)
        self.session = self.undone.session()
        publish(self.session)
        author = Author(user_id=make_user(self.session).id)
        self.id = submissions.submit(self.session, author, "double", language="python", source="x").id
        self.claims: list[judging.Claim] = []
        self.recorded: list[int] = []

    @rule(lapsed=st.booleans())
    def claim(self, lapsed: bool) -> None:
        held = judging.claim(self.session, self.id, OVER if lapsed else LEASE)
        if held is not None:
            self.claims.append(held)

    @rule()
    def sweep(self) -> None:
        judging.put_back_lapsed(self.session)

    @rule(pick=st.randoms(use_true_random=False))
    def put_back(self, pick: object) -> None:
        if self.claims:
            judging.put_back(self.session, pick.choice(self.claims))  # type: ignore[attr-defined]

    @rule(pick=st.randoms(use_true_random=False))
    def finish(self, pick: object) -> None:
        if self.claims:
            held = pick.choice(self.claims)  # type: ignore[attr-defined]
            if record(self.session, held, verdict=f"by {held.fence}"):
                self.recorded.append(held.fence)

    @invariant()
    def at_most_one_judgement_and_by_the_last_claim(self) -> None:
        self.session.expire_all()
        row = self.session.get_one(Submission, self.id)
        assert len(self.recorded) <= 1
        assert (row.status is SubmissionStatus.JUDGED) == bool(self.recorded)
        if self.recorded:
            assert row.verdict == f"by {self.recorded[0]}"
            assert self.recorded[0] == row.fence
        else:
            assert row.verdict is None
            assert row.status is SubmissionStatus.QUEUED or row.fence == self.claims[-1].fence

    def teardown(self) -> None:
        self.session.close()
        self.undone.close()


def test_judges_in_any_order(database: sa.Engine) -> None:
    run_state_machine_as_test(lambda: Judges(database))
