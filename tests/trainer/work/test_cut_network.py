"""The network between a worker and RabbitMQ is cut without a word: work is found by looking, and by messages again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox.backends.stub import StubBackend
from tests import recordings
from tests.cable import Cable
from tests.conftest import scripted
from tests.postgres import PostgresServer
from tests.rabbitmq import PASSWORD, QUEUES, USER, RabbitServer
from tests.served import Server
from tests.trainer.web.test_server import until
from tests.trainer.work.test_broker_and_processes import judged, prepared, process, send
from tests.trainer.work.test_worker_process import problems
from trainer.db import db

__all__ = ["problems"]

NO_NAMESPACES = "NO NETWORK NAMESPACES: root and Debian's package iproute2 are needed to cut a network"
WORKER = """
from pathlib import Path
from trainer.cli import main
from trainer.work import broker, worker

broker.HEARTBEAT_S = 1
look_around, may_look, has_not = worker.Worker._look_around, Path("may-look"), Path("has-not-looked")

def look(self):
    look_around(self) if may_look.exists() else has_not.touch()

worker.Worker._look_around = look
main()
"""
"""It notices a silent broker within seconds, and looks for work only while there is a file that allows it."""


@pytest.fixture
def cable(rabbitmq: RabbitServer) -> Iterator[Cable]:
    if not Cable.possible():
        if os.environ.get("CI"):
            pytest.fail(NO_NAMESPACES)
        pytest.skip(NO_NAMESPACES)
    laid = Cable(rabbitmq.port)
    try:
        laid.lay()
        yield laid
    finally:
        laid.remove()


class Looking:
    """Does the worker look for work by itself?"""

    def __init__(self, folder: Path) -> None:
        self._may_look, self._has_not = folder / "may-look", folder / "has-not-looked"

    def allow(self) -> None:
        self._may_look.touch()

    def forbid(self) -> None:
        """Returns when the last look is over."""
        self._may_look.unlink(missing_ok=True)
        self._has_not.unlink(missing_ok=True)
        until(self._has_not.exists, "the end of the worker's looks")


def all_judged(web: Flask, tokens: list[str]) -> None:
    for token, sent in [(token, send(web, token)) for token in tokens]:
        judged(web, sent, token)


def has_consumers(rabbitmq: RabbitServer) -> bool:
    with rabbitmq.channel() as channel:
        return all(channel.queue_declare(queue, passive=True).method.consumer_count for queue in QUEUES)


def test_a_worker_that_is_cut_off_from_the_broker_looks_for_work_and_is_woken_again_afterwards(
    tmp_path: Path, problems: Path, postgres: PostgresServer, rabbitmq: RabbitServer, cable: Cable
) -> None:
    """The web process reaches the broker all the time, so the database tells nobody of what is queued."""
    url = postgres.fresh()
    rabbitmq.emptied()
    looking = Looking(tmp_path)
    worker = Server(
        tmp_path / "worker",
        problems,
        command="worker",
        program=(*cable.inside, sys.executable, "-c", WORKER),
        folder=tmp_path,
        DATABASE_URL=url,
        TRAINER_BACKEND="stub",
        TRAINER_BROKER=f"amqp://{USER}:{PASSWORD}@{cable.host}:{cable.port}",
    )
    with ExitStack() as stack:
        web = stack.enter_context(process(tmp_path / "web", url, rabbitmq.url, 0, StubBackend(scripted)))
        tokens = prepared(web, 3)
        with web.app_context():
            engine = db.engine
        recordings.watch(engine)
        stack.callback(worker.end)
        worker.start()
        until(lambda: has_consumers(rabbitmq), "the worker's connection")
        looking.forbid()
        all_judged(web, tokens)

        cable.cut()
        looking.allow()
        all_judged(web, tokens)  # it knows nothing of the cut yet
        until(lambda: "the broker is away" in worker.output, "the worker's word")

        cable.mend()
        until(lambda: "the broker is there again" in worker.output, "the worker's connection")
        looking.forbid()
        all_judged(web, tokens)

        assert list(recordings.counts(engine).values()) == [1] * 3 * len(tokens)
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM work")) == 0
    assert "Traceback" not in worker.output
