"""Web processes and workers with RabbitMQ between them: what is sent in is judged once, whatever the broker does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import Run, Sandbox
from sandbox.backends.stub import StubBackend
from tests.conftest import ending, scripted
from tests.factories import make_user, publish
from tests.postgres import PostgresServer
from tests.rabbitmq import PASSWORD, USER, RabbitServer
from tests.served import Server
from tests.topology import start_together
from tests.trainer.web.test_server import until
from tests.trainer.work.test_worker import make_data
from tests.trainer.work.test_worker_process import problems, token_for
from trainer.app import create_app
from trainer.config import Config
from trainer.db import Sessions, db, make_engine
from trainer.models import Submission, SubmissionStatus, Work
from trainer.services import keys, workers
from trainer.web import watch
from trainer.web.runtime import runtime
from trainer.work import broker, worker

__all__ = ["problems"]

LONG_S = 120.0
"""Nobody looks again by itself before this."""
NOBODY = f"amqp://{USER}:{PASSWORD}@127.0.0.1:1"
READ = "The broker is away, and work is found without it: Connection refused"


@contextmanager
def process(home: Path, database_url: str, broker_url: str, judges: int, backend: StubBackend) -> Iterator[Flask]:
    config = Config(
        TRAINER_HOME=home,
        TRAINER_SECRET_KEY="only for tests",
        TRAINER_RATE_LIMITS=False,
        TRAINER_JUDGES=judges,
        TRAINER_BROKER=broker_url,
        DATABASE_URL=database_url,
    )
    app = create_app(config, Sandbox(backend))
    with app.app_context():
        here, engine = runtime(), db.engine
    with ending(engine):
        here.start()
        try:
            assert here.broker is not None
            assert here.broker.is_connected.wait(LONG_S)
            yield app
        finally:
            here.stop()


def test_a_message_wakes_the_judge_of_another_process(
    tmp_path: Path, database_url: str, rabbitmq: RabbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks around, and what the database could tell is not sent: only the broker can wake the judge."""
    monkeypatch.setattr(worker, "SWEEP_S", LONG_S)
    monkeypatch.setattr(watch, "LOOK_AGAIN_S", 0.05)
    rabbitmq.emptied()
    with ExitStack() as stack:
        web = stack.enter_context(process(tmp_path / "web", database_url, rabbitmq.url, 0, StubBackend(scripted)))
        judging = process(tmp_path / "worker", database_url, rabbitmq.url, 2, StubBackend(scripted))
        token = prepared(web, 1)[0]
        stack.enter_context(judging)
        told: list[str] = []
        with web.app_context():
            monkeypatch.setattr(runtime().news, "send", told.append)
        for _ in range(3):
            judged(web, send(web, token), token)
        assert told == []


def prepared(app: Flask, students: int) -> list[str]:
    """Keys of so many students, in a database with one problem."""
    with app.app_context(), db.writing() as session:
        publish(session)
        tokens = [
            keys.make_token(session, make_user(session, f"s{number}@example.org"), "test") for number in range(students)
        ]
    make_data(app)
    return tokens


def send(app: Flask, token: str, mark: str = "") -> dict[str, Any]:
    answer = app.test_client().post(
        "/api/v1/problems/double/submissions",
        json={"language": "python", "source": f"def double(number): ...  # {mark}"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 202, answer.text
    sent: dict[str, Any] = answer.json
    return sent


def judged(app: Flask, sent: dict[str, Any], token: str) -> None:
    answer = app.test_client().get(sent["events"], headers={"Authorization": f"Bearer {token}"})
    assert "event: judged" in answer.text


def test_a_broker_that_loses_everything_loses_no_submission_and_has_none_judged_twice(
    tmp_path: Path, postgres: PostgresServer, rabbitmq: RabbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is killed among submissions, stays away for some, and begins anew with an empty disk among others."""
    monkeypatch.setattr(broker, "LONGEST_PAUSE_S", 0.1)
    runs: Counter[tuple[str, Any]] = Counter()

    def counted(source: str, arguments: tuple[Any, ...]) -> Run:
        runs[source, arguments] += 1
        return scripted(source, arguments)

    url, backend = postgres.fresh(), StubBackend(counted)
    rabbitmq.emptied()
    with ExitStack() as stack:
        web = stack.enter_context(process(tmp_path / "web", url, rabbitmq.url, 0, backend))
        tokens = prepared(web, 30)
        judges = [
            stack.enter_context(process(tmp_path / f"worker{n}", url, rabbitmq.url, 2, backend)) for n in range(2)
        ]
        runs.clear()

        def all_send(first: int, end: int) -> list[tuple[str, dict[str, Any]]]:
            return [(token, send(web, token, f"student {token}")) for token in tokens[first:end]]

        sent = all_send(0, 10)
        rabbitmq.stop()
        sent += all_send(10, 20)
        for token, one in sent:
            judged(web, one, token)
        rabbitmq.start()
        sent += all_send(20, 30)
        for token, one in sent:
            judged(web, one, token)
        for app in (web, *judges):
            with app.app_context():
                here = runtime().broker
            assert here is not None
            assert here.is_connected.wait(LONG_S)
        with web.app_context(), db.reading() as session:
            statuses = list(session.scalars(sa.select(Submission.status)))
            assert session.scalar(sa.select(sa.func.count()).select_from(Work)) == 0
    assert statuses == 30 * [SubmissionStatus.JUDGED]
    assert len({source for source, _ in runs}) == 30
    assert set(runs.values()) == {1}


def test_without_a_broker_that_answers_both_start_serve_and_judge_and_say_so(
    tmp_path: Path, problems: Path, postgres: PostgresServer
) -> None:
    url = postgres.fresh()
    token = token_for(url)
    shared = {"DATABASE_URL": url, "TRAINER_BACKEND": "stub", "TRAINER_BROKER": NOBODY}
    server = Server(tmp_path / "served", problems, TRAINER_JUDGES="0", **shared)
    judge = Server(tmp_path / "judging", problems, command="worker", **shared)
    with ExitStack() as stack:
        for one in (server, judge):
            stack.callback(one.end)
        start_together((server, judge))
        body = {"language": "python", "source": "def double(number):\n    return 2 * number\n"}
        status, sent = server.call("POST", "/api/v1/problems/double/submissions", body, token)
        assert status == 202, sent
        until(lambda: server.call("GET", sent["url"], token=token)[1]["verdict"], "the verdict")
        status, ready = server.call("GET", "/readyz")
        assert (status, ready["broker"]) == (200, "away: judging goes on without it")
        until(lambda: word_of_worker(url) == READ, "the worker's word")
    for said in (server.output, judge.output):
        assert said.count("the broker is away") == said.count("Connection refused") == 1
        assert "Traceback" not in said
        assert PASSWORD not in said


def word_of_worker(url: str) -> str:
    """What `trainer workers` and the page of admins say beside it."""
    engine = make_engine(url)
    with ending(engine), Sessions.of(engine).reading() as session:
        (known,) = workers.listed(session)
        assert known.can_judge
        return known.row.message
