"""Counts tries within moving windows of time, by a key: an address, an account."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

MOST_KEYS = 10_000
"""Beyond these, keys of which nothing counts any more are forgotten."""
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}
"""Seconds that a request waits for a silent server that counts for many processes."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many tries in so many seconds."""

    most: int
    seconds: float


class Full(Exception):
    """No try is free for `wait_s` seconds."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


Mark = str | float
"""By which a try that was counted can be taken back."""


class Tries(Protocol):
    """A try counts from its beginning, so that many at once are not more than one after the other."""

    def count(self, key: str) -> Mark:
        """Count a try. Raises Full."""

    def take_back(self, key: str, mark: Mark) -> None:
        """This try counts no longer."""


class LocalTries:
    """Counts in memory, for one process."""

    def __init__(self, *windows: Window, clock: Callable[[], float] = time.monotonic) -> None:
        self._windows = windows
        self._longest = max(window.seconds for window in windows)
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[str, deque[float]] = {}

    def count(self, key: str) -> float:
        with self._lock:
            now = self._clock()
            moments = self._of(key, now)
            wait_s = max(self._wait(window, moments, now) for window in self._windows)
            if wait_s > 0:
                raise Full(wait_s)
            self._tries[key].append(now)
            return now

    def take_back(self, key: str, mark: Mark) -> None:
        with self._lock:
            moments = self._tries.get(key)
            if moments and mark in moments:
                moments.remove(float(mark))

    def _of(self, key: str, now: float) -> Sequence[float]:
        if len(self._tries) > MOST_KEYS:
            self._forget_old(now)
        moments = self._tries.setdefault(key, deque())
        while moments and moments[0] <= now - self._longest:
            moments.popleft()
        return moments

    def _wait(self, window: Window, moments: Sequence[float], now: float) -> float:
        """The try that must leave the window before another one fits in."""
        if len(moments) < window.most:
            return 0.0
        return max(0.0, moments[-window.most] + window.seconds - now)

    def _forget_old(self, now: float) -> None:
        oldest = now - self._longest
        self._tries = {key: moments for key, moments in self._tries.items() if moments and moments[-1] > oldest}
