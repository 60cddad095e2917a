"""A web process without a judge and a worker without pages, on one PostgreSQL: neither waits for the other to look."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from sandbox import Sandbox
from sandbox.backends.stub import StubBackend
from tests.conftest import ending, scripted
from tests.factories import make_user, publish
from tests.postgres import PostgresServer
from tests.trainer.work.test_worker import make_data
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.services import keys
from trainer.web import watch
from trainer.web.runtime import runtime
from trainer.work import worker

FAR_S = 120.0
"""Nobody looks again by itself before this."""

pytestmark = pytest.mark.postgres


@contextmanager
def process(home: Path, database_url: str, judges: int) -> Iterator[Flask]:
    config = Config(
        TRAINER_HOME=home,
        TRAINER_SECRET_KEY="only for tests",
        TRAINER_RATE_LIMITS=False,
        TRAINER_JUDGES=judges,
        DATABASE_URL=database_url,
    )
    app = create_app(config, Sandbox(StubBackend(scripted)))
    with app.app_context():
        running, engine = runtime(), db.engine
    with ending(engine):
        running.start()
        try:
            assert running.relay is not None
            assert running.relay.listens.wait(FAR_S)
            yield app
        finally:
            running.stop()


def test_a_verdict_of_another_process_is_heard_without_a_look(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_S", FAR_S)
    monkeypatch.setattr(watch, "LOOK_AGAIN_S", FAR_S)
    url = postgres.fresh()
    with ExitStack() as stack:
        web = stack.enter_context(process(tmp_path / "web", url, judges=0))
        with web.app_context(), db.writing() as session:
            publish(session)
            token = keys.make_token(session, make_user(session), "test")
        make_data(web)
        stack.enter_context(process(tmp_path / "worker", url, judges=2))
        client, headers = web.test_client(), {"Authorization": f"Bearer {token}"}
        began = time.monotonic()
        for _ in range(5):
            body = {"language": "python", "source": "def double(number): ..."}
            sent = client.post("/api/v1/problems/double/submissions", json=body, headers=headers).json
            assert "event: judged" in client.get(sent["events"], headers=headers).text
        assert time.monotonic() - began < FAR_S
