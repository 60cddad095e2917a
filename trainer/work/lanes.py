"""Threads that work a queue off. A message says only that there may be work; the table says what comes next."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import dramatiq
import structlog
from dramatiq.brokers.stub import StubBroker

log = structlog.get_logger()

IDLE_MS = 100
"""How often a thread that waits looks whether it is to stop. Work wakes it at once."""


class Lane:
    """So many threads for one sort of work, and for nothing else.

    `step` does the next piece of work and says whether to go on: False where nothing waits, or where it cannot be done
    now. Because a thread asks for the next row when it is free, rows begin in the order in which they came, whichever
    thread is free first. `start` and `stop` may be called once each.
    """

    def __init__(self, name: str, threads: int, step: Callable[[], bool]) -> None:
        self.name = name
        self.threads = threads
        self._step = step
        self._sent = 0
        self._handed = 0
        self._messages: deque[tuple[int, Callable[[], None]]] = deque()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        # A broker of its own: Dramatiq's worker belongs to one broker, and its threads serve all queues alike.
        self._broker = StubBroker(middleware=[])
        self._actor = dramatiq.actor(broker=self._broker, actor_name=name, queue_name=name)(self._work_off)
        self._pool = dramatiq.Worker(self._broker, worker_threads=threads, worker_timeout=IDLE_MS)

    def start(self) -> None:
        self._broker.emit_after("process_boot")
        self._pool.start()

    def stop(self, timeout_s: float) -> None:
        """Begin nothing more, and wait so long for what is under way."""
        self._stopping.set()
        self._pool.stop(timeout=int(timeout_s * 1000))

    def nudge(self, times: int = 1) -> None:
        """Say that there may be work for so many threads. More messages than threads are never on their way."""
        with self._lock:
            count = 0 if self._stopping.is_set() else min(times, self.threads - self._sent)
            self._sent += count
        for _ in range(count):
            self._actor.send()

    def hand(self, done: Callable[[], None]) -> None:
        """Say so by a message from elsewhere. `done` is called when a piece of work is done, or where none waits."""
        with self._lock:
            self._handed += 1
            self._messages.append((self._handed, done))
        self.nudge()

    def _work_off(self) -> None:
        with self._lock:
            self._sent -= 1
        try:
            while not self._stopping.is_set() and self._do_next():
                pass
        except Exception:
            log.exception("a step failed; its work is found again", lane=self.name)

    def _do_next(self) -> bool:
        """A step. One message is done with it; all that came before it are, where nothing waits."""
        with self._lock:
            last = self._handed
            done = [self._messages.popleft()[1]] if self._messages else []
        goes_on = False
        try:
            goes_on = self._step()
        finally:
            with self._lock:
                while not goes_on and self._messages and self._messages[0][0] <= last:
                    done.append(self._messages.popleft()[1])
            for tell in done:
                tell()
        return goes_on
