"""Services on raw sockets, which answer byte for byte as servers of other languages and frameworks do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

BACKLOG = 128
LAST_WORDS_S = 1.0


@dataclass
class Line:
    """A connection, seen by the service."""

    socket: socket.socket
    rest: bytes = b""
    head: bytes = b""

    def hear(self, *, body: bool = True) -> bool:
        """Read a request up to its end, or up to its head's. False where the client has hung up."""
        while b"\r\n\r\n" not in self.rest:
            data = self._more()
            if not data:
                return False
            self.rest += data
        self.head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        length = next((int(line.split(b":")[1]) for line in self._lines() if line.startswith(b"content-length:")), 0)
        while body and len(self.rest) < length:
            self.rest += self._more()
        if body:
            self.rest = self.rest[length:]
        return True

    def say(self, *parts: bytes) -> None:
        with suppress(OSError):
            self.socket.sendall(b"".join(parts))

    @property
    def method(self) -> bytes:
        return self.head.split(b" ", 1)[0]

    def _lines(self) -> list[bytes]:
        return [line.lower().replace(b" ", b"") for line in self.head.split(b"\r\n")[1:]]

    def _more(self) -> bytes:
        try:
            return self.socket.recv(1 << 16)
        except OSError:
            return b""


Behaviour = Callable[[Line], None]
"""What a service does with one connection; it is closed afterwards."""


@dataclass
class Service:
    url: str
    port: int
    heads: list[bytes] = field(default_factory=list)
    """Of each request, in the order in which they came."""

    def first_lines(self) -> list[str]:
        return [head.split(b"\r\n")[0].decode() for head in self.heads]


@contextmanager
def serving(behaviour: Behaviour, *, backlog: int = BACKLOG, at_once: bool = True, port: int = 0) -> Iterator[Service]:
    """A service that speaks with each client in a thread of its own, or with one after the other."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    listener.listen(backlog)
    found = listener.getsockname()[1]
    service = Service(f"http://127.0.0.1:{found}", found)
    ended = threading.Event()
    speakers: list[threading.Thread] = []

    def speak(client: socket.socket) -> None:
        with client:
            behaviour(_Noted(client, service.heads))

    def accept() -> None:
        while not ended.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if at_once:
                speakers.append(threading.Thread(target=speak, args=(client,), daemon=True))
                speakers[-1].start()
            else:
                speak(client)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for one in (thread, *speakers):
            one.join(LAST_WORDS_S)


class _Noted(Line):
    def __init__(self, client: socket.socket, heads: list[bytes]) -> None:
        super().__init__(client)
        self._heads = heads

    def hear(self, *, body: bool = True) -> bool:
        heard = super().hear(body=body)
        if heard:
            self._heads.append(self.head)
        return heard


def kept(answer: bytes) -> Behaviour:
    """The same answer to each request of a connection that stays open."""

    def behave(line: Line) -> None:
        while line.hear():
            line.say(answer)

    return behave


def once(answer: bytes) -> Behaviour:
    """One answer, then the service hangs up."""

    def behave(line: Line) -> None:
        if line.hear():
            line.say(answer)

    return behave
