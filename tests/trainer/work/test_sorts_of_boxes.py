"""While boxes of one sort cannot be made, what takes others is judged at once, and what takes these waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import Run, RunStatus, Sandbox
from sandbox.backend import DATA, BoxSpec
from sandbox.backends.docker import DockerBackend
from sandbox.backends.stub import StubBackend
from sandbox.backends.troubles import sort_of
from sandbox.errors import BoxDied, ImageMissing
from sandbox.images import image_name
from tests.conftest import scripted
from tests.examples import make_service
from tests.factories import make_quiz, make_user, publish
from tests.trainer.work.test_worker import make_data, row, until_judged
from trainer.bank.files import package
from trainer.bank.template import new_package
from trainer.config import Config
from trainer.db import db
from trainer.models import Submission, SubmissionStatus, Work, WorkKind, WorkStatus
from trainer.services import catalogue, publishing, submissions, work
from trainer.services.author import Author
from trainer.services.sorts import SORTS
from trainer.services.work import OF_STUDENTS, SLOW
from trainer.web.runtime import init_runtime, runtime
from trainer.work.lanes import Lane
from trainer.work.news import News
from trainer.work.worker import Worker

NO_IMAGE = ImageMissing("image trainer-box-service:1 is not built: run python -m sandbox build")
REFUSED = BoxDied("the box ended with exit code 1. PostgreSQL could not start")
TABLE = {"columns": [["name", "text"]], "rows": [["a"]]}
SPECS = (BoxSpec("python", keep=True), DATA)


def answering(source: str, arguments: tuple[Any, ...]) -> Run:
    """Programs double, queries give one row."""
    is_query = bool(arguments) and isinstance(arguments[0], str)
    return Run(RunStatus.RETURNED, TABLE) if is_query else scripted(source, arguments)


@pytest.fixture
def backend() -> StubBackend:
    return StubBackend(answering)


@pytest.fixture
def bank(app: Flask) -> None:
    """A function, a query, a service and a quiz, all data made, so that only submissions wait."""
    with app.app_context(), db.writing() as session:
        publish(session)
        publishing.publish(session, package("query", new_package("query", "sql")))
        publishing.publish(session, make_service("service"))
        publishing.publish(session, make_quiz("quiz"))
    make_data(app)
    with app.app_context(), db.writing() as session:
        session.execute(sa.delete(Work))


SENT = {"double": ("python", "x"), "query": ("sql", "SELECT 1"), "service": ("files", '{"app.py": "x"}')}


@pytest.fixture
def send(app: Flask, bank: None) -> Callable[..., list[int]]:
    """Submissions to a problem, each of somebody else."""
    numbers = iter(range(1_000))

    def put(slug: str, count: int = 1) -> list[int]:
        language, source = SENT[slug]
        with app.app_context(), db.writing() as session:
            people = [Author(user_id=make_user(session, f"{next(numbers)}@example.org").id) for _ in range(count)]
            return [submissions.submit(session, who, slug, language=language, source=source).id for who in people]

    return put


def until(what: Callable[[], Any]) -> None:
    """Wait for what other threads bring about: real boxes take their time on a machine that is busy."""
    ticks = threading.Event()
    for _ in range(3_000):
        if what():
            return
        ticks.wait(0.05)
    raise AssertionError("it never came")


@contextmanager
def judging(app: Flask, sandbox: Sandbox) -> Iterator[None]:
    """The application's judges at work in this sandbox."""
    with app.app_context():
        config = runtime().config
    running = init_runtime(app, config, sandbox)
    running.start()
    try:
        yield
    finally:
        running.stop()


