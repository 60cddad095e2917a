"""Windows of tries that several processes share, in a real Redis server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis

from tests.redis_server import RedisServer
from trainer.errors import TooMany
from trainer.web import shared_tries as module
from trainer.web.guard import guess, init_guard
from trainer.web.shared_tries import SharedTries, connect
from trainer.web.tries import Full, Window


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    running = RedisServer(tmp_path)
    running.start()
    yield running
    running.stop()


def of_process(server: RedisServer, *windows: Window) -> SharedTries:
    """As each process has one."""
    return SharedTries(connect(server.url), "tries", *windows)


def moment(server: Redis) -> float:
    """Seconds by the server's clock."""
    seconds, microseconds = server.time()
    return float(seconds + microseconds / 1_000_000)


def test_tries_of_all_processes_count(server: RedisServer) -> None:
    one, other = of_process(server, Window(2, 60)), of_process(server, Window(2, 60))
    one.count("a")
    other.count("a")
    for tries in (one, other):
        with pytest.raises(Full) as full:
            tries.count("a")
        assert 0 < full.value.wait_s <= 60
        tries.count(f"another key {id(tries)}")


def test_the_longest_wait_of_all_windows_is_told(server: RedisServer) -> None:
    tries = of_process(server, Window(1, 60), Window(1, 3600))
    tries.count("a")
    with pytest.raises(Full) as full:
        tries.count("a")
    assert 60 < full.value.wait_s <= 3600


def test_what_leaves_the_window_counts_no_longer(server: RedisServer) -> None:
    tries = of_process(server, Window(1, 0.001))
    tries.count("a")
    with connect(server.url) as asked:
        end = moment(asked) + 0.002
        while moment(asked) < end:
            pass
    tries.count("a")


def test_what_is_taken_back_does_not_count(server: RedisServer) -> None:
    one, other = of_process(server, Window(1, 60)), of_process(server, Window(1, 60))
    for _ in range(5):
        other.take_back("a", one.count("a"))
    one.count("a")
    with pytest.raises(Full):
        other.count("a")


def test_a_refused_try_does_not_count(server: RedisServer) -> None:
    tries = of_process(server, Window(2, 60))
    mark = tries.count("a")
    tries.count("a")
    for _ in range(5):
        with pytest.raises(Full):
            tries.count("a")
    tries.take_back("a", mark)
    tries.count("a")


def test_many_at_once_are_no_more(server: RedisServer) -> None:
    processes, taken = [of_process(server, Window(10, 60)) for _ in range(4)], []

    def count(tries: SharedTries) -> None:
        with contextlib.suppress(Full):
            taken.append(tries.count("a"))

    threads = [threading.Thread(target=count, args=(processes[number % 4],)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 10


def test_keys_are_forgotten_when_nothing_counts_any_more(server: RedisServer) -> None:
    of_process(server, Window(2, 60), Window(3, 3600)).count("a")
    with connect(server.url) as asked:
        assert 3500 < asked.ttl("trainer:tries:a") <= 3600


def test_while_the_server_is_away_each_process_counts_alone(server: RedisServer) -> None:
    moment = [0.0]
    tries = SharedTries(connect(server.url), "tries", Window(2, 60), clock=lambda: moment[0])
    shared = tries.count("a")
    server.stop()
    tries.count("a")
    tries.count("a")
    with pytest.raises(Full):
        tries.count("a")
    tries.take_back("a", shared)
    server.start()
    with pytest.raises(Full):
        tries.count("a")  # it does not ask again at once
    moment[0] += module.PAUSE_S
    tries.count("a")
    assert of_process(server, Window(2, 60)).count("a")


def test_a_silent_server_holds_up_one_request_for_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """It accepts connections and says nothing: the first one waits, the others count alone."""
    monkeypatch.setitem(module.PATIENCE, "socket_timeout", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        tries = SharedTries(connect(url), "tries", Window(1, 60), clock=lambda: 0.0)
        tries.count("a")
        monkeypatch.setattr(tries._server, "execute_command", None)
        with pytest.raises(Full):
            tries.count("a")


def test_a_guesser_who_is_sent_to_another_server_each_time_is_bounded(server: RedisServer) -> None:
    apps = [Flask("one"), Flask("other")]
    for app in apps:
        init_guard(app, is_on=True, limits_url=server.url)
    for number in range(10):
        with apps[number % 2].test_request_context():
            guess("mira@example.org")
    for app in apps:
        with app.test_request_context(), pytest.raises(TooMany):
            guess("mira@example.org")
