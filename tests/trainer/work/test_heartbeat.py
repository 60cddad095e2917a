"""A process that judges is known while it does, with the state of its engine."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import Case, EngineUnavailable, Job, Sandbox, parse_signature
from sandbox.backend import usual_spec
from sandbox.backends.stub import StubBackend
from sandbox.errors import BoxDied
from tests.factories import make_user, publish
from trainer.config import Config
from trainer.db import db
from trainer.models import OldestVersion, Work, WorkerProcess, WorkKind
from trainer.services import submissions, workers
from trainer.services.author import Author
from trainer.services.sorts import SORTS
from trainer.services.work import OF_STUDENTS
from trainer.services.workers import Known
from trainer.web.runtime import Runtime
from trainer.work import heartbeat
from trainer.work.heartbeat import Heartbeat

TRIES = 600
QUERY = Job("sql", "SELECT 1", parse_signature("query"), (Case("one", ("",), judged=False),))


def until(look: Callable[[], bool]) -> None:
    ticks = threading.Event()
    for _ in range(TRIES):
        if look():
            return
        ticks.wait(0.05)
    raise AssertionError("it did not happen")


def known(app: Flask) -> list[Known]:
    with app.app_context(), db.reading() as session:
        return workers.listed(session)


def test_a_judge_is_known_from_its_start_to_its_stop(app: Flask, judges: Runtime, config: Config) -> None:
    [one] = known(app)
    assert one.can_judge
    assert (one.row.judges, one.row.max_boxes) == (config.judges, config.max_boxes)
    assert (one.row.sorts, one.row.troubles) == (list(SORTS), {})
    assert one.row.version
    assert judges.worker is not None
    judges.worker._heartbeat.stop()
    [one] = known(app)
    assert not one.is_present


def test_an_engine_that_goes_and_comes_back_is_told(app: Flask, judges: Runtime, backend: StubBackend) -> None:
    backend.available = False
    until(lambda: not known(app)[0].can_judge)
    [one] = known(app)
    assert one.is_present
    assert one.row.message
    assert one.row.sorts == []
    assert set(one.row.troubles) == set(SORTS)
    backend.available = True
    until(lambda: known(app)[0].can_judge)


def test_a_worker_that_is_too_old_for_the_tables_claims_nothing(
    app: Flask, judges: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.0)
    assert judges.worker is not None
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(OldestVersion))
        session.add(OldestVersion(revision="z001"))
    until(lambda: not known(app)[0].can_judge)
    assert known(app)[0].row.message == heartbeat.TOO_OLD
    with app.app_context(), db.writing() as session:
        publish(session)
        author = Author(user_id=make_user(session).id)
        submissions.submit(session, author, "double", language="python", source="x")
    assert not judges.worker._do_next(OF_STUDENTS)
    with app.app_context(), db.reading() as session:
        assert session.scalars(sa.select(Work.holder).where(Work.kind == WorkKind.SUBMIT)).all() == [""]


def test_a_worker_that_was_forgotten_is_known_again(
    app: Flask, judges: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_S", 0.0)
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(WorkerProcess))
    until(lambda: [one.can_judge for one in known(app)] == [True])


def test_a_database_that_is_away_ends_no_judge(app: Flask, judges: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = threading.Event()
    beat = workers.beat

    def fails_once(*arguments: object) -> None:
        if not failed.is_set():
            failed.set()
            raise sa.exc.OperationalError("UPDATE", {}, Exception("the database is away"))
        beat(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(heartbeat, "BEAT_S", 0.0)
    monkeypatch.setattr(workers, "beat", fails_once)
    until(failed.is_set)
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(WorkerProcess))
    until(lambda: [one.can_judge for one in known(app)] == [True])


def test_a_process_that_does_not_judge_is_no_worker(app: Flask) -> None:
    assert known(app) == []


def test_boxes_that_cannot_be_had_are_told_with_the_reason(app: Flask, backend: StubBackend, judges: Runtime) -> None:
    backend.broken["data"] = BoxDied("PostgreSQL refused to start")
    with pytest.raises(EngineUnavailable):
        judges.sandbox.run(QUERY)
    until(lambda: known(app)[0].row.sorts == [sort for sort in SORTS if sort != "data"])
    [one] = known(app)
    assert one.can_judge
    assert (one.row.message, one.row.troubles) == ("", {"data": "PostgreSQL refused to start"})
    backend.broken.clear()
    until(lambda: known(app)[0].row.sorts == list(SORTS))
    assert known(app)[0].row.troubles == {}


def test_whoever_can_have_no_box_at_all_cannot_judge(app: Flask, backend: StubBackend, config: Config) -> None:
    backend.broken = {sort: BoxDied(f"no {sort}") for sort in SORTS}
    with app.app_context():
        sessions = db.sessions
    with Sandbox(backend, {usual_spec(sort): 1 for sort in SORTS}) as sandbox:
        until(lambda: not sandbox.status().available)
        other = Heartbeat(sessions, config, sandbox, "another")
        other.start()
        [one] = known(app)
        other.stop()
    assert not one.can_judge
    assert one.row.sorts == []
    assert one.row.troubles == {sort: f"no {sort}" for sort in SORTS}
    assert one.row.message in one.row.troubles.values()


def test_each_start_is_another_worker(app: Flask, config: Config, judges: Runtime) -> None:
    with app.app_context():
        sessions = db.sessions
    other = Heartbeat(sessions, config, judges.sandbox, "another")
    other.start()
    assert len({one.row.id for one in known(app) if one.can_judge}) == 2
    other.stop()
    assert [one.can_judge for one in known(app)] == [True, False]