def test_what_can_be_judged_is_judged_at_once_though_a_hundred_services_wait_before_it(
    app: Flask, backend: StubBackend, send: Callable[..., list[int]]
) -> None:
    """Nobody knows at first that services cannot have their boxes: the first one that is claimed finds out."""
    backend.broken["service"] = NO_IMAGE
    waiting = send("service", 100)
    after = send("double", 3) + send("query", 3)
    with judging(app, Sandbox(backend)):
        # What the table of a stub says of a query is not the matter here: that it has been asked is.
        assert {until_judged(app, number).status for number in after} == {SubmissionStatus.JUDGED}
        assert {row(app, number).verdict for number in after[:3]} == {"accepted"}
        assert {row(app, number).verdict for number in waiting} == {None}
    assert {row(app, number).status for number in waiting} == {SubmissionStatus.QUEUED}
    with app.app_context(), db.reading() as session:
        kept = session.execute(sa.select(Work.status, Work.lapses, Work.sorts).distinct()).all()
    assert kept == [(WorkStatus.WAITING, 0, "service")]


def test_what_waited_is_judged_when_its_boxes_are_back(
    app: Flask, backend: StubBackend, send: Callable[..., list[int]]
) -> None:
    backend.broken = {"data": REFUSED, "service": NO_IMAGE}
    waiting, others = send("query", 5), send("service", 5)
    sandbox = Sandbox(backend, dict.fromkeys(SPECS, 1))
    with judging(app, sandbox):
        until(lambda: sandbox.why_not("data"))
        assert until_judged(app, *send("double")).verdict == "accepted"
        assert {row(app, number).status for number in waiting} == {SubmissionStatus.QUEUED}
        del backend.broken["data"]
        for number in waiting:
            assert until_judged(app, number).verdict != "judge error"
        assert {row(app, number).verdict for number in others} == {None}


def test_data_that_cannot_be_made_for_want_of_a_box_is_not_given_up(app: Flask, backend: StubBackend) -> None:
    """Nor is a package that cannot be checked: both wait, and the other sort of data is made."""
    backend.broken["data"] = REFUSED
    with app.app_context(), db.writing() as session:
        publishing.publish(session, package("query", new_package("query", "sql")))
        publish(session)
        query, _ = [catalogue.published(session, slug)[1].id for slug in ("query", "double")]

    def left() -> list[tuple[int, WorkStatus, int]]:
        with app.app_context(), db.reading() as session:
            rows = session.execute(sa.select(Work.subject_id, Work.status, Work.lapses).where(Work.kind == "data"))
            return [(subject, status, lapses) for subject, status, lapses in rows]

    with judging(app, Sandbox(backend)):
        until(lambda: left() == [(query, WorkStatus.WAITING, 0)])
        backend.broken.clear()
        until(lambda: not left())


def test_a_quiz_is_marked_without_an_engine(app: Flask, backend: StubBackend, bank: None) -> None:
    backend.available = False
    with app.app_context(), db.writing() as session:
        who = Author(user_id=make_user(session).id)
        source = '{"who says what": {}, "the header with the address": "Location"}'
        sent = submissions.submit(session, who, "quiz", language="answers", source=source).id
    with judging(app, Sandbox(backend, {SPECS[0]: 1})):
        assert until_judged(app, sent).verdict == "wrong answer"


def test_two_workers_take_each_what_it_has_boxes_for(
    app: Flask, config: Config, send: Callable[..., list[int]]
) -> None:
    sent = [*send("double", 4), *send("query", 4), *send("double", 4), *send("query", 4)]
    backends = {sort: StubBackend(answering) for sort in ("python", "data")}
    with app.app_context():
        sessions = db.sessions
    with ExitStack() as stack:
        for sort, own in backends.items():
            own.broken = {other: NO_IMAGE for other in SORTS if other != sort}
            sandbox = stack.enter_context(Sandbox(own, dict.fromkeys(SPECS, 1)))
            until(lambda sandbox=sandbox, sort=sort: all(sandbox.why_not(o) for o in ("python", "data") if o != sort))
            worker = Worker(sessions, config, sandbox, News(), [])
            worker.start()
            stack.callback(worker.stop)
        for number in sent:
            assert until_judged(app, number).verdict != "judge error"
    for sort, own in backends.items():
        assert {sort_of(spec) for spec in own.started} == {sort}


