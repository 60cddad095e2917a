"""The pool keeps boxes ready, hands each out once, survives an engine that goes away, and leaves nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from sandbox import Case, EngineUnavailable, Job, Run, RunStatus, Sandbox, Verdict, parse_signature
from sandbox.backend import Box, BoxSpec, program_spec, usual_spec
from sandbox.backends.stub import StubBackend
from sandbox.pool import Pool

SPEC, OTHER = BoxSpec("python"), BoxSpec("python", memory_mib=64)
JOB = Job("python", "", parse_signature("f(n: int) -> int"), (Case("one", (1,), expected=None, judged=False),))


def until(holds: Callable[[], bool], within_s: float = 20.0) -> None:
    """Wait for what other threads bring about."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.01)


@pytest.fixture
def backend() -> StubBackend:
    return StubBackend()


@pytest.fixture
def pool(backend: StubBackend) -> Iterator[Pool]:
    opened = Pool(backend, {SPEC: 2})
    opened.start()
    until(lambda: opened.warm == 2)
    yield opened
    opened.close()
    assert backend.open == set()


def test_boxes_stand_ready_and_are_replaced(pool: Pool, backend: StubBackend) -> None:
    first, second = pool.take(SPEC), pool.take(SPEC)
    assert first.id != second.id
    until(lambda: pool.warm == 2)
    pool.give_back(first)
    pool.give_back(second)
    until(lambda: len(backend.open) == 2)
    assert {first.id, second.id}.isdisjoint(backend.open)


def test_no_more_are_started_than_wanted(pool: Pool, backend: StubBackend) -> None:
    assert backend.started == [SPEC, SPEC]


def test_other_sorts_are_started_on_demand(pool: Pool, backend: StubBackend) -> None:
    box = pool.take(OTHER)
    assert backend.started[-1] == OTHER
    assert pool.warm == 2
    pool.give_back(box)


def test_a_box_that_died_on_the_shelf_is_not_handed_out(pool: Pool, backend: StubBackend) -> None:
    for box_id in tuple(backend.open):
        backend.open.discard(box_id)
    assert pool.take(SPEC).alive()


def test_it_heals_when_the_engine_comes_back(pool: Pool, backend: StubBackend) -> None:
    backend.available = False
    with pytest.raises(EngineUnavailable):
        pool.take(SPEC)
    until(lambda: pool.warm == 0 and pool.trouble is not None)
    backend.available = True
    until(lambda: pool.warm == 2 and pool.trouble is None)
    assert pool.take(SPEC).alive()


