"""Limits of time hold on an idle machine and accuse nobody on a busy one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from suite.answers import Answer, Exchange
from suite.expectations import Mismatch, TooSlow
from suite.load import slowness
from suite.moments import in_time, quick, wait_until

IDLE, BUSY = 1.0, 4.0


def answers(*took_ms: int) -> Callable[[], Answer]:
    exchanges: Iterator[Exchange] = (Exchange("GET", "/", [], "", ms=ms) for ms in took_ms)
    return lambda: Answer(200, [], b"", next(exchanges))


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suite.moments.slowness", lambda: IDLE)


@pytest.mark.usefixtures("idle")
def test_one_quick_answer_of_three_is_enough() -> None:
    assert quick(1, answers(900)).exchange.ms == 900
    assert quick(1, answers(1500, 1100, 1000)).exchange.ms == 1000


@pytest.mark.usefixtures("idle")
def test_three_late_answers_are_late() -> None:
    with pytest.raises(Mismatch, match=r"an answer within 1 s, got one after 1\.2 s at best, of 3"):
        quick(1, answers(1500, 1200, 1300, 100))


def test_on_a_busy_machine_an_answer_may_take_as_much_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suite.moments.slowness", lambda: BUSY)
    assert quick(1, answers(3900)).exchange.ms == 3900
    with pytest.raises(Mismatch):
        quick(1, answers(4100, 4100, 4100))


def test_slowness_is_measured() -> None:
    began = time.monotonic()
    assert 1 <= slowness() <= 3
    assert time.monotonic() - began >= 0.03


def test_other_threads_of_the_suite_are_no_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a burst look at the same moment: together they use the whole of what the clock tells."""
    clock = iter(range(1000))
    monkeypatch.setattr("suite.load.time.monotonic", lambda: 100.0 + next(clock) / 100)
    cpu = iter(range(1000))
    monkeypatch.setattr("suite.load.time.process_time", lambda: next(cpu) / 100)
    assert slowness() == 1


def deeds(*outcomes: tuple[float, bool]) -> Callable[[], int]:
    """Each takes so long, and then holds or not."""
    left = list(outcomes)

    def deed() -> int:
        seconds, holds = left.pop(0)
        time.sleep(seconds)
        if not holds:
            raise Mismatch("this", "that")
        return len(left)

    return deed


def test_what_fails_in_time_has_failed() -> None:
    with pytest.raises(Mismatch):
        in_time(5, deeds((0, False), (0, True)))


def test_what_fails_late_is_done_anew() -> None:
    assert in_time(0.05, deeds((0.1, False), (0.1, False), (0, True))) == 0
    assert in_time(0.05, deeds((0.1, True), (0, False))) == 1


def test_what_is_always_late_fails_in_the_end() -> None:
    with pytest.raises(Mismatch):
        in_time(0.05, deeds((0.1, False), (0.1, False), (0.1, True)), tries=2)


def test_what_is_no_mismatch_is_not_tried_again() -> None:
    def hangs() -> None:
        time.sleep(0.1)
        raise TooSlow("no whole answer within 5 s")

    with pytest.raises(TooSlow):
        in_time(0.05, hangs)


def test_waiting_ends_at_the_moment_and_not_before_it() -> None:
    moment = time.monotonic() + 0.1
    wait_until(moment)
    assert time.monotonic() >= moment
    wait_until(moment - 10)
