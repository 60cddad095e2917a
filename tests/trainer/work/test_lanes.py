"""A lane of threads: first come, first served, and never more messages than threads."""

from __future__ import annotations

import threading
from collections import deque

from trainer.work.lanes import Lane

MESSAGES, THREADS = 400, 3
SOON_S = 30.0


class Table:
    """Rows that wait, and the order in which work on them began."""

    def __init__(self, rows: int) -> None:
        self.waiting = deque(range(rows))
        self.begun: list[int] = []
        self.done = threading.Event()
        self._lock = threading.Lock()

    def step(self) -> bool:
        with self._lock:
            if not self.waiting:
                return False
            self.begun.append(self.waiting.popleft())
            if not self.waiting:
                self.done.set()
        return True


def test_work_begins_in_the_order_in_which_it_came() -> None:
    table = Table(MESSAGES)
    lane = Lane("model", THREADS, table.step)
    lane.start()
    for _ in range(MESSAGES):
        lane.nudge()
    assert table.done.wait(SOON_S)
    lane.stop(SOON_S)
    assert table.begun == list(range(MESSAGES))


def test_a_thread_that_is_busy_keeps_no_row_waiting() -> None:
    """One piece of work never ends; all others are done meanwhile, in their order."""
    table, go_on, stuck = Table(MESSAGES), threading.Event(), threading.Event()

    def step() -> bool:
        if not stuck.is_set():
            stuck.set()
            go_on.wait(SOON_S)
            return True
        return table.step()

    lane = Lane("model", THREADS, step)
    lane.start()
    lane.nudge(THREADS)
    assert stuck.wait(SOON_S)
    lane.nudge(THREADS)
    assert table.done.wait(SOON_S)
    go_on.set()
    lane.stop(SOON_S)
    assert table.begun == list(range(MESSAGES))


def test_no_more_messages_than_threads() -> None:
    calls = threading.Semaphore(0)

    def step() -> bool:
        calls.release()
        return False

    lane = Lane("model", THREADS, step)
    for _ in range(MESSAGES):
        lane.nudge(5)
    lane.start()
    for _ in range(THREADS):
        assert calls.acquire(timeout=SOON_S)
    lane.stop(SOON_S)
    assert not calls.acquire(blocking=False)


def test_a_step_that_fails_ends_no_thread() -> None:
    calls = threading.Semaphore(0)

    def step() -> bool:
        calls.release()
        raise RuntimeError

    lane = Lane("model", 1, step)
    lane.start()
    for _ in range(3):
        lane.nudge()
        assert calls.acquire(timeout=SOON_S)
    lane.stop(SOON_S)


def test_after_the_stop_nothing_begins() -> None:
    table = Table(10)
    lane = Lane("model", THREADS, table.step)
    lane.start()
    lane.stop(SOON_S)
    lane.nudge(THREADS)
    assert table.begun == []


def test_a_message_is_done_with_a_piece_of_work_and_all_are_where_nothing_waits() -> None:
    """Three messages speak of two rows. None is done while the first row is worked on."""
    table, go_on, begun, done = Table(2), threading.Event(), threading.Event(), threading.Semaphore(0)

    def step() -> bool:
        begun.set()
        go_on.wait(SOON_S)
        return table.step()

    lane = Lane("model", 1, step)
    lane.start()
    lane.hand(done.release)
    assert begun.wait(SOON_S)
    for _ in range(2):
        lane.hand(done.release)
    assert not done.acquire(blocking=False)
    go_on.set()
    for _ in range(3):
        assert done.acquire(timeout=SOON_S)
    lane.stop(SOON_S)
    assert table.begun == [0, 1]


def test_a_message_is_done_though_its_step_fails() -> None:
    done = threading.Semaphore(0)

    def step() -> bool:
        raise RuntimeError

    lane = Lane("model", 1, step)
    lane.start()
    lane.hand(done.release)
    assert done.acquire(timeout=SOON_S)
    lane.stop(SOON_S)
