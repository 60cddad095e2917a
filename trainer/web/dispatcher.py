"""One thread that sends to all clients with an open event stream, so that none of them holds a thread of its own.

Whoever reads slowly, or is gone, costs the others nothing: no call here waits for a client. What a client has not taken
is bounded in size and in time.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from trainer.web.event_stream import HEARTBEAT, HEARTBEAT_S, EventStream
from trainer.work.waker import Waker

log = structlog.get_logger()

TICK_S = 1.0
STUCK_S = 30.0
"""A client that takes nothing for so long, though there is something for it, is given up."""
MOST_UNSENT = 64 * 1024
"""So is one for which so many bytes wait."""
MOST_RECEIVED = 16 * 1024
"""And one that sends so many bytes, which nobody reads."""
LAST_CHUNK = b"0\r\n\r\n"


@dataclass(eq=False, slots=True)
class Line:
    """An answer whose head is sent, and the stream that is its body. `on_end` takes the connection back."""

    sock: socket.socket
    stream: EventStream
    is_chunked: bool
    on_end: Callable[[], None]
    unsent: bytearray = field(default_factory=bytearray)
    has_all: bool = False
    spoke_at: float = field(default_factory=time.monotonic)
    taken_at: float = field(default_factory=time.monotonic)
    received: int = 0


class Dispatcher:
    """`start` and `stop` may be called once each."""

    def __init__(self) -> None:
        self._waker = Waker()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._waker, selectors.EVENT_READ)
        self._lines: set[Line] = set()
        self._new: deque[Line] = deque()
        self._changed: deque[Line] = deque()
        self._lock = threading.Lock()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="streams", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self, line: Line) -> None:
        """Serve a line to its end; one that comes too late is ended at once."""
        with self._lock:
            is_late = self._is_stopping
            if not is_late:
                self._new.append(line)
        if is_late:
            _end_now(line)
        else:
            self._waker.wake()

    def stop(self) -> None:
        """End all streams: their clients get what waits, as far as they take it now. Does not wait for that."""
        with self._lock:
            self._is_stopping = True
        self._waker.wake()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        tick_at = time.monotonic() + TICK_S
        while not self._is_stopping:
            for key, _ in self._selector.select(max(0.0, tick_at - time.monotonic())):
                if key.fileobj is self._waker:
                    self._waker.drain()
                else:
                    self._guarded(self._serve, key.data)
            self._let_in()
            while self._changed:
                self._guarded(self._advance, self._changed.popleft())
            if time.monotonic() >= tick_at:
                tick_at = time.monotonic() + TICK_S
                for line in list(self._lines):
                    self._guarded(self._look_after, line)
        self._end_all()

    def _guarded(self, step: Callable[[Line], None], line: Line) -> None:
        """One line that fails ends alone."""
        if line in self._lines:
            try:
                step(line)
            except OSError:
                self._drop(line)
            except Exception:
                log.exception("an event stream failed")
                self._drop(line)

    def _let_in(self) -> None:
        while self._new:
            line = self._new.popleft()
            self._lines.add(line)
            self._guarded(self._begin, line)

    def _begin(self, line: Line) -> None:
        def tell() -> None:
            self._changed.append(line)
            self._waker.wake()

        line.sock.setblocking(False)
        self._selector.register(line.sock, selectors.EVENT_READ, line)
        line.stream.on_change = tell
        self._advance(line)

    def _serve(self, line: Line) -> None:
        """A client has sent something, has gone, or can take more."""
        with contextlib.suppress(BlockingIOError):
            data = line.sock.recv(4096)
            line.received += len(data)
            if not data or line.received > MOST_RECEIVED:
                self._drop(line)
                return
        self._advance(line)

    def _advance(self, line: Line) -> None:
        """Send what there is."""
        if _fill(line):
            line.spoke_at = time.monotonic()
        _send(line)
        if (line.has_all and not line.unsent) or len(line.unsent) > MOST_UNSENT:
            self._drop(line)
        else:
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if line.unsent else 0)
            if self._selector.get_key(line.sock).events != wanted:
                self._selector.modify(line.sock, wanted, line)

    def _look_after(self, line: Line) -> None:
        """Say that the stream still stands, or end it: its time is over, or its client takes nothing."""
        now = time.monotonic()
        if line.unsent and now - line.taken_at >= STUCK_S:
            self._drop(line)
        elif now >= line.stream.ends_at:
            line.stream.end()
        elif now - line.spoke_at >= HEARTBEAT_S and not line.unsent:
            line.spoke_at = now
            line.unsent += _framed(HEARTBEAT, line.is_chunked)
            self._advance(line)

    def _drop(self, line: Line) -> None:
        self._lines.discard(line)
        with contextlib.suppress(KeyError, ValueError, OSError):
            self._selector.unregister(line.sock)
        _give_back(line)

    def _end_all(self) -> None:
        self._lines.update(self._new)
        for line in self._lines:
            _end_now(line)
        self._lines.clear()
        self._selector.close()
        self._waker.close()


def _fill(line: Line) -> bool:
    """Take from the stream what waits in it. Was there anything?"""
    data, is_end = line.stream.take()
    if data:
        line.unsent += _framed(data, line.is_chunked)
    if is_end and not line.has_all:
        line.has_all = True
        line.unsent += LAST_CHUNK if line.is_chunked else b""
    return bool(data)


def _send(line: Line) -> None:
    """As much as the client takes at once. Raises OSError where it is gone."""
    if not line.unsent:
        line.taken_at = time.monotonic()
        return
    with contextlib.suppress(BlockingIOError):
        del line.unsent[: line.sock.send(line.unsent)]
        line.taken_at = time.monotonic()


def _end_now(line: Line) -> None:
    """Send what can be sent without waiting."""
    line.stream.end()
    with contextlib.suppress(OSError):
        line.sock.setblocking(False)
        _fill(line)
        _send(line)
    _give_back(line)


def _give_back(line: Line) -> None:
    line.stream.on_change = _nothing
    line.stream.close()
    line.on_end()


def _framed(data: bytes, is_chunked: bool) -> bytes:
    return b"%X\r\n%b\r\n" % (len(data), data) if is_chunked else data


def _nothing() -> None:
    pass
