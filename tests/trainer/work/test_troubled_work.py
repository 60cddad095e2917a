"""Work in bad times: what cannot be read stops nothing else, and what passes by itself is nobody's error."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from sandbox import Run, RunStatus
from sandbox.backends.stub import StubBackend
from sandbox.errors import EngineUnavailable
from tests.factories import claimed, make_package, make_user, publish, small_interviews
from tests.trainer.work.test_worker import make_data, row, running, until_judged
from trainer.bank.archives import to_zip
from trainer.bank.files import package
from trainer.db import db
from trainer.errors import DataError
from trainer.models import (
    Interview,
    KnownMistakes,
    Priority,
    ProblemVersion,
    Role,
    Submission,
    SubmissionStatus,
    TestData,
    Upload,
    UploadStatus,
    User,
    Work,
)
from trainer.services import catalogue, claims, judging, preparing, publishing, submissions, troubles, uploads, work
from trainer.services.author import Author
from trainer.services.interviews import sitting, texts
from trainer.services.statements import MOST_LAPSES
from trainer.services.work import OF_STUDENTS, SLOW, Capacity
from trainer.web.runtime import runtime
from trainer.work.leases import Leases, is_passing
from trainer.work.news import QUEUED_SUBMISSIONS, News
from trainer.work.sweep import Sweep

LEASE_S = 30.0
OVER_S = -1.0


def until(what: Callable[[], Any]) -> Any:
    ticks = threading.Event()
    for _ in range(600):
        found = what()
        if found:
            return found
        ticks.wait(0.05)
    raise AssertionError("it never came")


def submit(app: Flask, email: str = "mira@example.org", slug: str = "double", source: str = "x") -> int:
    with app.app_context(), db.writing() as session:
        author = Author(user_id=make_user(session, email).id)
        return submissions.submit(session, author, slug, language="python", source=source).id


def break_version(app: Flask, patch: pytest.MonkeyPatch, slug: str) -> None:
    """Make a stored version unreadable, as a disk or a stricter reader may."""
    with app.app_context(), db.reading() as session:
        broken = catalogue.published(session, slug)[1].id
    real = catalogue.content

    def content(session: Any, version: ProblemVersion) -> Any:
        if version.id == broken:
            raise RuntimeError("this version cannot be read")
        return real(session, version)

    patch.setattr(catalogue, "content", content)


@pytest.fixture
def published(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
        publish(session, "other", secret_word="figure")
    make_data(app)


# One that cannot be read


def sweep_of(app: Flask, news: News | None = None) -> Sweep:
    with app.app_context():
        sessions = db.sessions
    return Sweep(sessions, Leases(sessions, LEASE_S), news or News())


def begin_interviews(app: Flask, count: int) -> list[int]:
    """Interviews whose bell has passed, each with a text that the bell submits."""
    with app.app_context(), db.writing() as session:
        begun = []
        for number in range(count):
            user = make_user(session, f"student{number}@example.org")
            interview = sitting.start(session, user, "live-10", small_interviews(), seed=number)
            texts.save(session, interview, 1, "python", "def double(n): return 2 * n", base_revision=0)
            begun.append(interview)
        session.flush()
        for interview in begun:
            interview.started_at -= timedelta(hours=1)
            interview.bell_at -= timedelta(hours=1)
        session.execute(
            sa.text("UPDATE interview_texts SET saved_at = (SELECT started_at FROM interviews WHERE id = interview_id)")
        )
        return [interview.id for interview in begun]


def test_what_a_bell_hands_in_is_told_to_other_workers(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    begin_interviews(app, 3)
    news = News()
    told: list[str] = []
    news.carry = told.append
    sweep_of(app, news).run()
    assert told == 3 * [QUEUED_SUBMISSIONS]


def test_a_broken_interview_keeps_no_other_open(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    ids = begin_interviews(app, 10)
    real = sitting._submit_due

    def broken(session: Any, interview: Interview, one: Any) -> Any:
        if interview.id == ids[0]:
            raise RuntimeError("this interview cannot be read")
        return real(session, interview, one)

    monkeypatch.setattr(sitting, "_submit_due", broken)
    lapsed = submit(app)
    with app.app_context(), db.writing() as session:
        claimed(session, session.get_one(Submission, lapsed), OVER_S)
    sweep = sweep_of(app)
    sweep.run()
    assert row(app, lapsed).status is SubmissionStatus.QUEUED
    with app.app_context(), db.reading() as session:
        closed = sa.select(Interview.id).where(Interview.closed_at.is_not(None))
        assert set(session.scalars(closed)) == set(ids[1:])
        assert session.scalar(sa.select(sa.func.count()).where(Submission.at_bell)) == 9


def test_an_interview_with_an_unreadable_task_ends_after_some_attempts(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    (interview_id,) = begin_interviews(app, 1)
    break_version(app, monkeypatch, "double")
    sweep = sweep_of(app)
    for _ in range(sitting.MOST_FAILURES):
        sweep.run()
        with app.app_context(), db.reading() as session:
            assert session.get_one(Interview, interview_id).closed_at is None
    sweep.run()
    with app.app_context(), db.reading() as session:
        assert session.get_one(Interview, interview_id).closed_at is not None
        assert [one.what for one in troubles.listed(session)] == [f"Interview {interview_id}"]


def test_an_interview_that_nobody_can_read_is_left_alone(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    (interview_id,) = begin_interviews(app, 1)
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(Interview).values(close_failures=2 * sitting.MOST_FAILURES))
    with app.app_context(), db.reading() as session:
        assert sitting.due(session) == []
        assert [one.what for one in troubles.listed(session)] == [f"Interview {interview_id}"]


@pytest.mark.usefixtures("published")
def test_a_broken_submission_is_a_judge_error_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = submit(app, "ada@example.org"), submit(app, "bo@example.org", "other")
    break_version(app, monkeypatch, "double")
    with running(app):
        assert until_judged(app, whole).verdict == "accepted"
        assert until_judged(app, broken).verdict == "judge error"


@pytest.mark.usefixtures("published")
def test_a_row_that_cannot_be_recorded_ends_as_a_judge_error(app: Flask) -> None:
    """Its purpose is no word that we know: reading it fails, and so does recording its judgement."""
    broken = submit(app, "ada@example.org")
    with app.app_context(), db.writing() as session:
        session.execute(sa.text("UPDATE submissions SET purpose = 'none' WHERE id = :id"), {"id": broken})
    with running(app), app.app_context():
        query = sa.select(Submission.status, Submission.verdict).where(Submission.id == broken)

        def judged() -> Any:
            with db.reading() as session:
                found = session.execute(query).one()
            return found if found.status is SubmissionStatus.JUDGED else None

        assert until(judged).verdict == "judge error"


def upload(app: Flask, slug: str, email: str) -> int:
    with app.app_context(), db.writing() as session:
        user = make_user(session, email, Role.MENTOR)
        return uploads.receive(session, user, to_zip(make_package(slug))).id


def test_a_broken_upload_is_told_and_others_are_checked(app: Flask) -> None:
    broken, whole = upload(app, "one", "ada@example.org"), upload(app, "two", "bo@example.org")
    with app.app_context(), db.writing() as session:
        session.execute(sa.update(Upload).where(Upload.id == broken).values(files=b"no archive"))
    with running(app), app.app_context():

        def checked() -> Any:
            with db.reading() as session:
                rows = session.scalars(sa.select(Upload).order_by(Upload.id)).all()
            return rows if all(one.status is UploadStatus.CHECKED for one in rows) else None

        first, second = until(checked)
    assert first.passed is False
    assert "cannot be read as a zip file" in first.report["findings"][0]["message"]
    assert second.id == whole
    assert len(second.report["findings"]) > 1


def test_an_upload_that_kills_workers_is_given_up(app: Flask) -> None:
    upload_id = upload(app, "one", "ada@example.org")
    with app.app_context():
        die_over(SLOW)
        with db.reading() as session:
            found = session.get_one(Upload, upload_id)
            assert (found.status, found.passed) == (UploadStatus.CHECKED, False)
            assert "interrupted 3 times" in str(found.report)
            (told,) = troubles.listed(session)
            assert told.what == f"Upload {upload_id} of one"
            assert "worker 3" in told.why
        with db.writing() as session:
            uploads.discard(session, session.get_one(User, found.user_id), upload_id)
        with db.reading() as session:
            assert troubles.listed(session) == []


@pytest.mark.usefixtures("published")
def test_a_submission_that_kills_workers_is_given_up_and_told(app: Flask) -> None:
    sent = submit(app)
    with app.app_context():
        die_over(OF_STUDENTS)
        with db.reading() as session:
            (told,) = troubles.listed(session)
    assert told.what == f"Submission {sent} of Double"
    assert told.why == "It was interrupted 3 times. The worker worker 3 stopped in the middle of it."
    found = row(app, sent)
    assert (found.status, found.verdict) == (SubmissionStatus.JUDGED, "judge error")
    with running(app):
        assert until_judged(app, submit(app, "bo@example.org", "other")).verdict == "accepted"
    assert row(app, sent).judged_at == found.judged_at


def die_over(capacity: Capacity) -> None:
    """Workers claim what is next, and die, until nobody tries it again."""
    for number in range(1, MOST_LAPSES + 1):
        with db.writing() as session:
            assert claims.claim_next(session, f"worker {number}", capacity, OVER_S) is not None
        with db.writing() as session:
            assert len(claims.put_back_lapsed(session)) == 1
    with db.writing() as session:
        assert claims.claim_next(session, "another", capacity, LEASE_S) is None


def test_an_upload_that_was_discarded_is_not_checked(app: Flask) -> None:
    upload_id = upload(app, "one", "ada@example.org")
    with app.app_context(), db.writing() as session:
        uploads.discard(session, session.get_one(User, session.get_one(Upload, upload_id).user_id), upload_id)
        assert claims.claim_next(session, "a worker", SLOW, LEASE_S) is None


# Hidden data


def version_of(app: Flask) -> ProblemVersion:
    with app.app_context(), db.writing() as session:
        publish(session)
        return catalogue.published(session, "double")[1]


def test_two_workers_do_not_make_the_same_data(app: Flask) -> None:
    version = version_of(app)
    with app.app_context():
        with db.writing() as session:
            first = preparing.claim(session, version, "a worker", LEASE_S)
        with db.writing() as session, pytest.raises(preparing.UnderWay):
            preparing.claim(session, version, "another", LEASE_S)
        with db.writing() as session:
            assert claims.claim_next(session, "another", SLOW, LEASE_S) is None
            claims.put_back(session, first)
            assert preparing.claim(session, version, "another", LEASE_S).fence == 2


def test_data_whose_workers_die_is_given_up(app: Flask) -> None:
    version = version_of(app)
    with app.app_context():
        die_over(SLOW)
        with db.writing() as session, pytest.raises(DataError, match="could not be made"):
            preparing.claim(session, version, "a worker", LEASE_S)
        with db.reading() as session:
            (found,) = troubles.listed(session)
        assert found == troubles.Trouble("Hidden data of Double", "The worker worker 3 stopped in the middle of it.")
        with db.writing() as session:
            publish(session)
            assert preparing.claim(session, version, "a worker", LEASE_S)


def test_data_is_queued_once_and_only_where_it_is_missing(app: Flask) -> None:
    version_of(app)
    with app.app_context():
        with db.writing() as session:
            preparing.queue_missing(session)
            assert work.waiting(session, SLOW, most=9) == 1
            session.execute(sa.delete(Work))
            preparing.queue_missing(session)
            assert work.waiting(session, SLOW, most=9) == 1
            session.execute(sa.delete(Work))
        make_data(app)
        with db.writing() as session:
            preparing.queue_missing(session)
            publish(session)
            assert work.waiting(session, SLOW, most=9) == 0


def test_an_earlier_version_gets_data_for_who_needs_it_and_no_more(app: Flask, backend: StubBackend) -> None:
    """A submission that waits for the version before makes its data; its known mistakes are made by nobody."""
    with app.app_context(), db.writing() as session:
        publish(session)
        sent = submit_in(session)
        files = dict(make_package().files)
        files["data/secret.yaml"] = b"- {name: nothing, args: {number: 0}, expected: 0}\n"
        publishing.publish(session, package("double", files))
    with running(app):
        assert until_judged(app, sent).verdict == "accepted"
        until(lambda: nothing_waits(app))
    with app.app_context(), db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(KnownMistakes)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(TestData)) == 2


def submit_in(session: Session) -> int:
    author = Author(user_id=make_user(session).id)
    return submissions.submit(session, author, "double", language="python", source="x").id


def nothing_waits(app: Flask) -> bool:
    with app.app_context(), db.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Work)) == 0


def test_data_that_fails_is_tried_so_often_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    version_of(app)
    tries = []

    def fail(*_: Any) -> None:
        tries.append(1)
        raise DataError("the generator stopped")

    monkeypatch.setattr(publishing, "prepare", fail)
    with running(app), app.app_context():

        def given_up() -> Any:
            with db.reading() as session:
                return preparing.given_up(session)

        assert until(given_up)[0].why == "the generator stopped"
        waiting = submit(app)
        assert until_judged(app, waiting).verdict == "judge error"
    assert len(tries) == MOST_LAPSES


def test_who_waits_for_data_holds_up_nobody(app: Flask) -> None:
    """Somebody else makes the data of the first one: the second is judged, the first when the data is there."""
    with app.app_context(), db.writing() as session:
        files = dict(make_package("other").files)
        files["data/secret.yaml"] = b"- {name: nothing, args: {number: 0}, expected: 0}\n"
        publishing.publish(session, package("other", files))
    make_data(app)
    version = version_of(app)
    first, second = submit(app, "ada@example.org"), submit(app, "bo@example.org", "other")
    with app.app_context(), db.writing() as session:
        held = preparing.claim(session, version, "another", LEASE_S)
    with running(app):
        assert until_judged(app, second).verdict == "accepted"
        assert row(app, first).status is SubmissionStatus.QUEUED
        with app.app_context(), db.writing() as session:
            claims.put_back(session, held)
        assert until_judged(app, first).verdict == "accepted"
    with app.app_context(), db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(TestData)) == 2


# Trouble that passes


def only_on(dialect: str) -> pytest.MarkDecorator:
    """Of a trouble that only one database knows."""
    return pytest.mark.parametrize("database_url", [dialect], indirect=True)


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Another program holds the whole database; ours waits for a moment only."""
    with app.app_context():
        path = db.engine.url.database
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(app: Flask) -> None:
    """Nobody waits for a lock longer than a moment."""
    with app.app_context():
        sa.event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
        db.engine.dispose()


