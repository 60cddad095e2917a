"""`trainer worker`. It loads nothing of the server, and needs no secret key."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from sandbox import Sandbox, open_sandbox
from trainer import migrate
from trainer.bank.topics import read_topics
from trainer.commands.common import errors_as_lines, settings
from trainer.commands.database import database_errors_as_lines
from trainer.config import Config
from trainer.db import Sessions, make_engine
from trainer.log import init_log
from trainer.work.boxes import sandbox_settings
from trainer.work.brokers import open_broker
from trainer.work.news import News
from trainer.work.relay import FOR_WORKERS, Relay
from trainer.work.worker import Worker


@click.command()
def worker() -> None:
    """Judge without serving: any number of these may run beside `trainer run` with the same database."""
    config = settings()
    if not config.judges:
        raise click.UsageError("TRAINER_JUDGES is 0: this worker would never judge.")
    with errors_as_lines():
        judge_until_stopped(config, open_sandbox(sandbox_settings(config)))


def judge_until_stopped(config: Config, boxes: Sandbox) -> None:
    """Judge with a sandbox that is not started yet, until a signal ends it."""
    init_log()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with database_errors_as_lines(), _judging(config, boxes):
        click.echo(f"Judging, {config.judges} at once  (Ctrl-C stops)")
        stop.wait()


@contextmanager
def _judging(config: Config, boxes: Sandbox) -> Iterator[None]:
    """A worker with these boxes, during the block."""
    config.make_home()
    engine = make_engine(config.sqlalchemy_url)
    migrate.upgrade(engine)
    topics = [topic.id for topic in read_topics(config.problems / "topics.yaml")]
    news = News()
    relay = Relay.of(config.sqlalchemy_url, news, (FOR_WORKERS,))
    broker = open_broker(config.broker_url, news)
    with boxes as sandbox:
        judges = Worker(Sessions.of(engine), config, sandbox, news, topics, broker)
        if relay is not None:
            relay.start()
        if broker is not None:
            broker.start()
        judges.start()
        try:
            yield
        finally:
            judges.stop()
            if broker is not None:
                broker.stop()
            if relay is not None:
                relay.stop()
    engine.dispose()
