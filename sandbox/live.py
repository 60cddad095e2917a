"""A service that runs as long as its student tries it out: own requests, its log, a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sandbox.attempts import Boxes
from sandbox.backend import Box
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, EngineUnavailable, SuiteFailed
from sandbox.model import Json, Run
from sandbox.stage import Stage, State
from sandbox.step_runs import never_ready, run_of

MOST_LOG = 64 << 10
Found = TypeVar("Found")


class ServiceGone(Exception):
    """Its boxes are not there any more: start it again."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How a live service is. `log` is what it wrote from `since` on, `end` where that ends; `why` if it stopped."""

    running: bool
    log: str
    end: int
    why: str = ""


class LiveService:
    """One service in three boxes. Requests and looks may come from two threads at once; `close` returns the boxes."""

    def __init__(self, box: Box, stage: Stage, boxes: Boxes) -> None:
        self._box = box
        self._stage = stage
        self._boxes = boxes
        self._log = ""
        self._why = ""
        self._state: State | None = None
        self._closed = False
        self._looking, self._sending, self._closing = threading.Lock(), threading.Lock(), threading.Lock()

    def start(self) -> Glance:
        """Start it, or start it again: files that it wrote and its rows stay. Returns when it listens or never will.

        Raises ServiceGone.
        """
        with self._sending, self._looking:
            start = self._guarded(self._stage.start)
            self._take(start.state if not start.ready else self._guarded(self._stage.look))
            self._why = "" if start.ready else str(never_ready(start).value["reason"])
        return self.look(0)

    def send(self, request: Json) -> Run:
        """Send one request and wait for its answer. Raises ServiceGone."""
        with self._sending:
            report = self._guarded(lambda: self._stage.request(request))
            with self._looking:
                state = self._guarded(self._stage.look)
                before = self._take(state)
        return run_of(report, before, state)

    def look(self, since: int) -> Glance:
        """Raises ServiceGone."""
        with self._looking:
            self._take(self._guarded(self._stage.look))
            return Glance(self._state is not None and self._state.serving, self._log[since:], len(self._log), self._why)

    def close(self) -> None:
        """May be called twice, and while a request waits."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._boxes.give_back(self._box)

    def _take(self, state: State) -> State:
        """Keep a look at the service; the one before it."""
        before = self._state or state
        self._log = (self._log + state.log)[:MOST_LOG]
        self._state = state
        return before

    def _guarded(self, deed: Callable[[], Found]) -> Found:
        """Do it, and close where a box is lost."""
        if self._closed:
            raise ServiceGone
        try:
            return deed()
        except (BoxDied, BoxSilent, BoxBroken, EngineUnavailable, SuiteFailed) as error:
            self.close()
            raise ServiceGone from error
