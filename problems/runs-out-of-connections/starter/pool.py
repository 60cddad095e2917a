"""A pool of PostgreSQL connections that the threads of this process share."""

import queue
import threading
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row

WAIT_S = 1.0


class PoolTimeout(Exception):
    """No connection became free in time."""


class Pool:
    """At most `size` connections, each opened when it is first needed."""

    def __init__(self, url, size):
        self._url = url
        self._size = size
        self._opened = []
        self._free = queue.LifoQueue()
        self._lock = threading.Lock()

    @property
    def in_use(self):
        return len(self._opened) - self._free.qsize()

    @contextmanager
    def transaction(self):
        """A connection for a block of work, which is committed at its end. Raises PoolTimeout."""
        conn = self._take()
        try:
            yield conn
            conn.commit()
        except psycopg.Error:
            conn.rollback()
            self._free.put(conn)
            raise
        else:
            self._free.put(conn)

    def _take(self):
        """A free connection, a new one if there may be more, or the next that becomes free."""
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return self._open() or self._wait()

    def _open(self):
        with self._lock:
            if len(self._opened) == self._size:
                return None
            conn = psycopg.connect(self._url, row_factory=dict_row, options="-c lock_timeout=2s")
            self._opened.append(conn)
            return conn

    def _wait(self):
        try:
            return self._free.get(timeout=WAIT_S)
        except queue.Empty:
            raise PoolTimeout(f"none of {self._size} connections became free within {WAIT_S:g} s") from None