@only_on("sqlite")
@pytest.mark.own_app
@pytest.mark.usefixtures("published", "impatient")
def test_a_locked_database_is_no_judge_error(app: Flask, backend: StubBackend) -> None:
    sent = submit(app)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_source: str, arguments: tuple[Any, ...]) -> Run:
        begun.set()
        go_on.wait(30)
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    backend.script = slow
    with running(app):
        assert begun.wait(30)
        with locked(app):
            go_on.set()
            leases = runtime_leases(app)
            until(lambda: leases._owed)  # the judgement could not be recorded, nor the row be put back
        found = until_judged(app, sent)
    assert found.verdict == "accepted"


@only_on("postgresql")
@pytest.mark.usefixtures("published")
def test_a_lost_connection_is_no_judge_error(app: Flask, backend: StubBackend) -> None:
    sent = submit(app)
    begun, go_on = threading.Event(), threading.Event()

    def slow(_source: str, arguments: tuple[Any, ...]) -> Run:
        begun.set()
        go_on.wait(30)
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    backend.script = slow
    with running(app):
        assert begun.wait(30)
        with app.app_context(), db.engine.connect() as connection:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        go_on.set()
        ticks = threading.Event()
        for _ in range(600):
            try:
                found = row(app, sent)
            except sa.exc.OperationalError:
                continue  # our own connection was ended, too
            if found.status is SubmissionStatus.JUDGED:
                break
            ticks.wait(0.05)
    assert found.verdict == "accepted"


