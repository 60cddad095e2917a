"""Who waits for a submission hears of it at once: a bell within this process, and seats for those who wait."""

from __future__ import annotations

import threading
from collections import Counter


class _Name:
    """How often one name was rung, and a condition of its own: a ring wakes nobody who waits for another name."""

    def __init__(self, lock: threading.Lock) -> None:
        self.rings = 0
        self.changed = threading.Condition(lock)


class Bell:
    """Wakes all that wait for one name. A ring between `count` and `wait` is not missed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rings: dict[str, _Name] = {}  # of the names that somebody waits for
        self._open = True

    def count(self, name: str) -> int:
        """How often the name was rung since somebody began to wait for it."""
        with self._lock:
            found = self._rings.get(name)
            if found is None:
                found = self._rings[name] = _Name(self._lock)
            return found.rings

    def ring(self, name: str) -> None:
        with self._lock:
            if found := self._rings.get(name):
                found.rings += 1
                found.changed.notify_all()

    def wait(self, name: str, since: int, timeout_s: float) -> None:
        """Wait until the count is no longer `since`, the name is forgotten, the time is over, or the bell closes."""
        with self._lock:
            if found := self._rings.get(name):
                found.changed.wait_for(
                    lambda: not self._open or found.rings != since or self._rings.get(name) is not found, timeout_s
                )

    def forget(self, name: str) -> None:
        """There is nothing more to ring for, or one who waited has gone: others that wait look and count anew."""
        with self._lock:
            if found := self._rings.pop(name, None):
                found.changed.notify_all()

    def close(self) -> None:
        """Wake everybody: the server stops."""
        with self._lock:
            self._open = False
            for found in self._rings.values():
                found.changed.notify_all()

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
