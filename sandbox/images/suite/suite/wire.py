"""How a request travels: it leaves in one piece when its gate opens, and its whole answer has come by a deadline."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import httpcore
import httpx

GATE_S = 10.0


class Gate:
    """Opens when all have come, when one says that it will not come, or after some seconds."""

    def __init__(self, parties: int) -> None:
        self._barrier = threading.Barrier(parties)

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(GATE_S)

    def open(self) -> None:
        self._barrier.abort()


class Wire(httpx.BaseTransport):
    """httpx's way to the service, for one thread at a time.

    `gate`: the next request is written down whole and waits there, and with it its connection, so that requests of
    several threads differ by microseconds. `within_s` begins when it leaves: an answer that drips has no more time.
    """

    def __init__(self, within_s: float) -> None:
        self.within_s = within_s
        self.gate: Gate | None = None
        self.left_at = self.deadline = 0.0
        self._pool = httpcore.ConnectionPool(network_backend=_Backend(self))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpcore's errors. The body is still on its way then, and its errors come as it is read."""
        url, stream = request.url, request.stream
        assert isinstance(stream, httpx.SyncByteStream)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(request.method, target, headers=request.headers.raw, content=stream)
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()

    def leave(self) -> None:
        """Wait for the gate; the time of the request begins."""
        gate, self.gate = self.gate, None
        if gate:
            gate.wait()
        self.left_at = time.monotonic()
        self.deadline = self.left_at + self.within_s


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Stream((host, port), self._wire)


class _Stream(httpcore.NetworkStream):
    """A connection that is opened when there is something to send, and sends when an answer is wanted."""

    def __init__(self, address: tuple[str, int], wire: Wire) -> None:
        self._address = address
        self._wire = wire
        self._socket: socket.socket | None = None
        self._unsent = b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            if self._unsent:
                unsent, self._unsent = self._unsent, b""
                self._send(unsent)
            assert self._socket is not None
            self._socket.settimeout(self._left())
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from None
        except OSError as error:
            raise httpcore.ReadError(error.strerror or str(error)) from None

    def close(self) -> None:
        if self._socket:
            self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        """Readable while nothing is asked: the service has hung up, and httpcore takes a new connection."""
        return _is_readable(self._socket) if info == "is_readable" and self._socket else None

    def _send(self, data: bytes) -> None:
        """A service may answer and hang up before it has read all: then there is still an answer to be read."""
        self._wire.leave()
        if self._socket is None:
            self._socket = socket.create_connection(self._address, self._left())
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(self._left())
        with suppress(BrokenPipeError, ConnectionResetError):
            self._socket.sendall(data)

    def _left(self) -> float:
        left = self._wire.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left


def _is_readable(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        line.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
