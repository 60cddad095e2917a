"""Server-sent events on their way to one client. Who knows of a change puts it in, who sends takes it out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

LONGEST_S = 300.0
"""A stream ends after this; the browser opens the next one by itself."""
HEARTBEAT_S = 10.0
"""A client that was told nothing for so long gets a comment, so that nobody between takes the connection for dead."""
HEARTBEAT = b": still here\n\n"
HAND_OVER = "trainer.hand_over"
"""A server that needs no thread for a stream has a function in the environment of a request that takes the stream."""
RETRY = b"retry: 1000\n\n"


class EventStream:
    """What waits to be sent to one client. Threads may share it; nothing here blocks but iterating."""

    def __init__(self, on_close: Callable[[], None]) -> None:
        self.ends_at = time.monotonic() + LONGEST_S
        self.on_change: Callable[[], None] = _nothing
        """Whoever sends is told that there is something to take."""
        self._on_close: Callable[[], None] | None = on_close
        self._changed = threading.Condition()
        self._waiting = bytearray()
        self._told = b""
        self._early: tuple[bytes, bool] | None = None
        self._has_begun = False
        self._is_ended = False

    def begin(self, event: bytes, *, is_last: bool = False) -> None:
        """Tell the first event. What was told before follows it."""
        with self._changed:
            self._has_begun = True
            self._waiting += RETRY
            self._put(event, is_last)
            if self._early is not None:
                self._put(*self._early)

    def tell(self, event: bytes, *, is_last: bool = False) -> None:
        """Have an event sent, unless it is what was told last. After the last one nothing more is."""
        with self._changed:
            if self._has_begun:
                self._put(event, is_last)
            else:
                self._early = event, is_last
        self.on_change()

    def end(self) -> None:
        """Send nothing more than what waits."""
        with self._changed:
            self._is_ended = True
            self._changed.notify_all()
        self.on_change()

    def take(self) -> tuple[bytes, bool]:
        """What is to be sent now, and whether that is the end."""
        with self._changed:
            data = bytes(self._waiting)
            self._waiting.clear()
            return data, self._is_ended

    def close(self) -> None:
        """The client is gone, or has all of it. May be called more than once."""
        on_close, self._on_close = self._on_close, None
        if on_close is not None:
            on_close()

    def __iter__(self) -> Iterator[bytes]:
        """For servers that give each answer a thread: all parts, each as it comes."""
        while time.monotonic() < self.ends_at:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_ended, HEARTBEAT_S)
            data, is_end = self.take()
            if data or not is_end:
                yield data or HEARTBEAT
            if is_end:
                return

    def _put(self, event: bytes, is_last: bool) -> None:
        if not self._is_ended and event != self._told:
            self._told = event
            self._waiting += event
            self._is_ended = is_last
            self._changed.notify_all()


def _nothing() -> None:
    pass
