"""How many event streams may be open at once, and how many of them one account's."""

from __future__ import annotations

import threading
from collections import Counter


class StreamLimit:
    """Counts open streams. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, holder: str, most: int) -> bool:
        """Count one more for a holder. False where there are too many, or the holder has `most` already."""
        with self._lock:
            is_free = self._open.total() < self._most and self._open[holder] < most
            self._open[holder] += is_free
            return is_free

    def give_back(self, holder: str) -> None:
        with self._lock:
            self._open[holder] -= 1
            if not self._open[holder]:
                del self._open[holder]

    @property
    def open(self) -> int:
        """How many are open now."""
        with self._lock:
            return self._open.total()
