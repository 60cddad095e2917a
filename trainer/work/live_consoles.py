"""A console where it runs: one student's service in boxes of this process, and what it is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox.live import Glance, LiveService
from sandbox.model import Json, Run
from trainer.errors import Busy
from trainer.kinds.base import Record
from trainer.kinds.service.record import exchanges_of

IDLE_S, LONGEST_S = 240.0, 1800.0
MOST_AT_ONCE = 8
"""So much may be asked of a console before it has answered."""
MOST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a request: as it went out with its answer, all texts bounded, or the reason why there is none."""

    exchange: Record | None
    reason: str

    @classmethod
    def of(cls, run: Run) -> Sent:
        exchanges = exchanges_of(run)
        reason = run.value.get("reason", "") if isinstance(run.value, dict) else ""
        return cls(exchanges[0] if exchanges else None, str(reason)[:MOST_REASON])


@dataclass
class LiveConsole:
    """`began` and `asked` are moments of `clock`. Threads may share it; what boxes lose is raised as ServiceGone."""

    id: str
    user_id: int
    service: LiveService
    clock: Callable[[], float]
    began: float = field(init=False)
    asked: float = field(init=False)
    _free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_AT_ONCE), init=False)

    def __post_init__(self) -> None:
        self.began = self.asked = self.clock()

    @property
    def is_over(self) -> bool:
        """Has nobody asked for minutes, or does it run for long?"""
        now = self.clock()
        return now - self.asked > IDLE_S or now - self.began > LONGEST_S

    def send(self, request: Json) -> Sent:
        """Raises Busy, ServiceGone."""
        with self._one_more():
            self.asked = self.clock()
            return Sent.of(self.service.send(request))

    def look(self, since: int) -> Glance:
        """A page that looks at the log by itself asks nothing. Raises Busy, ServiceGone."""
        with self._one_more():
            return self.service.look(since)

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        if not self._free.acquire(blocking=False):
            raise Busy(f"Your service has {MOST_AT_ONCE} requests to answer already. Wait until it has answered one.")
        try:
            yield
        finally:
            self._free.release()
