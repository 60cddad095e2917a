"""What runs beside the requests: the sandbox, the judges, the bell. One of each in a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import structlog
from flask import Flask, current_app, g

from sandbox import Sandbox
from trainer.bank.interviews import FOLDER, Interviews, read_interviews
from trainer.bank.topics import Topic, read_topics
from trainer.config import Config
from trainer.db import db
from trainer.mail import Mail, Mailer
from trainer.work.consoles import Consoles
from trainer.work.events import Bell, Seats
from trainer.work.worker import Worker

log = structlog.get_logger()
KEY = "trainer"
EXPORTS_AT_ONCE = 2


@dataclass
class Runtime:
    """The moving parts of one process. Nothing moves before `start`."""

    config: Config
    sandbox: Sandbox
    bell: Bell
    seats: Seats
    topics: list[Topic]
    interviews: Interviews
    consoles: Consoles
    exports: threading.BoundedSemaphore
    mailer: Mailer
    worker: Worker | None = None

    def start(self) -> None:
        """Start boxes ahead of need and the judges, where this process has any."""
        self.mailer.start()
        self.sandbox.start()
        self.consoles.start()
        if self.worker is not None:
            self.worker.start()

    def stop(self) -> None:
        """End cleanly: streams close, judgings end or are put back, boxes are removed."""
        self.bell.close()
        if self.worker is not None:
            self.worker.stop()
        self.consoles.stop()
        self.mailer.stop()
        self.sandbox.close()


def init_runtime(app: Flask, config: Config, sandbox: Sandbox) -> Runtime:
    bell = Bell()
    topics = read_topics(config.problems / "topics.yaml")
    runtime = Runtime(
        config=config,
        sandbox=sandbox,
        bell=bell,
        seats=Seats(config.stream_cap),
        topics=topics,
        interviews=read_interviews(config.problems / FOLDER, [topic.id for topic in topics]),
        consoles=Consoles(sandbox, config.consoles),
        exports=threading.BoundedSemaphore(EXPORTS_AT_ONCE),
        mailer=Mailer(config.mail_server),
    )
    if config.judges:
        with app.app_context():
            sessions = db.sessions
        runtime.worker = Worker(sessions, config, sandbox, bell, [topic.id for topic in runtime.topics])
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
    worker = runtime().worker
    if worker is None:
        return
    if waiting := g.pop("to_judge", []):
        worker.wake_judges(len(waiting))
    if g.pop("to_check", []):
        worker.wake_checks()
