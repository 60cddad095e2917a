"""Bursts against servers that answer together, one at a time, or behind a short queue."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count

import pytest
from suite import wire
from suite.answers import Answer
from suite.bursts import holds_up_others, in_rounds, one_by_one
from suite.client import Client, Transcript
from suite.expectations import Mismatch, NoAnswer, TooSlow

from tests.sandbox.suite_library.raw import Behaviour, Line, kept, serving

FINE = kept(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
CLIENTS = 8
HANGS_UP_WITHIN_S = 10.0
ONE_AT_A_TIME = "your server answers one request at a time"


def works_for(seconds: float, lock: threading.Lock | None = None) -> Behaviour:
    """Each request takes so long, on a connection that is closed afterwards."""

    def behave(line: Line) -> None:
        if not line.hear():
            return
        if lock:
            with lock:
                time.sleep(seconds)
        else:
            time.sleep(seconds)
        line.say(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    return behave


def asked(within_s: float = 5.0) -> Callable[[int, int, Client], Answer]:
    return lambda turn, number, client: client.get("/", within_s=within_s)


def test_requests_of_a_moment_meet_though_a_connection_is_used_once(transcript: Transcript) -> None:
    """They are connected before they leave: what one of them does between reading and writing, all others see."""
    came: list[float] = []

    def behave(line: Line) -> None:
        if line.hear():
            came.append(time.monotonic())
            line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with serving(behave) as service:
        in_rounds(transcript, CLIENTS, 10, asked(), service.url)
    spreads = sorted(came[first + CLIENTS - 1] - came[first] for first in range(0, len(came), CLIENTS))
    assert len(spreads) == 10
    assert spreads[0] < 0.05


@pytest.mark.parametrize("backlog", [0, 1, 5])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_short_queue_loses_nobody(backlog: int, at_once: bool, transcript: Transcript) -> None:
    """What finds no place in a server's queue is sent anew by the kernel, but only a second later, then three."""
    with serving(works_for(0.01), backlog=backlog, at_once=at_once) as service:
        began = time.monotonic()
        answers = in_rounds(transcript, CLIENTS, 3, asked(), service.url)
        assert time.monotonic() - began < 15
    assert [answer.status for turn in answers for answer in turn] == [200] * CLIENTS * 3


def test_a_server_that_takes_one_at_a_time_is_told_so(transcript: Transcript) -> None:
    with serving(works_for(0.3), at_once=False) as service, pytest.raises(TooSlow, match=ONE_AT_A_TIME):
        in_rounds(transcript, CLIENTS, 1, asked(1.5), service.url)


def test_a_lock_around_everything_is_told_so(transcript: Transcript) -> None:
    with serving(works_for(0.6, threading.Lock())) as service, pytest.raises(TooSlow, match=ONE_AT_A_TIME):
        in_rounds(transcript, CLIENTS, 1, asked(3.0), service.url)


def test_a_server_that_is_slow_with_all_of_them_is_not(transcript: Transcript) -> None:
    with serving(works_for(3)) as service, pytest.raises(TooSlow) as raised:
        in_rounds(transcript, CLIENTS, 1, asked(0.5), service.url)
    assert str(raised.value) == "no whole answer within 0.5 s"


def test_one_that_hangs_beside_others_that_answer_is_not(transcript: Transcript) -> None:
    def behave(line: Line) -> None:
        if line.hear():
            if b"/hang" in line.head:
                line.hear()
            line.say(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    def send(turn: int, number: int, client: Client) -> Answer:
        return client.get("/hang" if number == 3 else "/", within_s=0.5)

    with serving(behave) as service, pytest.raises(TooSlow) as raised:
        in_rounds(transcript, CLIENTS, 1, send, service.url)
    assert ONE_AT_A_TIME not in str(raised.value)


@pytest.mark.parametrize(("at_once", "held_up"), [(True, False), (False, True)])
def test_half_a_request_holds_up_a_server_that_takes_one_at_a_time(at_once: bool, held_up: bool) -> None:
    with serving(works_for(0.0), at_once=at_once) as service:
        assert holds_up_others(service.url) is held_up


def test_where_nothing_answers_nothing_is_held_up() -> None:
    assert holds_up_others("http://127.0.0.1:1") is False
    with serving(lambda line: None) as service:
        assert holds_up_others(service.url) is False


@pytest.mark.parametrize(
    ("took", "found"),
    [
        ([0.3, 0.6, 0.9], True),
        ([0.9, 0.31, 0.64, 1.22], True),
        ([0.3, 0.3, 0.3, 0.3], False),
        ([1.0, 1.05, 1.1, 1.2], False),
        ([0.01, 0.02, 0.03, 0.04], False),
        ([0.3, 0.6], False),
        ([0.5, 1.0, 3.9], False),
        ([], False),
    ],
)
def test_answers_one_after_the_other(took: Sequence[float], found: bool) -> None:
    assert one_by_one(took) is found


def test_a_server_that_ends_silent_connections_is_asked_on_new_ones(
    transcript: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has hung up on all that wait for the moment, and they see it: their look at the line lasts until it has."""
    connections = count(1)

    def impatient(line: Line) -> None:
        if next(connections) > CLIENTS and line.hear():
            line.say(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    monkeypatch.setattr(wire, "_is_readable", lambda line: bool(select.select([line], [], [], HANGS_UP_WITHIN_S)[0]))
    with serving(impatient) as service:
        answers = in_rounds(transcript, CLIENTS, 1, asked(), service.url)
    assert [answer.status for answer in answers[0]] == [200] * CLIENTS
    assert next(connections) == 2 * CLIENTS + 1


def test_the_first_error_is_the_one_that_is_told(transcript: Transcript) -> None:
    with serving(FINE) as service, pytest.raises(Mismatch, match="status 404"):
        in_rounds(transcript, 2, 1, lambda turn, number, client: client.get("/").status_is(404), service.url)
    with pytest.raises(NoAnswer):
        in_rounds(transcript, 2, 1, asked(), "http://127.0.0.1:1")
