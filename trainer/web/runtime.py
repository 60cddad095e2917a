"""What runs beside the requests: the sandbox, the judges, news. One of each in a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from flask import Flask, current_app, g

from sandbox import Sandbox
from trainer.bank.interviews import FOLDER, Interviews, read_interviews
from trainer.bank.topics import Topic, read_topics
from trainer.config import Config
from trainer.db import db
from trainer.mail import Mail
from trainer.migrate import Tables
from trainer.web.mailer import Mailer
from trainer.web.same_key import KeyWatch
from trainer.web.stream_limit import StreamLimit
from trainer.web.watch import Watch
from trainer.work.brokers import open_broker
from trainer.work.consoles import Consoles
from trainer.work.news import QUEUED_SUBMISSIONS, QUEUED_UPLOADS, News
from trainer.work.relay import CHANNELS, FOR_SERVERS, Relay
from trainer.work.worker import Worker

if TYPE_CHECKING:
    from trainer.work.broker import Broker

log = structlog.get_logger()
KEY = "trainer"
EXPORTS_AT_ONCE = 2


@dataclass
class Runtime:
    """The moving parts of one process. Nothing moves before `start`."""

    config: Config
    sandbox: Sandbox
    news: News
    watch: Watch
    stream_limit: StreamLimit
    topics: list[Topic]
    interviews: Interviews
    consoles: Consoles
    exports: threading.BoundedSemaphore
    mailer: Mailer
    key_watch: KeyWatch
    tables: Tables = field(default_factory=Tables)
    """Those of the database, which another version of the trainer may bring up to date."""
    relay: Relay | None = None
    """Where other processes may use the same PostgreSQL."""
    broker: Broker | None = None
    """Where the settings name one."""
    worker: Worker | None = None

    def start(self) -> None:
        """Start what this process has. Boxes are started ahead of need where it judges."""
        self.mailer.start()
        self.key_watch.start()
        if self.relay is not None:
            self.relay.start()
        if self.broker is not None:
            self.broker.start()
        self.watch.start()
        if self.worker is not None:
            self.sandbox.start()
            self.worker.start()

    def stop(self) -> None:
        """End cleanly: streams close, judgings end or are put back, boxes are removed."""
        self.watch.stop()
        if self.worker is not None:
            self.worker.stop()
        if self.broker is not None:
            self.broker.stop()
        if self.relay is not None:
            self.relay.stop()
        self.mailer.stop()
        self.key_watch.stop()
        self.sandbox.close()


def init_runtime(app: Flask, config: Config, sandbox: Sandbox) -> Runtime:
    news = News()
    with app.app_context():
        sessions = db.sessions
    topics = read_topics(config.problems / "topics.yaml")
    runtime = Runtime(
        config=config,
        sandbox=sandbox,
        news=news,
        watch=Watch(app, news),
        stream_limit=StreamLimit(config.streams),
        topics=topics,
        interviews=read_interviews(config.problems / FOLDER, [topic.id for topic in topics]),
        consoles=Consoles(sessions, news),
        exports=threading.BoundedSemaphore(EXPORTS_AT_ONCE),
        mailer=Mailer(config.mail_server),
        key_watch=KeyWatch(sessions, config.load_secret_key()),
    )
    runtime.relay = Relay.of(config.sqlalchemy_url, news, CHANNELS if config.judges else (FOR_SERVERS,))
    runtime.broker = open_broker(config.broker_url, news)
    if config.judges:
        names = [topic.id for topic in runtime.topics]
        runtime.worker = Worker(sessions, config, sandbox, news, names, runtime.broker)
        runtime.consoles = Consoles(sessions, news, runtime.worker.consoles)
    app.extensions[KEY] = runtime
    return runtime


def runtime() -> Runtime:
    """The current application's."""
    found = current_app.extensions[KEY]
    assert isinstance(found, Runtime)
    return found


def send_after_commit(submission_id: int) -> None:
    """Have a row judged once the request's transaction is committed. Were it lost, the sweep finds the row."""
    g.setdefault("to_judge", []).append(submission_id)


def check_after_commit(upload_id: int) -> None:
    g.setdefault("to_check", []).append(upload_id)


def mail_after_commit(mail: Mail) -> None:
    """Have a message sent once what it speaks of is stored."""
    g.setdefault("to_mail", []).append(mail)


def forget_unsent() -> None:
    """The edge calls this when the transaction was undone and its request is answered once more."""
    g.pop("to_judge", None)
    g.pop("to_check", None)
    g.pop("to_mail", None)


def send_committed() -> None:
    """The edge calls this when the transaction is committed."""
    for mail in g.pop("to_mail", []):
        runtime().mailer.send(mail)
    news = runtime().news
    for _ in g.pop("to_judge", []):
        news.publish(QUEUED_SUBMISSIONS)
    if g.pop("to_check", []):
        news.publish(QUEUED_UPLOADS)
