"""Wakes a thread that waits for sockets."""

from __future__ import annotations

import contextlib
import socket


class Waker:
    """A pair of sockets: one end is waited for beside others, a byte into the other one ends the wait."""

    def __init__(self) -> None:
        self._reads, self._writes = socket.socketpair()
        self._reads.setblocking(False)
        self._writes.setblocking(False)

    def fileno(self) -> int:
        """What a selector waits for."""
        return self._reads.fileno()

    def wake(self) -> None:
        """End the wait, or the next one. Never blocks; any thread may call it, also after `close`."""
        with contextlib.suppress(OSError):  # where the pair is full, the other end is readable already
            self._writes.send(b"\0")

    def drain(self) -> None:
        """To be called by whoever was woken, before it looks at what is to be done."""
        with contextlib.suppress(BlockingIOError):
            while self._reads.recv(4096):
                pass

    def close(self) -> None:
        self._reads.close()
        self._writes.close()
