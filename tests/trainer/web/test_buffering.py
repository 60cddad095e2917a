"""Slow clients, on real sockets: they cost no thread, and they are closed in the end."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.factories import make_package
from tests.served import Server
from trainer.web import buffering

THREADS = 4
DRIPPING = 70
HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    for path, content in make_package().files.items():
        target = folder / "problems" / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "problems" / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    made = Server(
        folder / "home",
        folder / "problems",
        TRAINER_BACKEND="stub",
        TRAINER_JUDGES="0",
        TRAINER_THREADS=str(THREADS),
        TRAINER_RATE_LIMITS="1",
    )
    made.start()
    yield made
    assert made.interrupt() == 0
    assert "Traceback" not in made.output


class Client:
    """A connection that sends what it likes, when it likes."""

    def __init__(self, server: Server, stack: ExitStack) -> None:
        self._socket = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def answer(self) -> bytes:
        """Everything until the server closes."""
        found = b""
        while piece := self._socket.recv(65536):
            found += piece
        return found

    def head(self) -> bytes:
        found = b""
        while b"\r\n\r\n" not in found:
            piece = self._socket.recv(65536)
            assert piece, found
            found += piece
        return found


def get(server: Server, path: str) -> bytes:
    with ExitStack() as stack:
        client = Client(server, stack)
        client.send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return client.answer()


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET / HT",
        HEAD,
        HEAD + b"Content-Length: 100\r\n\r\nemail=",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nem",
        HEAD + b"Content-Length: 100000000\r\n\r\nemail=",
    ],
)
def test_many_slow_clients_stop_nobody_else(server: Server, start: bytes) -> None:
    with ExitStack() as stack:
        slow = [Client(server, stack) for _ in range(DRIPPING)]
        for client in slow:
            client.send(start)
        began = time.monotonic()
        for path in ("/healthz", "/readyz", "/sign-in", "/healthz"):
            assert b" 200 " in get(server, path).split(b"\r\n")[0] or path == "/readyz"
        assert time.monotonic() - began < buffering.HEAD_S / 2


def test_a_request_that_comes_byte_by_byte_is_answered(server: Server) -> None:
    with ExitStack() as stack:
        client = Client(server, stack)
        for byte in HEAD + b"Content-Length: 7\r\nConnection: close\r\n\r\nemail=a":
            client.send(bytes([byte]))
        assert client.answer().startswith(b"HTTP/1.1 400 ")  # it has no token


def test_two_requests_in_one_piece_get_two_answers(server: Server) -> None:
    with ExitStack() as stack:
        client = Client(server, stack)
        one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        client.send(one + HEAD + b"Content-Length: 7\r\nConnection: close\r\n\r\nemail=a")
        answer = client.answer()
        assert answer.count(b"HTTP/1.1 ") == 2
        assert answer.index(b"HTTP/1.1 200") < answer.index(b"HTTP/1.1 400")


def test_who_waits_for_a_word_before_the_body_gets_it(server: Server) -> None:
    with ExitStack() as stack:
        client = Client(server, stack)
        client.send(HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 7\r\n\r\n")
        assert client.head().startswith(b"HTTP/1.1 100 ")
        client.send(b"email=a")
        assert b"HTTP/1.1 400 " in client.answer()


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(server: Server) -> None:
    with ExitStack() as stack:
        client = Client(server, stack)
        client.send(HEAD + b"Content-Length: 100000000\r\n\r\nemail=")
        assert client.answer().startswith(b"HTTP/1.1 413 ")


def test_a_head_without_an_end_is_refused(server: Server) -> None:
    with ExitStack() as stack:
        client = Client(server, stack)
        client.send(b"GET / HTTP/1.1\r\n")
        for _ in range(17):
            client.send(b"A: " + 4096 * b"a" + b"\r\n")
        assert client.answer().startswith(b"HTTP/1.1 431 ")


def test_a_client_that_never_closes_stops_nobody(server: Server) -> None:
    """Its answer is given and the connection is to end; the server waits for that, but not alone for that."""
    with ExitStack() as stack:
        began = time.monotonic()
        for _ in range(10):
            client = Client(server, stack)
            client.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            client.head()
        assert time.monotonic() - began < 5 * buffering.STOP_S


def test_what_never_becomes_whole_is_closed_with_a_reason(server: Server) -> None:
    with ExitStack() as stack:
        silent, dripping = Client(server, stack), Client(server, stack)
        dripping.send(b"GET / HTTP/1.1\r\nHo")
        assert dripping.answer().startswith(b"HTTP/1.1 408 ")
        assert silent.answer() == b""


def test_more_connections_than_there_is_room_for_close_the_oldest(server: Server) -> None:
    with ExitStack() as stack:
        many = [Client(server, stack) for _ in range(buffering.MOST_CONNECTIONS + 20)]
        assert get(server, "/healthz").startswith(b"HTTP/1.1 200 ")
        assert many[0].answer() == b""
