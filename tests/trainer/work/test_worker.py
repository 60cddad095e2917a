"""Judges at work: what waits is found, what fails on our side is ours, a stop leaves nothing claimed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import Run, RunStatus
from sandbox.backends.stub import StubBackend
from tests.factories import make_user, publish
from trainer import kinds
from trainer.bank.interviews import Disclosure, Format, Interviews, TaskRule
from trainer.db import db
from trainer.models import KnownMistakes, ProblemVersion, Purpose, Submission, SubmissionStatus, TestData, Work
from trainer.services import catalogue, publishing, submissions, tries
from trainer.services.author import Author
from trainer.services.interviews import sending, sitting
from trainer.web.runtime import Runtime, runtime


@pytest.fixture
def sent(app: Flask) -> int:
    """A submission that no message speaks of: only the sweep can find it."""
    with app.app_context(), db.writing() as session:
        publish(session)
        author = Author(user_id=make_user(session).id)
        return submissions.submit(session, author, "double", language="python", source="def double(n): ...").id


@contextmanager
def running(app: Flask) -> Iterator[Runtime]:
    with app.app_context():
        found = runtime()
    found.start()
    try:
        yield found
    finally:
        found.stop()


def make_data(app: Flask) -> None:
    """Make the hidden data of all current versions, as the worker does ahead of need."""
    with app.app_context():
        with db.reading() as session:
            versions = list(session.scalars(sa.select(ProblemVersion)))
            contents = [(version.id, catalogue.content(session, version)) for version in versions]
        for version_id, content in contents:
            data = publishing.prepare(content, runtime().sandbox.run)
            with db.writing() as session:
                publishing.keep(session, data)
                publishing.keep_mistakes(session, version_id, {})


def row(app: Flask, submission_id: int) -> Submission:
    with app.app_context(), db.reading() as session:
        return session.get_one(Submission, submission_id, options=[sa.orm.undefer(Submission.record)])


def until_judged(app: Flask, submission_id: int) -> Submission:
    ticks = threading.Event()
    for _ in range(600):
        found = row(app, submission_id)
        if found.status is SubmissionStatus.JUDGED:
            return found
        ticks.wait(0.05)
    raise AssertionError(f"not judged: {found.status}")


def test_the_sweep_finds_what_waits(app: Flask, sent: int) -> None:
    make_data(app)
    with running(app):
        found = until_judged(app, sent)
    assert (found.verdict, found.score) == ("accepted", 1.0)


def test_hidden_data_is_made_ready_ahead(app: Flask, sent: int, judges: Runtime) -> None:
    until_judged(app, sent)
    ticks = threading.Event()
    for _ in range(600):
        with app.app_context(), db.reading() as session:
            known = session.scalars(sa.select(KnownMistakes)).one_or_none()
            data = session.scalars(sa.select(TestData)).one_or_none()
        if known and data:
            break
        ticks.wait(0.05)
    assert data is not None
    assert data.count == 3
    assert known is not None


@pytest.mark.parametrize("single_boxes", [False, True])
def test_an_interview_may_want_boxes_that_nobody_was_in(
    app: Flask, backend: StubBackend, *, single_boxes: bool
) -> None:
    form = Format(
        id="alone", title="Alone", about="One task.", order=1, minutes=10, reveal=Disclosure.LIVE,
        tasks=(TaskRule(minutes=10, kinds=("function",), points=1),), single_boxes=single_boxes,
    )  # fmt: skip
    with app.app_context(), db.writing() as session:
        publish(session)
        interview = sitting.start(session, make_user(session), "alone", Interviews((form,), ()), seed=1)
        source = "def double(n): ..."
        sent = sending.send(session, interview, 1, language="python", source=source, purpose=Purpose.SUBMIT).id
    make_data(app)
    backend.started.clear()
    with running(app):
        assert until_judged(app, sent).verdict == "accepted"
    assert {spec.keep for spec in backend.started} == {not single_boxes}


def test_our_own_failure_is_a_judge_error(
    app: Flask, sent: int, judges: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(kinds.get("function"), "record", broken)
    found = until_judged(app, sent)
    assert found.verdict == "judge error"
    assert "bug of ours" not in str(found.record)


def test_a_judge_error_costs_no_try(app: Flask, sent: int) -> None:
    with app.app_context(), db.writing() as session:
        first = session.get_one(Submission, sent)
        first.status, first.verdict = SubmissionStatus.JUDGED, "judge error"
        session.flush()
        author = Author(user_id=first.user_id)
        second = submissions.submit(session, author, "double", language="python", source="x")
        assert tries.number_of(session, author, second) == 1


def test_a_stop_does_not_wait_for_slow_work(app: Flask, backend: StubBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_source: str, _arguments: tuple[Any, ...]) -> Run:
        begun.set()
        assert go_on.wait(60)
        return Run(RunStatus.RETURNED, 0)

    backend.script = slow
    monkeypatch.setattr("trainer.work.worker.STOP_S", 600)
    with running(app):  # no hidden data is there, so it is made
        assert begun.wait(30)
    assert not go_on.is_set()
    go_on.set()


def test_a_stop_puts_back_what_is_judged(app: Flask, sent: int, backend: StubBackend) -> None:
    make_data(app)  # so that only the submission is judged
    begun, go_on = threading.Event(), threading.Event()

    def slow(_source: str, _arguments: tuple[Any, ...]) -> Run:
        begun.set()
        go_on.wait(60)
        return Run(RunStatus.RETURNED, value=0)

    backend.script = slow
    with app.app_context():
        running = runtime()
    running.start()
    assert begun.wait(60)
    stopping = threading.Thread(target=running.stop)
    stopping.start()
    ticks = threading.Event()
    for _ in range(600):
        if row(app, sent).status is SubmissionStatus.QUEUED:
            break
        ticks.wait(0.05)
    go_on.set()
    stopping.join(60)
    found = row(app, sent)
    assert (found.status, found.verdict) == (SubmissionStatus.QUEUED, None)


def test_known_mistakes_that_are_there_are_not_worked_out_again(app: Flask) -> None:
    """The bank's proof told them: the worker makes the hidden data alone."""
    told = {"AW": "Told by the proof."}
    with app.app_context(), db.writing() as session:
        publish(session)
        (version_id,) = session.scalars(sa.select(ProblemVersion.id))
        publishing.keep_mistakes(session, version_id, told)
    with running(app), app.app_context():
        ticks = threading.Event()
        for _ in range(600):
            with db.reading() as session:
                if not session.scalar(sa.select(sa.func.count(Work.id))):
                    break
            ticks.wait(0.05)
        with db.reading() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(TestData)) == 1
            assert session.scalars(sa.select(KnownMistakes.patterns)).all() == [told]