def runtime_leases(app: Flask) -> Leases:
    with app.app_context():
        worker = runtime().worker
    assert worker is not None
    return worker._leases


@pytest.mark.usefixtures("published")
def test_progress_never_raises(app: Flask, backend: StubBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = threading.Event()

    def broken(*_: Any, **__: Any) -> None:
        tried.set()
        raise sa.exc.OperationalError("UPDATE", {}, Exception("database is locked"))

    def script(_source: str, arguments: tuple[Any, ...]) -> Run:
        assert arguments[0] == 3 or tried.wait(20), "progress is not shown after the sample"
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    monkeypatch.setattr(judging, "show_progress", broken)
    make_data(app)
    backend.script = script
    sent = submit(app)
    with running(app):
        found = until_judged(app, sent)
    assert tried.is_set()
    assert found.verdict == "accepted"


@pytest.mark.usefixtures("published")
def test_a_case_that_takes_long_is_told_as_the_one_that_runs(app: Flask, backend: StubBackend) -> None:
    told = threading.Event()

    def script(_source: str, arguments: tuple[Any, ...]) -> Run:
        assert arguments[0] == 3 or told.wait(20), "nobody is told how far it is"
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    make_data(app)
    backend.script = script
    sent = submit(app)
    ticks = threading.Event()
    with running(app):
        for _ in range(600):
            found = row(app, sent)
            if found.cases_total:
                break
            ticks.wait(0.05)
        assert (found.status, found.cases_done, found.cases_total) == (SubmissionStatus.JUDGING, 1, 4)
        told.set()
        until_judged(app, sent)


@pytest.mark.usefixtures("published")
def test_what_is_judged_tells_all_its_cases(app: Flask) -> None:
    sent = submit(app)
    with running(app):
        found = until_judged(app, sent)
    assert (found.cases_done, found.cases_total) == (4, 4)


@pytest.mark.usefixtures("published")
def test_a_failing_record_is_judged_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database goes away at the last moment, twice."""
    fails, real = [1, 1], judging.record

    def flaky(*args: Any, **words: Any) -> judging.Recorded | None:
        if fails:
            fails.pop()
            raise sa.exc.OperationalError("UPDATE", {}, Exception("server closed the connection"))
        return real(*args, **words)

    monkeypatch.setattr(judging, "record", flaky)
    sent = submit(app)
    with running(app):
        found = until_judged(app, sent)
    assert found.verdict == "accepted"


@pytest.mark.usefixtures("published")
def test_an_engine_that_is_away_makes_work_wait(app: Flask, backend: StubBackend) -> None:
    away = [1, 1]

    def flaky(_source: str, arguments: tuple[Any, ...]) -> Run:
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    real = backend.start

    def start(spec: Any) -> Any:
        if away:
            away.pop()
            raise EngineUnavailable("no engine answers")
        return real(spec)

    backend.script = flaky
    backend.start = start  # type: ignore[method-assign]
    sent = submit(app)
    with running(app):
        found = until_judged(app, sent)
    assert found.verdict == "accepted"


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (EngineUnavailable("away"), True),
        (sa.exc.OperationalError("SELECT", {}, Exception("database is locked")), True),
        (sa.exc.InterfaceError("SELECT", {}, Exception("connection already closed")), True),
        (sa.exc.TimeoutError("no connection is free"), True),
        (sa.exc.DBAPIError("SELECT", {}, Exception("gone"), connection_invalidated=True), True),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (sa.exc.InternalError("INSERT", {}, psycopg.errors.ReadOnlySqlTransaction("a standby")), True),
        (sa.exc.InternalError("INSERT", {}, psycopg.errors.DataCorrupted("a page")), False),
        (sa.exc.IntegrityError("INSERT", {}, Exception("unique")), False),
        (RuntimeError("a bug"), False),
    ],
)
def test_what_passes_by_itself(error: Exception, passes: bool) -> None:
    assert is_passing(error) is passes
    wrapped = DataError("the data could not be made")
    wrapped.__cause__ = error
    assert is_passing(wrapped) is passes


@pytest.mark.usefixtures("published")
def test_no_request_fails_while_the_sweep_works(app: Flask) -> None:
    """Twelve interviews end and rows lapse while students send: nobody is told that the database is locked."""
    begin_interviews(app, 12)
    statuses, errors = [], []
    people = [(number, f"sender{number}@example.org") for number in range(6)]
    with app.app_context(), db.writing() as session:
        ids = [make_user(session, email).id for _, email in people]

    def send(user_id: int) -> None:
        try:
            with app.app_context():
                for turn in range(5):
                    with db.writing() as session:
                        author = Author(user_id=user_id)
                        sent = submissions.submit(session, author, "other", language="python", source=f"{turn}").id
                    with db.writing() as session:
                        claims.claim_next(session, "a worker", OF_STUDENTS, OVER_S)
                    statuses.append(sent)
                    with db.writing() as session:
                        session.execute(
                            sa.update(Submission).where(Submission.id == sent).values(status="judged", verdict="x")
                        )
        except Exception as error:
            errors.append(error)

    sweep = sweep_of(app)
    threads = [threading.Thread(target=send, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        sweep.run()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(statuses) == 30


def test_ten_sweeps_at_once_do_each_thing_once(app: Flask) -> None:
    with app.app_context(), db.writing() as session:
        publish(session)
    begin_interviews(app, 6)
    with app.app_context():
        for number in range(4):
            sent = submit(app, f"sender{number}@example.org")
            with db.writing() as session:
                claimed(session, session.get_one(Submission, sent), OVER_S)
    with capture_logs() as logs:
        threads = [threading.Thread(target=sweep_of(app).run) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [one["event"] for one in logs] == ["a worker died over this"] * 4
    with app.app_context(), db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Submission.at_bell)) == 6
        assert set(session.scalars(sa.select(Work.lapses).where(Work.priority == Priority.SUBMIT))) == {1}
        assert work.waiting(session, OF_STUDENTS, most=99) == 10


# Who comes next


def test_short_work_overtakes_a_long_judging(app: Flask, backend: StubBackend) -> None:
    """A service under judgement holds one judge; what is short is judged meanwhile, by the other one."""
    with app.app_context(), db.writing() as session:
        publish(session)
        publish(session, "other", secret_word="figure")
    make_data(app)
    with app.app_context(), db.writing() as session:
        other = catalogue.published(session, "other")[1]
        session.execute(sa.update(ProblemVersion).where(ProblemVersion.id == other.id).values(kind="service"))
    begun, go_on = threading.Event(), threading.Event()

    def script(source: str, arguments: tuple[Any, ...]) -> Run:
        if "long" in source:
            begun.set()
            go_on.wait(30)
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    backend.script = script
    with running(app) as here:
        assert here.worker is not None
        long = [submit(app, f"long{n}@example.org", "other", "# long") for n in range(3)]
        here.worker.wake_judges(3)
        assert begun.wait(30)
        short = [submit(app, f"short{n}@example.org") for n in range(3)]
        assert [until_judged(app, one).verdict for one in short] == ["accepted"] * 3
        assert [row(app, one).status for one in long] == [SubmissionStatus.JUDGING, *[SubmissionStatus.QUEUED] * 2]
        go_on.set()
        for one in long:
            until_judged(app, one)


@pytest.mark.usefixtures("published")
def test_submissions_are_judged_in_the_order_in_which_they_came(app: Flask, backend: StubBackend) -> None:
    """Two judges, of whom none goes on before the other has begun: they have the two that have waited longest."""
    seen: list[int] = []
    both = threading.Barrier(2)

    def script(source: str, arguments: tuple[Any, ...]) -> Run:
        number = int(source.removeprefix("# "))
        if number not in seen:
            seen.append(number)
            both.wait(60)
        return Run(RunStatus.RETURNED, value=2 * arguments[0])

    backend.script = script
    sent = [submit(app, f"student{n}@example.org", source=f"# {n}") for n in range(40)]
    with running(app) as here:
        assert here.config.judges == both.parties
        assert [until_judged(app, one).verdict for one in sent] == ["accepted"] * len(sent)
    assert [sorted(seen[n : n + 2]) for n in range(0, 40, 2)] == [[n, n + 1] for n in range(0, 40, 2)]
