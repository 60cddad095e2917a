"""A service is ready when it has answered a whole request; nothing connects to it without one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from suite.load import MOST

from sandbox.harness import ports
from sandbox.images.suite import ready
from sandbox.images.suite.ready import Readiness
from sandbox.stage import MOST_SLOWNESS, START_CPU_S, START_IDLE_S, START_WALL_S, Patience, Unready, waiting

WITHIN_S = 20.0
ANSWER = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
Answering = Callable[[socket.socket, bytes], None]


class Service:
    """Answers one connection after the other in its own way, and keeps what each one sent first."""

    def __init__(self, answer: Answering) -> None:
        self.asked: list[bytes] = []
        self._answer = answer
        self.listener = socket.create_server(("127.0.0.1", 0))

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line:
                self.asked.append(line.recv(1 << 16))
                self._answer(line, self.asked[-1])


@contextmanager
def serving(answer: Answering, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service(answer)
    monkeypatch.setattr(ready, "ADDRESS", ("127.0.0.1", service.port))
    threading.Thread(target=service.serve, daemon=True).start()
    try:
        yield service
    finally:
        service.listener.shutdown(socket.SHUT_RDWR)
        service.listener.close()


def answers(text: bytes) -> Answering:
    return lambda line, _: line.sendall(text)


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
        b"HTTP/1.1 501 Not Implemented\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
    ],
)
def test_any_answer_shows_that_it_is_ready(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answers(text), monkeypatch) as service:
        readiness = Readiness()
        assert readiness.look(WITHIN_S)
        (told,) = readiness.exchanges()
        assert (told["method"], told["path"], told["note"]) == ("OPTIONS", "/", "")
        assert str(told["status"]).encode() in text
        assert service.asked[0].startswith(b"OPTIONS / HTTP/1.1\r\n")
        assert service.asked[0].endswith(b"\r\n\r\n")


def test_one_that_only_hangs_up_is_as_ready_as_it_will_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda line, _: None, monkeypatch) as service:
        readiness = Readiness()
        assert readiness.look(WITHIN_S)
        assert [told["status"] for told in readiness.exchanges()] == [0, 0, 0, 0]
        assert all(told["note"].startswith("no answer: ") for told in readiness.exchanges())
        assert all(asked.endswith(b"\r\n\r\n") for asked in service.asked)


def test_rubbish_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_method(line: socket.socket, asked: bytes) -> None:
        line.sendall(b"what?\r\n\r\n" if asked.startswith(b"OPTIONS") else ANSWER)

    with serving(by_method, monkeypatch):
        readiness = Readiness()
        assert readiness.look(WITHIN_S)
        assert [(told["method"], told["status"]) for told in readiness.exchanges()] == [("OPTIONS", 0), ("GET", 404)]


def test_a_request_is_not_given_up_while_it_may_be_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def late(line: socket.socket, _: bytes) -> None:
        go_on.wait(WITHIN_S)
        line.sendall(ANSWER)

    with serving(late, monkeypatch) as service:
        readiness = Readiness()
        assert not readiness.look(0.2)
        go_on.set()
        assert readiness.look(WITHIN_S)
        assert len(service.asked) == 1


def test_nothing_connects_before_something_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ready, "ADDRESS", ("127.0.0.1", taken.getsockname()[1]))
    readiness = Readiness()
    assert not readiness.look(0.1)
    assert readiness.exchanges() == []


def test_an_answer_without_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "FINISH_S", 0.2)
    over = threading.Event()

    def endless(line: socket.socket, _: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\nthe beginning")
        over.wait(WITHIN_S)

    with serving(endless, monkeypatch):
        began = time.monotonic()
        readiness = Readiness()
        assert readiness.look(WITHIN_S)
        assert time.monotonic() - began < WITHIN_S
        assert readiness.exchanges()[0]["body"] == "the beginning"
        over.set()


def test_the_kernel_tells_who_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert ports.listens(port)
        assert not ports.is_free(port)
    assert not ports.listens(port)
    assert ports.is_free(port)


def test_a_bound_port_is_neither_free_nor_listened_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as line:
        port = line.getsockname()[1]
        assert not ports.listens(port)
        assert not ports.is_free(port)


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1"])
def test_every_address_that_is_reached_counts(address: str) -> None:
    with socket.create_server((address, 0)) as listener:
        assert ports.listens(listener.getsockname()[1])


def test_another_address_does_not_count() -> None:
    with socket.create_server(("127.0.0.9", 0)) as listener:
        assert not ports.listens(listener.getsockname()[1])


def test_a_start_is_measured_in_what_the_service_computes() -> None:
    """A busy machine fails nobody: one that gets little is waited for, one that does nothing is not."""
    slow = Patience(0.0, 0.0)
    assert [slow.given_up(20.0 * second, second) for second in range(1, 170)] == [None] * 169
    in_line = Patience(0.0, 0.0)
    assert in_line.given_up(0.0, START_IDLE_S + 1.0, waiting=2.0) is None
    assert in_line.given_up(0.0, 2 * START_IDLE_S + 1.0, waiting=2.0) is Unready.IDLE
    idle = Patience(0.0, 0.0)
    assert idle.given_up(500.0, 1.0) is None
    assert idle.given_up(500.0, START_IDLE_S) is None
    assert idle.given_up(500.0, START_IDLE_S + 1.0) is Unready.IDLE
    assert Patience(0.0, 0.0).given_up(START_CPU_S * 1000, 1.0) is Unready.CPU
    assert slow.given_up(19_000.0, START_WALL_S) is Unready.WALL


@pytest.mark.parametrize(("load", "times"), [(0.1, 1.0), (8.0, 4.0), (16.0, 8.0), (100.0, 10.0)])
def test_the_more_wait_for_the_machine_the_longer_is_a_start_waited_for(
    load: float, times: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.stage.os.getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr("sandbox.stage.os.cpu_count", lambda: 2)
    assert waiting() == times


def test_the_host_waits_for_a_phase_as_long_as_the_box_of_the_suite_may_take() -> None:
    assert MOST_SLOWNESS >= MOST
