"""A worker of gunicorn whose threads never wait for a client that sends slowly.

The worker's own loop reads a request until it is whole, or its time is over, and only then gives it to a thread. So
many connections that drip cost some memory each and no thread. When connections or memory run short, those that have
waited longest are closed. The address that tells whether the process lives has a thread of its own.

Nor does a thread wait for what an event stream will tell: when the head of its answer is sent, the connection goes to
one thread that serves all of them, and comes back when the stream is over.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from trainer.web.dispatcher import Dispatcher, Line
from trainer.web.event_stream import HAND_OVER, EventStream
from trainer.web.incoming import Incoming
from trainer.web.security import BODY_LIMIT, UPLOAD_LIMIT

RESERVED = "/healthz"
LARGE_BODIES = {"/mentor/uploads": UPLOAD_LIMIT}
HEAD_S = 10.0
"""From the connection, or the last answer on it, to the end of the next head."""
BODY_S, BODY_BYTES_S = 20.0, 16 * 1024
"""A body has so many seconds, and one more for each of so many bytes."""
SEND_S = 30
"""An answer of which the client takes nothing for so long is given up."""
RECEIVE_S = 5
"""A thread that asks for more than was thought to come waits so long."""
STOP_S = 2.0
"""So long a server that stops waits for requests on their way, and a connection that ends for its client's end."""
MOST_CONNECTIONS = 512
MOST_BYTES = 64 * 1024 * 1024
"""Of all requests that are not whole yet."""
TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
HEAD_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


def body_limit(path: str) -> int:
    return LARGE_BODIES.get(path, BODY_LIMIT)


class Waiting:
    """A connection that no thread holds: its next request is not whole yet, or its last answer is given."""

    def __init__(self, conn: TConn, deadline: float, *, is_over: bool = False) -> None:
        self.conn = conn
        self.incoming = Incoming(body_limit)
        self.deadline = deadline
        self.is_over = is_over


class BufferingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """`gthread`, with the reading of requests done by its loop, and event streams sent by a thread of their own."""

    def init_process(self) -> None:
        self._dispatcher = Dispatcher()
        self._dispatcher.start()
        self._handed: dict[socket.socket, tuple[EventStream, bool]] = {}
        """Streams whose answers have begun, and whether these are sent in chunks."""
        self._streaming = 0
        self._waiting: dict[TConn, Waiting] = {}  # the one that has waited longest comes first
        self._reserve = ThreadPoolExecutor(1, "reserve")
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self._application: Any = self.wsgi
        self.wsgi: Any = self._answer

    def enqueue_req(self, conn: TConn) -> None:
        """Everything that brings a connection with a request to come passes here."""
        waiting = Waiting(conn, time.monotonic() + HEAD_S)
        self._wait_for(waiting)
        if conn.parser is not None:  # what was read beyond the end of the last request
            self._take(waiting, conn.parser.unreader.take_buffered())
        self._make_room()

    def murder_pending(self) -> None:
        super().murder_pending()
        if not self.alive:
            self._dispatcher.stop()
        now = time.monotonic()
        for waiting in list(self._waiting.values()):
            if not self.alive:
                waiting.deadline = min(waiting.deadline, now + STOP_S)
            if waiting.deadline <= now:
                self._end(waiting)

    def _wait_for(self, waiting: Waiting) -> None:
        waiting.conn.sock.setblocking(False)
        self._waiting[waiting.conn] = waiting
        self.poller.register(waiting.conn.sock, selectors.EVENT_READ, partial(self._on_readable, waiting))

    def _on_readable(self, waiting: Waiting, _sock: socket.socket) -> None:
        try:
            data = waiting.conn.sock.recv(64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._close(waiting)
        elif not waiting.is_over:
            self._take(waiting, data)
            self._make_room()

    def _take(self, waiting: Waiting, data: bytes) -> None:
        incoming = waiting.incoming
        had_head = incoming.has_head
        incoming.add(data)
        if incoming.is_head_too_large:
            self._refuse(waiting, HEAD_TOO_LARGE)
        elif incoming.is_whole:
            self._hand_over(waiting)
        elif incoming.has_head and not had_head:
            self._begin_body(waiting)

    def _begin_body(self, waiting: Waiting) -> None:
        waiting.deadline = time.monotonic() + BODY_S + waiting.incoming.length / BODY_BYTES_S
        if waiting.incoming.expects_word:
            _say(waiting.conn.sock, GO_ON)

    def _hand_over(self, waiting: Waiting) -> None:
        """Give the request to a thread: all that it will read is in memory."""
        conn, incoming = waiting.conn, waiting.incoming
        self._forget(waiting)
        for option, seconds in ((socket.SO_SNDTIMEO, SEND_S), (socket.SO_RCVTIMEO, RECEIVE_S)):
            conn.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))
        conn.init()
        conn.parser.unreader.unread(bytes(incoming.data))
        conn.data_ready = True
        conn.has_rest = incoming.is_too_large
        pool = self._reserve if incoming.path == RESERVED else self.tpool
        pool.submit(self.handle, conn).add_done_callback(partial(self._on_done, conn))

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Ask the application. A view may hand an event stream over, and answers with its first part."""
        handed: list[EventStream] = []
        environ[HAND_OVER] = handed.append
        parts: Iterable[bytes] = self._application(environ, start_response)
        response = start_response.__self__
        if handed and response.status_code == 200:
            response.force_close()
            return self._begin_stream(parts, response, handed[0])
        for stream in handed:  # something went wrong after the view
            stream.close()
        return parts

    def _begin_stream(self, parts: Iterable[bytes], response: Any, stream: EventStream) -> Iterator[bytes]:
        """The first part goes out as usual. The stream is lost where that fails; else the answer stays open."""
        is_begun = False
        try:
            yield from parts
            self._handed[response.sock] = stream, response.chunked
            response.chunked = False  # or the end of this part would be told as the end of the answer
            is_begun = True
        finally:
            if not is_begun:
                stream.close()
            if hasattr(parts, "close"):
                parts.close()

    def _on_done(self, conn: TConn, future: Future[Any]) -> None:
        if conn.sock in self._handed:
            self.method_queue.defer(self._stream, conn, *self._handed.pop(conn.sock))
            return
        goes_on = future.exception() is None and future.result()
        self.method_queue.defer(*((self.finish_request, conn, future) if goes_on else (self._linger, conn)))

    def _stream(self, conn: TConn, stream: EventStream, is_chunked: bool) -> None:
        conn.parser = None
        self._streaming += 1
        on_end = partial(self.method_queue.defer, self._end_stream, conn)
        self._dispatcher.take(Line(conn.sock, stream, is_chunked, on_end))

    def _end_stream(self, conn: TConn) -> None:
        self._streaming -= 1
        self._linger(conn)

    def _linger(self, conn: TConn) -> None:
        """Close after the client has: what it still sends would otherwise take the answer away from it."""
        with contextlib.suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)
        try:
            self._wait_for(Waiting(conn, time.monotonic() + STOP_S, is_over=True))
        except (OSError, ValueError):  # closed already
            self.nr_conns -= 1
            conn.close()

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """A body that nobody has read to its end is not waited for: the connection closes."""
        return not conn.has_rest and bool(super()._keepalive_after(conn, keepalive))

    def _make_room(self) -> None:
        """Close what has waited longest where connections or memory run short."""
        while self._waiting and (self.nr_conns - self._streaming >= MOST_CONNECTIONS or self._bytes() > MOST_BYTES):
            self._close(next(iter(self._waiting.values())))

    def _bytes(self) -> int:
        return sum(len(waiting.incoming.data) for waiting in self._waiting.values())

    def _end(self, waiting: Waiting) -> None:
        """Its time is over."""
        if waiting.incoming.data:
            self._refuse(waiting, TOO_LATE)
        else:
            self._close(waiting)

    def _refuse(self, waiting: Waiting, word: bytes) -> None:
        self._forget(waiting)
        _say(waiting.conn.sock, word)
        self._linger(waiting.conn)

    def _close(self, waiting: Waiting) -> None:
        self._forget(waiting)
        self.nr_conns -= 1
        waiting.conn.close()

    def _forget(self, waiting: Waiting) -> None:
        self._waiting.pop(waiting.conn, None)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(waiting.conn.sock)


def _say(sock: socket.socket, word: bytes) -> None:
    """Send a few bytes, if they can be sent at once."""
    with contextlib.suppress(OSError):
        sock.send(word, socket.MSG_DONTWAIT)
