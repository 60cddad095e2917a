"""Hidden cases as they are judged, kept in memory: who judges a problem again reads and unpacks nothing."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict

from sandbox.model import Case

MOST_BYTES = 32 * 1024 * 1024
"""Memory of all that is kept."""
LARGEST = 4 * 1024 * 1024
"""Memory of the largest data that is kept; larger ones are read each time."""


class HiddenCases:
    """Cases by the digest of their data, the last used ones. Threads may share it.

    A digest is the address of a content: another version of a problem has another one wherever its cases differ, and
    nothing here grows stale.
    """

    def __init__(self, most: int = MOST_BYTES, largest: int = LARGEST) -> None:
        self._most = most
        self._largest = largest
        self._kept: OrderedDict[str, tuple[tuple[Case, ...], int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, digest: str) -> tuple[Case, ...] | None:
        with self._lock:
            found = self._kept.get(digest)
            if found is None:
                return None
            self._kept.move_to_end(digest)
            return found[0]

    def put(self, digest: str, cases: tuple[Case, ...]) -> None:
        """Keep cases, unless they are large; the ones that were not used for longest make room."""
        size = _size(cases, self._largest)
        if size > self._largest:
            return
        with self._lock:
            if digest in self._kept:
                return
            self._kept[digest] = cases, size
            self._bytes += size
            while self._bytes > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed


def _size(cases: tuple[Case, ...], enough: int) -> int:
    """Bytes of memory that cases take, shared ones counted each time; counting ends beyond `enough`."""
    size = 0
    waiting: list[object] = [part for case in cases for part in (case, case.name, case.arguments, case.expected)]
    while waiting and size <= enough:
        one = waiting.pop()
        size += sys.getsizeof(one)
        if isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one)
            waiting.extend(one.values())
    return size
