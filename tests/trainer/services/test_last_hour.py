"""What waits now, and what the last hour was like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import claimed, make_user, publish
from trainer.models import (
    Priority,
    Purpose,
    Submission,
    SubmissionStatus,
    User,
    Work,
    WorkerProcess,
    WorkKind,
    WorkStatus,
)
from trainer.services import judging, last_hour, submissions, work
from trainer.services.author import Author
from trainer.services.last_hour import MINUTES, Span, there

MOMENT = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENDS = [MOMENT - timedelta(minutes=number) for number in reversed(range(MINUTES))]


def ago(minutes: float) -> datetime:
    return MOMENT - timedelta(minutes=minutes)


def send(
    session: Session,
    user: User,
    sent: float,
    judged: float | None = None,
    verdict: str = "accepted",
    purpose: Purpose = Purpose.SUBMIT,
) -> Submission:
    """A submission of so many minutes ago."""
    row = submissions.submit(session, Author(user_id=user.id), "double", language="python", source="x", purpose=purpose)
    row.created_at = ago(sent)
    waiting = sa.update(Work).where(Work.kind == judging.WORK[purpose], Work.subject_id == row.id)
    session.execute(waiting.values(queued_at=row.created_at))
    if judged is not None:
        work.forget(session, judging.WORK[purpose], row.id)
        row.status, row.verdict, row.judged_at = SubmissionStatus.JUDGED, verdict, ago(judged)
    session.flush()
    return row


def test_minutes_count_what_was_judged_in_them(session: Session) -> None:
    publish(session)
    user = make_user(session)
    for sent, judged, verdict in (
        (59, 58.5, "accepted"),
        (59, 58.2, "judge error"),
        (300, 61, "accepted"),
        (2, 0, "x"),
    ):
        send(session, user, sent, judged, verdict)
    minutes = last_hour.minutes(session, MOMENT)
    assert len(minutes) == MINUTES
    assert minutes[-1].ends_at == MOMENT
    assert {place: (one.judged, one.failed) for place, one in enumerate(minutes) if one.judged} == {
        1: (2, 1),
        59: (1, 0),
    }


def test_minutes_count_what_waited_at_their_end(session: Session) -> None:
    publish(session)
    send(session, make_user(session, email="a@example.org"), 90, 30.5)
    send(session, make_user(session, email="b@example.org"), 10.5)
    minutes = last_hour.minutes(session, MOMENT)
    assert [one.waiting for one in minutes] == [1] * 29 + [0] * 20 + [1] * 11
    assert (minutes[0].oldest_s, minutes[28].oldest_s, minutes[-1].oldest_s) == (31 * 60, 59 * 60, 630)


def test_minutes_count_the_workers_of_their_time(session: Session) -> None:
    def add(name: str, started: float, seen: float, stopped: float | None = None) -> None:
        ended = None if stopped is None else ago(stopped)
        session.add(
            WorkerProcess(
                id=name,
                name=name,
                version="1",
                sorts=[],
                judges=1,
                max_boxes=1,
                max_memory_mib=256,
                is_available=True,
                message="",
                why_single="",
                warm=0,
                started_at=ago(started),
                seen_at=ago(seen),
                stopped_at=ended,
            )
        )

    add("there", 9.5, 0.1)
    add("stopped", 30.5, 20.6, 20.5)
    add("silent", 30.5, 25.5)
    session.flush()
    counts = [one.workers for one in last_hour.minutes(session, MOMENT)]
    assert counts == [0] * 29 + [2] * 5 + [1] * 5 + [0] * 11 + [1] * 10


@given(
    spans=st.lists(
        st.tuples(st.floats(-100, 100), st.floats(0, 200) | st.none()).map(
            lambda pair: Span(ago(pair[0]), None if pair[1] is None else ago(pair[0] - pair[1]))
        ),
        max_size=20,
    )
)
def test_what_is_there_is_what_has_begun_and_not_ended(spans: list[Span]) -> None:
    for end, (count, oldest) in zip(ENDS, there(ENDS, spans), strict=True):
        inside = [span for span in spans if span.began <= end and (span.ended is None or span.ended > end)]
        assert count == len(inside)
        assert oldest == max(((end - span.began).total_seconds() for span in inside), default=0)


def test_the_queue_is_told_by_priority(session: Session) -> None:
    publish(session)
    first, second = (make_user(session, email=f"{name}@example.org") for name in "ab")
    send(session, first, 5)
    claimed(session, send(session, second, 3))
    send(session, first, 4, purpose=Purpose.RUN)
    send(session, second, 2, 1, purpose=Purpose.RUN)
    session.execute(sa.update(Work).where(Work.kind == WorkKind.DATA).values(status=WorkStatus.SET_ASIDE))
    found = last_hour.queue(session, MOMENT)
    assert [(one.priority, one.waiting, one.held, one.set_aside, one.oldest_s) for one in found] == [
        (Priority.RUN, 1, 0, 0, 240),
        (Priority.SUBMIT, 1, 1, 0, 300),
        (Priority.DATA, 0, 0, 1, 0),
    ]


def test_an_empty_place_has_an_empty_hour(session: Session) -> None:
    assert last_hour.queue(session, MOMENT) == []
    assert {(m.judged, m.failed, m.waiting, m.oldest_s, m.workers) for m in last_hour.minutes(session, MOMENT)} == {
        (0, 0, 0, 0.0, 0)
    }
