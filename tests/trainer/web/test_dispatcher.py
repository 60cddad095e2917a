"""One thread sends to many clients: each gets its events, and who is slow or gone does no harm to others."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest

from trainer.web import dispatcher as module
from trainer.web.dispatcher import LAST_CHUNK, MOST_UNSENT, Dispatcher, Line
from trainer.web.event_stream import HEARTBEAT, RETRY, EventStream

LONG_S = 60
MANY = 300


class Client:
    """One end of a connection, and what the server knows of it."""

    def __init__(self, dispatcher: Dispatcher, stack: ExitStack, *, is_chunked: bool = False) -> None:
        self.socket, self.server_end = socket.socketpair()
        stack.enter_context(self.socket)
        stack.enter_context(self.server_end)
        self.socket.settimeout(LONG_S)
        self.closed, self.ended = threading.Event(), threading.Event()
        self.stream = EventStream(self.closed.set)
        self.stream.begin(b"first\n")
        self._line = Line(self.server_end, self.stream, is_chunked, self._end)
        dispatcher.take(self._line)

    def read(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            piece = self.socket.recv(count - len(found))
            assert piece, found
            found += piece
        return found

    def rest(self) -> bytes:
        """Everything until the server is done with it."""
        found = b""
        while piece := self.socket.recv(65536):
            found += piece
        return found

    def is_given_up(self) -> bool:
        return self.ended.wait(LONG_S) and self.closed.is_set()

    def _end(self) -> None:
        self.server_end.close()
        self.ended.set()


Connect = Callable[..., Client]


@pytest.fixture
def dispatcher() -> Iterator[Dispatcher]:
    made = Dispatcher()
    made.start()
    yield made
    made.stop()
    made.join()


@pytest.fixture
def connect(dispatcher: Dispatcher) -> Iterator[Connect]:
    with ExitStack() as stack:
        yield lambda **more: Client(dispatcher, stack, **more)


def test_events_come_as_they_are_told(connect: Connect) -> None:
    client = connect()
    assert client.read(len(RETRY) + 6) == RETRY + b"first\n"
    client.stream.tell(b"second\n")
    assert client.read(7) == b"second\n"
    client.stream.tell(b"last\n", is_last=True)
    assert client.rest() == b"last\n"
    assert client.is_given_up()


def test_chunks_are_closed_by_the_last_one(connect: Connect) -> None:
    client = connect(is_chunked=True)
    client.stream.tell(b"last\n", is_last=True)
    found = client.rest()
    assert found.endswith((b"5\r\nlast\n\r\n" + LAST_CHUNK, b"first\nlast\n\r\n" + LAST_CHUNK))
    assert client.is_given_up()


def test_hundreds_are_served_by_one_thread(connect: Connect) -> None:
    before = threading.active_count()
    clients = [connect() for _ in range(MANY)]
    for client in clients:
        client.stream.tell(b"judged\n", is_last=True)
    assert all(client.rest().endswith(b"judged\n") for client in clients)
    assert threading.active_count() == before


def test_who_does_not_read_is_given_up_and_holds_up_nobody(connect: Connect) -> None:
    slow, other = connect(), connect()
    slow.server_end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    for number in range(64):
        slow.stream.tell(b"%d" % number * (MOST_UNSENT // 16))
    assert slow.is_given_up()
    other.stream.tell(b"last\n", is_last=True)
    assert other.rest().endswith(b"last\n")


def test_who_takes_nothing_for_long_is_given_up(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STUCK_S", 0.0)
    monkeypatch.setattr(module, "TICK_S", 0.01)
    monkeypatch.setattr(module, "MOST_UNSENT", 2**30)
    slow = connect()
    slow.server_end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    slow.stream.tell(2**20 * b"a")
    assert slow.is_given_up()


@pytest.mark.parametrize("how", ["close", "shutdown"])
def test_a_client_that_goes_leaves_nothing_behind(connect: Connect, how: str) -> None:
    client = connect()
    if how == "close":
        client.socket.close()
    else:
        client.socket.shutdown(socket.SHUT_WR)
    assert client.is_given_up()


def test_a_client_that_talks_is_heard_out_and_then_given_up(connect: Connect) -> None:
    client = connect()
    client.socket.send(b"a few bytes")
    client.stream.tell(b"second\n")
    client.read(len(RETRY) + 6 + 7)
    with suppress(BrokenPipeError, ConnectionResetError):
        client.socket.sendall(2 * module.MOST_RECEIVED * b"a")
    assert client.is_given_up()


def test_who_is_told_nothing_gets_heartbeats(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.0)
    monkeypatch.setattr(module, "TICK_S", 0.01)
    client = connect()
    assert client.read(len(RETRY) + 6 + 2 * len(HEARTBEAT)).endswith(HEARTBEAT + HEARTBEAT)


def test_a_stream_ends_after_its_time(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_S", 0.01)
    client = connect(is_chunked=True)
    client.stream.ends_at = 0.0
    assert client.rest().endswith(LAST_CHUNK)
    assert client.is_given_up()


def test_a_stop_ends_all_with_what_they_were_told(dispatcher: Dispatcher, connect: Connect) -> None:
    clients = [connect(is_chunked=True) for _ in range(20)]
    dispatcher.stop()
    dispatcher.join()
    late = connect(is_chunked=True)
    for client in (*clients, late):
        assert client.rest().endswith(b"first\n\r\n" + LAST_CHUNK)
        assert client.is_given_up()
