"""Bells wake those who wait; seats bound how many may."""

from __future__ import annotations

import threading

from trainer.work.events import Bell, Seats


def test_a_ring_between_count_and_wait_is_heard() -> None:
    bell = Bell()
    heard = bell.count("a")
    bell.ring("a")
    bell.wait("a", heard, timeout_s=60)
    assert bell.count("a") == heard + 1


def test_a_waiting_thread_is_woken() -> None:
    bell, woken = Bell(), threading.Event()
    heard = bell.count("a")

    def wait() -> None:
        bell.wait("a", heard, timeout_s=60)
        woken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    bell.ring("b")
    bell.ring("a")
    assert woken.wait(30)
    thread.join()


def test_closing_wakes_everybody() -> None:
    bell = Bell()
    thread = threading.Thread(target=bell.wait, args=("a", bell.count("a"), 60))
    thread.start()
    bell.close()
    thread.join(30)
    assert not thread.is_alive()
    assert not bell.open


def test_what_nobody_waits_for_is_not_kept() -> None:
    bell = Bell()
    bell.ring("a")
    bell.count("b")
    bell.forget("b")
    assert bell._rings == {}


def test_seats_run_out_and_come_back() -> None:
    seats = Seats(2)
    assert [seats.take(holder, 2) for holder in "abc"] == [True, True, False]
    seats.give_back("a")
    assert seats.take("c", 2)


def test_nobody_has_all_seats() -> None:
    seats = Seats(10)
    assert [seats.take("a", 3) for _ in range(5)] == [True, True, True, False, False]
    assert seats.take("b", 3)
    seats.give_back("a")
    assert seats.take("a", 3)
