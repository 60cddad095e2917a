"""Services that students are trying out right now: one each, in this process, closed when nobody asks for minutes."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import structlog

from sandbox import SandboxError
from sandbox.errors import NoRoom
from sandbox.live import Glance, LiveService, ServiceGone
from sandbox.model import Json, Run, ServiceJob
from trainer.errors import Busy, NotFound, Unavailable

log = structlog.get_logger()

IDLE_S, LONGEST_S = 240.0, 1800.0
LOOK_EVERY_S = 5.0
Found = TypeVar("Found")
FULL = "All places for trying services out are taken. Try again in a minute, or submit."
GONE = "Your service is not there any more. Start it again."


@dataclass
class Console:
    """One student's service. `id` is its name in addresses and known to nobody else."""

    user_id: int
    slug: str
    service: LiveService
    began: float
    asked: float
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def is_over(self, now: float) -> bool:
        return now - self.asked > IDLE_S or now - self.began > LONGEST_S


class Opener(Protocol):
    """What consoles need of the sandbox."""

    def open_service(self, job: ServiceJob) -> LiveService: ...


class Consoles:
    """All of this process; `most` of them at once."""

    def __init__(self, sandbox: Opener, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._sandbox = sandbox
        self._most = most
        self._clock = clock
        self._open: dict[str, Console] = {}
        self._starting: set[int] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="consoles", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        """Close them all."""
        self._stopping.set()
        for console in self._take(lambda console: True):
            console.service.close()
        if self._keeper.is_alive():
            self._keeper.join()

    def open(self, user_id: int, slug: str, job: ServiceJob) -> tuple[Console, Glance]:
        """Start a service; the student's earlier one ends. Raises Busy where no place is free, Unavailable."""
        self._reserve(user_id)
        try:
            service = self._sandbox.open_service(job)
            now = self._clock()
            console = Console(user_id, slug, service, began=now, asked=now)
            with self._lock:
                self._open[console.id] = console
            return console, self._started(console)
        except NoRoom as error:
            raise Busy(FULL) from error
        except SandboxError as error:
            log.warning("no service can be started", why=str(error))
            raise Unavailable("The judge is away. Your files are safe; try again in a moment.") from error
        finally:
            with self._lock:
                self._starting.discard(user_id)

    def send(self, user_id: int, console_id: str, request: Json) -> Run:
        console = self._find(user_id, console_id)
        return self._live(console, lambda: console.service.send(request))

    def look(self, user_id: int, console_id: str, since: int) -> Glance:
        console = self._find(user_id, console_id, is_asked=False)
        return self._live(console, lambda: console.service.look(since))

    def close(self, user_id: int, console_id: str) -> None:
        self._drop(self._find(user_id, console_id))

    def _started(self, console: Console) -> Glance:
        try:
            return self._live(console, console.service.start)
        except SandboxError:
            self._drop(console)
            raise

    def _reserve(self, user_id: int) -> None:
        now = self._clock()
        for console in self._take(lambda console: console.user_id == user_id or console.is_over(now)):
            console.service.close()
        with self._lock:
            if user_id in self._starting:
                raise Busy("Your service is starting already.")
            if len(self._open) + len(self._starting) >= self._most:
                raise Busy(FULL)
            self._starting.add(user_id)

    def _find(self, user_id: int, console_id: str, *, is_asked: bool = True) -> Console:
        with self._lock:
            console = self._open.get(console_id)
        if console is None or console.user_id != user_id:
            raise NotFound(GONE)
        if is_asked:
            console.asked = self._clock()
        return console

    def _live(self, console: Console, deed: Callable[[], Found]) -> Found:
        try:
            return deed()
        except ServiceGone as error:
            self._drop(console)
            raise NotFound(GONE) from error

    def _drop(self, console: Console) -> None:
        with self._lock:
            self._open.pop(console.id, None)
        console.service.close()

    def _take(self, wanted: Callable[[Console], bool]) -> list[Console]:
        with self._lock:
            found = [console for console in self._open.values() if wanted(console)]
            for console in found:
                del self._open[console.id]
        return found

    def _keep(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            self._close_idle()

    def _close_idle(self) -> None:
        now = self._clock()
        for console in self._take(lambda console: console.is_over(now)):
            console.service.close()
