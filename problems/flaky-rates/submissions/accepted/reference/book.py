"""Decides when the provider is asked, and what is served when it cannot help."""

import threading
import time

from provider import Failure
from store import Copy


class RateBook:
    def __init__(self, provider, store, ttl_s, pause_s):
        self._provider = provider
        self._store = store
        self._ttl_s = ttl_s
        self._pause_s = pause_s
        self._locks = {}
        self._copies = {}
        self._pauses = {}

    def read(self, base):
        """A copy of the rates, and whether it is stale. Raises UnknownBase and Failure.

        One question at a time for each base: whoever had to wait finds the copy, or the pause, that the one before left.
        """
        with self._locks.setdefault(base, threading.Lock()):
            copy = self._copy(base)
            if copy and copy.age_s() < self._ttl_s:
                return copy, False
            try:
                return self._refresh(base), False
            except Failure:
                if copy is None:
                    raise
                return copy, True

    def _copy(self, base):
        """The last good copy: from memory, or from before a restart."""
        if base not in self._copies and (stored := self._store.load(base)):
            self._copies[base] = stored
        return self._copies.get(base)

    def _refresh(self, base):
        """A new copy, kept. Raises UnknownBase and Failure; a failure begins a pause."""
        self._respect_pause(base)
        try:
            copy = Copy(self._provider.fetch(base), time.time())
        except Failure as failure:
            wait_s = self._pause_s if failure.wait_s is None else failure.wait_s
            self._pauses[base] = (time.monotonic() + wait_s, failure)
            raise
        self._copies[base] = copy
        self._store.save(base, copy)
        return copy

    def _respect_pause(self, base):
        until, failure = self._pauses.get(base, (0.0, None))
        left_s = until - time.monotonic()
        if left_s > 0:
            raise failure.again(left_s)
