"""Rows that wait when the release comes name the boxes that they take afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.postgres import PostgresServer
from tests.trainer.test_queue_migration import PROBLEM, SENT, UPLOAD, insert
from trainer import migrate
from trainer.db import make_engine
from trainer.kinds import KINDS
from trainer.models import Submission, Work, WorkerProcess, WorkKind
from trainer.services import sorts, submissions, work, workers
from trainer.services.sorts import EVERYTHING, SORTS
from trainer.services.work import OF_STUDENTS, SLOW

BEFORE = "a017"
NAMES = [kind.NAME for kind in KINDS]
NO_COUNTS = {"fence", "lapses"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database of the release before, with a submission, a run and data of each kind, a check, and a worker."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh(migrated=False)
    made = make_engine(url)
    with ending(made):
        with made.begin() as connection:
            command.upgrade(migrate.alembic_config(connection), BEFORE)
        with made.begin() as connection:
            fill(connection)
        yield made


def fill(connection: sa.Connection) -> None:
    sent = {name: value for name, value in SENT.items() if name not in NO_COUNTS}
    for number, kind in enumerate(NAMES, 1):
        user = {"id": number, "email": f"{number}@example.org", "name": "Ada", "role": "student", "time_factor": 1.0}
        insert(connection, "users", user)
        insert(connection, "problems", {"id": number, "slug": kind})
        version = {**PROBLEM, "id": 100 + number, "problem_id": number, "number": 1, "kind": kind}
        insert(connection, "problem_versions", {**version, "data_digest": kind})
        for purpose, place in (("submit", 200), ("run", 300)):
            row = {**sent, "id": place + number, "user_id": number, "problem_id": number, "version_id": 100 + number}
            insert(connection, "submissions", {**row, "purpose": purpose, "status": "queued"})
            add(connection, purpose, place + number, priority=2)
        add(connection, "data", 100 + number, priority=6)
    upload = {name: value for name, value in UPLOAD.items() if name not in NO_COUNTS}
    insert(connection, "uploads", {**upload, "id": 1, "status": "queued"})
    add(connection, "check", 1, priority=4)
    insert(connection, "workers", {"id": "old", "sorts": ["data", "python", "service", "suite"], "is_available": True})


def add(connection: sa.Connection, kind: str, number: int, priority: int) -> None:
    subject = {"id": number, "kind": kind, "subject_id": number, "priority": priority}
    insert(connection, "work", {**subject, "turn": 0, "brief": True, "status": "waiting", "fence": 0, "lapses": 0})


def claimable(engine: sa.Engine, able: tuple[str, ...]) -> set[tuple[WorkKind, int]]:
    with Session(engine) as session:
        held = [
            (one.kind, one.subject_id)
            for capacity in (OF_STUDENTS, SLOW)
            for one in iter(lambda capacity=capacity: work.take_next(session, "w", capacity, 60, able=able), None)
        ]
        session.rollback()
    return set(held)


def test_rows_that_wait_name_what_they_take(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT subject_id, sorts FROM work WHERE kind != 'check'"))
        found = {row.subject_id: row.sorts for row in rows}
    wanted = {place + n: sorts.needs(kind) for n, kind in enumerate(NAMES, 1) for place in (100, 200, 300)}
    assert found == wanted
    everything = claimable(engine, SORTS)
    assert len(everything) == 3 * len(NAMES) + 1
    check = (WorkKind.CHECK, 1)
    assert check in everything, "of which nobody knows what it takes: who can do all does it"
    for able in ((), ("python",), ("data", "python"), ("service",)):
        met = sorts.met_by(able)
        assert claimable(engine, able) == {one for one in everything - {check} if wanted[one[1]] in met}


def test_rows_that_a_server_of_the_release_before_adds_meanwhile_wait_for_who_can_do_all(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    columns = "kind, subject_id, priority, turn, brief, queued_at, status, fence, lapses, holder, error"
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM work"))
        values = "'submit', 9, 2, 0, true, :moment, 'waiting', 0, 0, '', ''"
        moment = "2026-05-04 12:00:00.000000"
        connection.execute(sa.text(f"INSERT INTO work ({columns}) VALUES ({values})"), {"moment": moment})
        assert connection.scalar(sa.text("SELECT sorts FROM work")) == EVERYTHING
    assert claimable(engine, ("data", "python")) == set()
    assert claimable(engine, SORTS) == {(WorkKind.SUBMIT, 9)}


def test_a_worker_of_the_release_before_goes_on_being_one(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    with Session(engine) as session:
        session.execute(sa.update(WorkerProcess).values(seen_at=workers.utc_now(), stopped_at=None))
        [known] = workers.listed(session)
        assert known.row.troubles == {}
        assert all(workers.able(session).can_judge(sorts.needs(kind)) for kind in NAMES)
        assert workers.out_of_order([known]) == {}
        session.rollback()


def test_the_way_back_loses_no_row(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, BEFORE)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM work")) == 3 * len(NAMES) + 1
        assert connection.scalar(sa.text("SELECT count(*) FROM workers")) == 1
    migrate.upgrade(engine)
    assert len(claimable(engine, SORTS)) == 3 * len(NAMES) + 1


def test_on_the_way_back_one_submission_of_an_account_waits_and_the_others_end_as_judge_errors(
    engine: sa.Engine,
) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE submissions SET user_id = 1, language = 'in ' || id"))
        connection.execute(sa.text("UPDATE submissions SET status = 'judged' WHERE id = 201"))
    migrate.downgrade(engine, BEFORE)
    migrate.upgrade(engine)
    with Session(engine) as session:
        rows = session.scalars(sa.select(Submission).options(sa.orm.undefer(Submission.record)))
        found = {row.id: (row.status.value, row.verdict) for row in rows}
        waiting = {202, 301}
        ended = {number for number in found if number not in {201, *waiting}}
        assert {found[number] for number in ended} == {("judged", "judge error")}
        assert {found[number] for number in waiting} == {("queued", None)}
        told = submissions.feedback(session, session.get_one(Submission, max(ended)))
        assert told is not None
        assert told.verdict == "judge error"
        left = session.scalars(sa.select(Work.subject_id).where(Work.kind.in_(["run", "submit"])))
        assert set(left) == {201, *waiting}
