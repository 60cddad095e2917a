"""The tool that ends everything sees what is lost, recorded twice, wrong or left in the queue."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import recordings
from tests.chaos.round import choose, complaints
from tests.chaos.stage import Part
from tests.factories import make_user, publish
from trainer.db import make_engine
from trainer.models import Submission
from trainer.services import claims, judging, submissions
from trainer.services.author import Author
from trainer.services.work import OF_STUDENTS


@pytest.fixture
def watched(tmp_path: Path, migrated_file: Path) -> Iterator[sa.Engine]:
    """A database with two submissions, numbers 1 and 2, in which recordings are counted."""
    engine = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'trainer.db')}")
    recordings.watch(engine)
    with Session(engine) as session, session.begin():
        publish(session)
        for name in ("a", "b"):
            author = Author(user_id=make_user(session, f"{name}@example.org").id)
            submissions.submit(session, author, "double", language="python", source="x")
    yield engine
    engine.dispose()


def judge(engine: sa.Engine, count: int = 2) -> None:
    with Session(engine) as session, session.begin():
        for _ in range(count):
            held = claims.claim_next(session, "a worker", OF_STUDENTS, 30)
            assert held is not None
            judging.record(session, held, verdict="accepted", score=1.0, record={})


def test_it_does_not_complain_where_all_are_judged_once(watched: sa.Engine) -> None:
    judge(watched)
    assert list(complaints(watched, {1: "", 2: ""}, first=1, submissions=2)) == []


def test_it_names_what_was_recorded_twice(watched: sa.Engine) -> None:
    judge(watched)
    with watched.begin() as connection:
        connection.execute(sa.update(Submission).where(Submission.id == 2).values(verdict="accepted"))
    assert list(complaints(watched, {1: "", 2: ""}, first=1, submissions=2)) == ["submission 2 was recorded 2 times"]


def test_it_names_what_was_never_judged(watched: sa.Engine) -> None:
    judge(watched, 1)
    assert list(complaints(watched, {1: "", 2: "wanted accepted, got None"}, first=1, submissions=2)) == [
        "submission 2: wanted accepted, got None",
        "2 submissions were sent, 2 are stored, 1 have a verdict",
        "1 submissions are left in the queue",
    ]


def test_it_sees_a_request_that_was_taken_twice(watched: sa.Engine) -> None:
    judge(watched)
    assert list(complaints(watched, {2: ""}, first=1, submissions=1)) == [
        "1 submissions were sent, 2 are stored, 2 have a verdict"
    ]


def test_two_parts_are_ended_in_the_order_in_which_they_can_be_started() -> None:
    parts = [Part(str(number), 1, lambda: None) for number in range(4)]
    chance = random.Random(1)
    chosen = [choose(parts, chance) for _ in range(200)]
    assert {len(some) for some in chosen} == {1, 2}
    assert all([part.name for part in some] == sorted({part.name for part in some}) for some in chosen)
