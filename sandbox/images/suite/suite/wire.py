"""How a request travels: on a connection of its own, in one piece, and its whole answer has come by a deadline.

No connection is used twice. What an answer leaves behind on one (a body after 204, a request body that nobody read),
how long a server keeps it open, and whether it waits before it sends a second packet: none of it reaches the next step.
"""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

import h11
from suite.load import slowness
from suite.requests import Request

GATE_S = 10.0
CONNECTED_S = 0.2
"""Connecting on one machine takes microseconds, or a second where a server's queue is full: then it is tried anew."""
EARLY_S = 0.25
HANG_UP_S = 0.05
MOST_HEAD = 100 << 10
CHUNK = 1 << 16
_WITH_RESET = struct.pack("ii", 1, 0)


class Cut(Exception):
    """The connection was refused, ended or spoke no HTTP before the whole answer was there."""


class Late(Exception):
    """The whole answer was not there in time."""


class Gate:
    """Opens when all have come, when one says that it will not come, or after some seconds.

    All meet before the first of them connects: a server that takes one connection at a time would wait for the request
    of somebody who waits for somebody else whom it has not answered yet.
    """

    def __init__(self, parties: int) -> None:
        self._met, self._ready = threading.Barrier(parties), threading.Barrier(parties)
        self.opened_at = time.monotonic()

    def meet(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._met.wait(GATE_S)

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._ready.wait(GATE_S)
        self.opened_at = time.monotonic()

    def open(self) -> None:
        self._met.abort()
        self._ready.abort()


@dataclass
class Heard:
    """What has come of an answer so far."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    content: bytearray = field(default_factory=bytearray)


class Wire:
    """Sends requests to one address and hears their answers, for one thread at a time.

    `gate`: the next request is written down whole, connects, and waits there, so that requests of several threads leave
    within microseconds. Its time begins when it leaves.
    """

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self.gate: Gate | None = None
        self.left_at = 0.0

    def ask(self, request: Request, within_s: float, hear: Callable[[Heard], None]) -> Heard:
        """The whole answer. `hear` is told as it grows, and may raise. Raises Cut, Late, ValueError.

        `within_s` are seconds of an idle machine: on a busy one it takes as much longer until an answer is late.
        """
        self.left_at = time.monotonic()
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEAD)
        data = written(connection, request)
        line = self._leave()
        deadline = self.left_at + within_s
        try:
            line = line or _connected(self._address, deadline)
            exchange = _Exchange(line, connection, data, hear)
            return exchange.by(deadline) or exchange.by(self.left_at + within_s * slowness()) or _too_late()
        except OSError as error:
            raise Cut(error.strerror or str(error)) from None
        finally:
            if line:
                line.close()

    def _leave(self) -> socket.socket | None:
        """Wait for the gate, connected if possible; the time of the request begins."""
        gate, self.gate = self.gate, None
        line = None
        if gate:
            gate.meet()
            with suppress(OSError, Late):
                line = _connected(self._address, time.monotonic() + EARLY_S)
            gate.wait()
            if line and _is_readable(line):  # the server did not wait for a request
                line.close()
                line = None
        self.left_at = time.monotonic()
        return line


def written(connection: h11.Connection, request: Request) -> bytes:
    """The request's bytes. Raises ValueError where it is none."""
    headers = [(name.encode(), text.encode()) for name, text in request.headers]
    try:
        head = connection.send(h11.Request(method=request.method, target=request.target, headers=headers)) or b""
        body = connection.send(h11.Data(data=request.content)) if request.content else b""
        return head + (body or b"") + (connection.send(h11.EndOfMessage()) or b"")
    except h11.LocalProtocolError as error:
        raise ValueError(f"no HTTP request: {error}") from None


class _Exchange:
    """A request on its way out while its answer may be coming in already."""

    def __init__(
        self, line: socket.socket, connection: h11.Connection, unsent: bytes, hear: Callable[[Heard], None]
    ) -> None:
        self._line, self._connection, self._unsent, self._hear = line, connection, memoryview(unsent), hear
        self._heard = Heard()
        self._ended = False

    def by(self, deadline: float) -> Heard | None:
        """The whole answer, or None if it is not there by then. Raises Cut, OSError."""
        whole = False
        while not whole:
            left = deadline - time.monotonic()
            leaving = [self._line] if self._unsent else []
            readable, writable, _ = select.select([self._line], leaving, [], max(0.0, left))
            if left <= 0 or not (readable or writable):
                return None
            if writable:
                self._send()
            if readable:
                self._receive()
                whole = self._listen()
        self._hang_up()
        return self._heard

    def _send(self) -> None:
        """A service may answer and hang up before it has read all: then there is still an answer to be read."""
        try:
            self._unsent = self._unsent[self._line.send(self._unsent) :]
        except (BrokenPipeError, ConnectionResetError):
            self._unsent = memoryview(b"")

    def _receive(self) -> None:
        """A server that did not read all of the request resets the connection after its answer: an end like others."""
        try:
            data = self._line.recv(CHUNK)
        except ConnectionResetError:
            if not self._heard.status:
                raise
            data = b""
        self._ended = not data
        try:
            self._connection.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise Cut(str(error)) from None

    def _listen(self) -> bool:
        """Take what has come. Is the answer whole?"""
        try:
            while True:
                event = self._connection.next_event()
                match event:
                    case h11.Response():
                        self._heard.status = event.status_code
                        self._heard.headers = [(_text(name), _text(value)) for name, value in event.headers.raw_items()]
                    case h11.Data():
                        self._heard.content += event.data
                    case h11.EndOfMessage() | h11.ConnectionClosed():
                        return True
                    case h11.InformationalResponse():
                        continue
                    case _:
                        return False
                self._hear(self._heard)
        except h11.RemoteProtocolError as error:
            raise Cut(str(error)) from None

    def _hang_up(self) -> None:
        """Whoever ends a connection first keeps its address for a minute: that is the client, wherever possible.

        A server that ends it by itself is given a moment, and is then spared that minute by a reset, which it no longer
        hears. One that keeps connections open sees an ordinary end.
        """
        if not self._ended and self._connection.their_state is h11.MUST_CLOSE:
            readable, _, _ = select.select([self._line], [], [], HANG_UP_S)
            with suppress(OSError):
                self._ended = bool(readable) and not self._line.recv(1)
        if self._ended:
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _WITH_RESET)


def _too_late() -> NoReturn:
    raise Late


def _connected(address: tuple[str, int], deadline: float) -> socket.socket:
    """Raises OSError, Late."""
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = socket.create_connection(address, min(left, CONNECTED_S))
        except TimeoutError:
            continue
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setblocking(False)
        return line
    raise Late


def _is_readable(line: socket.socket) -> bool:
    return bool(select.select([line], [], [], 0)[0])


def _text(value: bytes) -> str:
    """A header's text: UTF-8 where it is, else Latin-1, which any bytes are."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