def test_nobody_is_woken_for_what_takes_boxes_that_cannot_be_had(
    app: Flask, config: Config, backend: StubBackend, send: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(Lane, "nudge", lambda _lane, times=1: woken.append(times))
    backend.broken["data"] = REFUSED
    send("query", 9)
    with app.app_context():
        sessions = db.sessions
    with Sandbox(backend, {DATA: 1}) as sandbox:
        until(lambda: sandbox.why_not("data"))
        worker = Worker(sessions, config, sandbox, News(), [])
        for _ in range(3):
            worker._look_around()
        assert set(woken) == {0}
        assert not worker._do_next(OF_STUDENTS), "who is woken all the same claims nothing"
        send("double")
        woken.clear()
        worker._look_around()
        assert sorted(woken) == [0, 1, 1]
        with sessions.reading() as session:
            assert work.waiting(session, SLOW, most=9) == 0


def test_whoever_finds_out_goes_on_with_the_rest_at_once(
    app: Flask, config: Config, backend: StubBackend, send: Callable[..., list[int]]
) -> None:
    backend.broken["service"] = NO_IMAGE
    [service], [function] = send("service"), send("double")
    with app.app_context():
        sessions = db.sessions
    with Sandbox(backend) as sandbox:
        worker = Worker(sessions, config, sandbox, News(), [])
        assert worker._do_next(OF_STUDENTS), "it was put back, and there may be more"
        assert worker._do_next(OF_STUDENTS)
        assert not worker._do_next(OF_STUDENTS)
    assert (row(app, service).status, row(app, function).verdict) == (SubmissionStatus.QUEUED, "accepted")


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_the_real_engine_a_missing_image_of_services_keeps_only_services_waiting(app: Flask) -> None:
    """Functions, classes and queries are judged meanwhile; and services are when the image is there."""
    built = {"python", "data", "suite"}

    def image_of(image: str) -> str:
        return image_name(image) if image in built else f"trainer-box-{image}:nobody-built-this"

    kinds = ("service", "function", "class", "sql")
    sent = {}
    with app.app_context(), db.writing() as session:
        for kind in kinds:
            publishing.publish(session, package(f"a-{kind}", new_package(f"a-{kind}", kind)))
            _, version = catalogue.published(session, f"a-{kind}")
            publishing.keep_mistakes(session, version.id, {})
            content = catalogue.content(session, version)
            who = Author(user_id=make_user(session, f"{kind}@example.org").id)
            language, source = content.languages[0], content.reference.source
            sent[kind] = submissions.submit(session, who, f"a-{kind}", language=language, source=source).id
        session.execute(sa.delete(Work).where(Work.kind == WorkKind.DATA))
    sandbox = Sandbox(DockerBackend(image_of=image_of))
    with judging(app, sandbox):
        for kind in kinds[1:]:
            until(lambda kind=kind: row(app, sent[kind]).verdict)
        assert {row(app, sent[kind]).verdict for kind in kinds[1:]} == {"accepted"}
        until(lambda: "trainer-box-service:nobody-built-this is not built" in sandbox.why_not("service"))
        until(lambda: row(app, sent["service"]).status is SubmissionStatus.QUEUED)
        built.add("service")
        until(lambda: row(app, sent["service"]).verdict)
    assert row(app, sent["service"]).verdict == "accepted"


def test_rows_name_what_they_take(app: Flask, send: Callable[..., list[int]]) -> None:
    for slug in SENT:
        send(slug)
    with app.app_context(), db.reading() as session:
        query = sa.select(Work.sorts).join(Submission, Submission.id == Work.subject_id)
        found = session.scalars(query.where(Work.kind == WorkKind.SUBMIT).order_by(Work.id)).all()
    assert found == ["python", "data", "service"]