def test_what_nobody_foresaw_ends_no_thread_of_it(
    pool: Pool, backend: StubBackend, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = pool.take(SPEC), pool.take(SPEC)
    until(lambda: pool.warm == 2)
    with monkeypatch.context() as broken:
        broken.setattr(first, "discard", raising(KeyError("discard")))
        broken.setattr(backend, "start", raising(KeyError("start")))
        broken.setattr(backend, "sweep", raising(KeyError("sweep")))
        pool.give_back(first)
        pool.give_back(second)
        until(lambda: second.id not in backend.open)
        for box in (pool.take(SPEC), pool.take(SPEC)):
            pool.give_back(box)
        until(lambda: pool.trouble is not None)
        assert str(pool.trouble) == "KeyError: 'start'"
    until(lambda: pool.warm == 2 and pool.trouble is None)
    assert {"a box could not be started", f"box {first.id} could not be thrown away"} <= set(caplog.messages)
    first.discard()


def test_boxes_of_killed_processes_are_looked_for_from_time_to_time_also_while_others_are_thrown_away(
    backend: StubBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeps: list[float] = []
    monkeypatch.setattr("sandbox.pool.SWEEP_EVERY_S", 0.01)
    monkeypatch.setattr(backend, "sweep", lambda: sweeps.append(time.monotonic()))
    pool = Pool(backend, {SPEC: 1})
    pool.start()
    until(lambda: len(sweeps) >= 3)

    def throw_one_away() -> int:
        pool.give_back(pool.take(SPEC))
        return len(sweeps)

    enough = len(sweeps) + 3
    until(lambda: throw_one_away() >= enough)
    pool.close()
    assert backend.open == set()


def raising(error: Exception) -> Callable[[], None]:
    def act(*_: object) -> None:
        raise error

    return act


def test_after_closing_there_is_nothing_to_take(backend: StubBackend) -> None:
    pool = Pool(backend, {SPEC: 1})
    pool.start()
    pool.close()
    with pytest.raises(EngineUnavailable, match="closing"):
        pool.take(SPEC)
    assert backend.open == set()


def test_closing_puts_back_what_is_under_way(backend: StubBackend) -> None:
    reached, closed = threading.Event(), threading.Event()

    def script(source: str, arguments: tuple[object, ...]) -> Run:
        reached.set()
        closed.wait(20)
        return Run(RunStatus.RETURNED, value=1)

    backend.script = script
    sandbox = Sandbox(backend, {SPEC: 1})
    sandbox.start()
    two = Job("python", "", JOB.signature, JOB.cases * 2)
    caught: list[BaseException] = []

    def work() -> None:
        try:
            sandbox.judge(two)
        except EngineUnavailable as error:
            caught.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    reached.wait(20)
    sandbox.close()
    closed.set()
    worker.join()
    assert len(caught) == 1
    assert backend.open == set()


def test_no_more_jobs_than_allowed_run_at_once(backend: StubBackend) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def script(source: str, arguments: tuple[object, ...]) -> Run:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return Run(RunStatus.RETURNED, value=1)

    backend.script = script
    sandbox = Sandbox(backend, max_boxes=2)
    workers = [threading.Thread(target=sandbox.judge, args=(JOB,)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert most == 2
    assert sandbox.judge(JOB).verdict is Verdict.ACCEPTED


class TestBoxesThatAreKept:
    """They come back to the shelf, unless something odd happened in them."""

    @pytest.fixture
    def backend(self) -> StubBackend:
        return StubBackend(keeps=True)

    def test_one_comes_back_and_none_is_started_for_it(self, pool: Pool, backend: StubBackend) -> None:
        for _ in range(5):
            box = pool.take(SPEC)
            pool.give_back(box, again=True)
            until(lambda: pool.warm == 2)
        assert len(backend.started) == 2

    def test_trouble_is_over_when_boxes_that_others_started_fill_the_shelf(
        self, pool: Pool, backend: StubBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The threads of the pool meet an engine that is away, those who take boxes meet it back again."""
        start = backend.start

        def start_for_takers(spec: BoxSpec) -> Box:
            if threading.current_thread() is not threading.main_thread():
                raise EngineUnavailable("away")
            return start(spec)

        monkeypatch.setattr(backend, "start", start_for_takers)
        old = [pool.take(SPEC), pool.take(SPEC)]
        for box in old:
            pool.give_back(box, again=False)
        until(lambda: pool.trouble is not None)
        for box in [pool.take(SPEC), pool.take(SPEC)]:
            pool.give_back(box, again=True)
        until(lambda: pool.warm == 2 and pool.trouble is None)

    def test_while_it_is_away_none_is_started_in_its_place(self, pool: Pool, backend: StubBackend) -> None:
        box, other = pool.take(SPEC), pool.take(SPEC)
        pool.give_back(other, again=False)
        until(lambda: len(backend.started) == 3 and pool.warm == 1)
        pool.give_back(box, again=True)
        until(lambda: pool.warm == 2)
        assert len(backend.started) == 3
        assert box.id in backend.open
        assert other.id not in backend.open

    def test_one_that_is_not_to_serve_again_is_thrown_away(self, pool: Pool, backend: StubBackend) -> None:
        box = pool.take(SPEC)
        pool.give_back(box)
        until(lambda: box.id not in backend.open and pool.warm == 2)

    def test_one_that_cannot_be_made_ready_is_thrown_away(
        self, pool: Pool, backend: StubBackend, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken, dead = pool.take(SPEC), pool.take(SPEC)
        monkeypatch.setattr(broken, "renew", raising(KeyError("renew")))
        pool.give_back(broken, again=True)
        until(lambda: broken.id not in backend.open)
        assert f"box {broken.id} could not be made ready again" in caplog.messages
        backend.open.discard(dead.id)
        pool.give_back(dead, again=True)
        until(lambda: pool.warm == 2)

    def test_who_finds_none_waits_for_one_that_is_being_made_ready(
        self, backend: StubBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandbox.pool.RENEWAL_S", 20.0)
        renewing, go_on = threading.Event(), threading.Event()
        with closing(Pool(backend, {})) as pool:
            pool.start()
            box = pool.take(SPEC)
            renew = box.renew

            def slow() -> bool:
                renewing.set()
                return go_on.wait(20) and renew()

            monkeypatch.setattr(box, "renew", slow)
            pool.give_back(box, again=True)
            assert renewing.wait(20)
            taken: list[Box] = []
            taker = threading.Thread(target=lambda: taken.append(pool.take(SPEC)))
            taker.start()
            go_on.set()
            taker.join()
            assert [one.id for one in taken] == [box.id]
            assert len(backend.started) == 1

    def test_what_load_brought_forth_is_thrown_away_when_it_is_over(
        self, backend: StubBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with closing(Pool(backend, {SPEC: 1})) as pool:
            pool.start()
            until(lambda: pool.warm == 1)
            boxes = [pool.take(SPEC) for _ in range(4)] + [pool.take(OTHER)]
            for box in boxes:
                pool.give_back(box, again=True)
            until(lambda: pool.warm == len(boxes))
            assert pool.warm == len(boxes), "they stand ready for a while"
            monkeypatch.setattr("sandbox.pool.SPARE_S", 0.0)
            until(lambda: pool.warm == 1 and len(backend.open) == 1)

    def test_the_last_usual_one_of_a_sort_stands_ready_for_an_hour_after_it_was_used(
        self, backend: StubBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandbox.pool.SPARE_S", 0.0)
        usual, large = usual_spec("javascript"), program_spec("javascript", 512)
        with closing(Pool(backend, {})) as pool:
            pool.start()
            boxes = [pool.take(usual), pool.take(usual), pool.take(large)]
            for box in boxes:
                pool.give_back(box, again=True)
            until(lambda: pool.warm == 1 and len(backend.open) == 1)
            last = pool.take(usual)
            assert last.id in {box.id for box in boxes[:2]}, "it is one of the usual ones"
            pool.give_back(last, again=True)
            until(lambda: pool.warm == 1)
            monkeypatch.setattr("sandbox.pool.LAST_ONE_S", 0.0)
            until(lambda: pool.warm == 0)

    def test_closing_leaves_none(self, backend: StubBackend) -> None:
        with closing(Pool(backend, {SPEC: 2})) as pool:
            pool.start()
            for _ in range(3):
                pool.give_back(pool.take(SPEC), again=True)
        assert backend.open == set()
