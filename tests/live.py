"""Services without boxes, for tests of what stands above them: they answer at once, and can be lost."""

from __future__ import annotations

import threading

from sandbox.errors import SandboxError
from sandbox.live import Glance, LiveService, ServiceGone
from sandbox.model import Json, Run, RunStatus, ServiceJob


class ScriptedService(LiveService):
    """Answers every request with 200 and writes a line of log. `lost`: its boxes died."""

    def __init__(self, job: ServiceJob) -> None:
        self.job = job
        self.text = "listening\n"
        self.lost = False
        self.closed = threading.Event()
        self.broken: SandboxError | None = None

    def start(self) -> Glance:
        if self.broken:
            raise self.broken
        return self.look(0)

    def send(self, request: Json) -> Run:
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
