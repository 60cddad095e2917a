"""Who waits for a submission hears of it at once: a bell within this process, and seats for those who wait."""

from __future__ import annotations

import threading
from collections import Counter


class Bell:
    """Wakes all that wait for one name. A ring between `count` and `wait` is not missed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings: dict[str, int] = {}  # of the names that somebody waits for
        self._open = True

    def count(self, name: str) -> int:
        """How often the name was rung since somebody began to wait for it."""
        with self._condition:
            return self._rings.setdefault(name, 0)

    def ring(self, name: str) -> None:
        with self._condition:
            if name in self._rings:
                self._rings[name] += 1
                self._condition.notify_all()

    def wait(self, name: str, since: int, timeout_s: float) -> None:
        """Wait until the count is no longer `since`, or the time is over, or the bell closes."""
        with self._condition:
            self._condition.wait_for(lambda: not self._open or self._rings.get(name) != since, timeout_s)

    def forget(self, name: str) -> None:
        """There is nothing more to ring for."""
        with self._condition:
            self._rings.pop(name, None)
            self._condition.notify_all()

    def close(self) -> None:
        """Wake everybody: the server stops."""
        with self._condition:
            self._open = False
            self._condition.notify_all()

    @property
    def open(self) -> bool:
        return self._open


class Seats:
    """So many event streams may be open at once, because each holds a thread; and only so many of one holder."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, holder: str = "anybody", most: int | None = None) -> bool:
        """False where none is free, or the holder has `most` of them."""
        with self._lock:
            is_free = self._taken.total() < self._count and (most is None or self._taken[holder] < most)
            self._taken[holder] += is_free
            return is_free

    def give_back(self, holder: str = "anybody") -> None:
        with self._lock:
            self._taken[holder] -= 1
            if not self._taken[holder]:
                del self._taken[holder]
