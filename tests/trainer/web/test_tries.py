"""Windows of tries."""

from __future__ import annotations

import contextlib
import threading

import pytest

from trainer.web import tries as module
from trainer.web.tries import Full, LocalTries, Window


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_full_until_the_first_leaves_the_window() -> None:
    clock = Clock()
    tries = LocalTries(Window(2, 60), Window(3, 3600), clock=clock)
    tries.count("a")
    clock.now = 10
    tries.count("a")
    with pytest.raises(Full) as full:
        tries.count("a")
    assert full.value.wait_s == 50
    tries.count("b")
    clock.now = 60
    tries.count("a")
    clock.now = 200
    with pytest.raises(Full) as full:
        tries.count("a")
    assert full.value.wait_s == 3400


def test_what_is_taken_back_does_not_count() -> None:
    tries = LocalTries(Window(1, 60))
    for _ in range(5):
        tries.take_back("a", tries.count("a"))
    tries.count("a")
    with pytest.raises(Full):
        tries.count("a")


def test_many_at_once_are_no_more() -> None:
    tries, taken = LocalTries(Window(10, 60)), []

    def count() -> None:
        with contextlib.suppress(Full):
            taken.append(tries.count("a"))

    threads = [threading.Thread(target=count) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 10


def test_it_remembers_no_more_keys_than_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEYS", 10)
    clock = Clock()
    tries = LocalTries(Window(1, 60), clock=clock)
    for number in range(100):
        clock.now += 30
        tries.count(str(number))
    assert len(tries._tries) <= 12
