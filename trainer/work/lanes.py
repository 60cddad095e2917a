"""Threads that work a queue off. A message says only that there may be work; the table says what comes next."""

from __future__ import annotations

import threading
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
        self._name = name
        self.threads = threads
        self._step = step
        self._sent = 0
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

    def _work_off(self) -> None:
        with self._lock:
            self._sent -= 1
        try:
            while not self._stopping.is_set() and self._step():
                pass
        except Exception:
            log.exception("a step failed; its work is found again", lane=self._name)
