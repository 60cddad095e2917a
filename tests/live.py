"""Services without boxes, for tests of what stands above them: they answer at once, and can be lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from sandbox.errors import SandboxError
from sandbox.live import Glance, LiveService, ServiceGone
from sandbox.model import Json, Run, RunStatus, ServiceJob
from trainer.db import Sessions, moment_after
from trainer.models import WorkerProcess
from trainer.services import workers
from trainer.services.workers import About, EngineState
from trainer.work.console_host import ConsoleHost
from trainer.work.news import News


class ScriptedService(LiveService):
    """Answers every request with 200 and writes a line of log. `lost`: its boxes died.

    While `may_answer` is not set it answers nothing; `asked` counts what it was sent.
    """

    def __init__(self, job: ServiceJob) -> None:
        self.job = job
        self.text = "listening\n"
        self.lost = False
        self.closed = threading.Event()
        self.broken: SandboxError | None = None
        self.asked = threading.Semaphore(0)
        self.may_answer = threading.Event()
        self.may_answer.set()

    def start(self) -> Glance:
        if self.broken:
            raise self.broken
        return self.look(0)

    def send(self, request: Json) -> Run:
        self.asked.release()
        self.may_answer.wait()
        self._check()
        self.text += f"{request['method']} {request['path']}\n"
        exchange = {
            "method": request["method"], "path": request["path"], "request_headers": request["headers"],
            "request_body": request["body"], "status": 200, "headers": [["Content-Type", "application/json"]],
            "body": '{"id": 1}', "ms": 3, "note": "",
        }  # fmt: skip
        return Run(RunStatus.RETURNED, {"passed": True, "reason": "", "exchanges": [exchange], "left_out": 0})

    def look(self, since: int) -> Glance:
        self._check()
        return Glance(True, self.text[since:], len(self.text))

    def close(self) -> None:
        self.closed.set()
        self.may_answer.set()

    def _check(self) -> None:
        if self.lost or self.closed.is_set():
            raise ServiceGone


class ScriptedSandbox:
    """Opens scripted services. `refuses`: none can be opened; `breaks`: none can be started."""

    def __init__(self) -> None:
        self.opened: list[ScriptedService] = []
        self.refuses: SandboxError | None = None
        self.breaks: SandboxError | None = None
        self.may_open = threading.Event()
        self.opening = threading.Event()
        self.may_open.set()

    def open_service(self, job: ServiceJob) -> ScriptedService:
        self.opening.set()
        self.may_open.wait()
        if self.refuses:
            raise self.refuses
        service = ScriptedService(job)
        service.broken = self.breaks
        self.opened.append(service)
        return service

    @property
    def running(self) -> list[ScriptedService]:
        return [service for service in self.opened if not service.closed.is_set()]


def tell_of(sessions: Sessions, worker_id: str, *, since_s: float = -3600) -> None:
    """Let a worker have told of itself so many seconds ago; ahead of the present for a test's whole time."""
    with sessions.writing() as session:
        workers.beat(session, worker_id, About(worker_id, "1", 2, 16, 6400), EngineState(True, "", "", ()), 0)
        session.execute(
            sa.update(WorkerProcess).where(WorkerProcess.id == worker_id).values(seen_at=moment_after(-since_s))
        )


@contextmanager
def hosting(
    sessions: Sessions,
    news: News,
    sandbox: ScriptedSandbox,
    most: int,
    *,
    worker_id: str = "one",
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[ConsoleHost]:
    """A worker that has consoles and nothing else, and that is known as one during the block."""
    tell_of(sessions, worker_id)
    host = ConsoleHost(sessions, sandbox, news, worker_id, most, clock=clock)
    host.start()
    try:
        yield host
    finally:
        host.stop()
        with sessions.writing() as session:
            workers.stop(session, worker_id)


def connected() -> tuple[News, News]:
    """The news of two processes that hear of each other."""
    one, other = News(), News()
    one.carry, other.carry = other.tell, one.tell
    return one, other
