"""Room for boxes: one ledger for jobs and for services that are tried out."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from sandbox import Sandbox
from sandbox.backend import Box, BoxSpec, usual_spec
from sandbox.backends.stub import StubBackend
from sandbox.capacity import MOST_OVERTAKINGS, RESERVE, Capacity, Cost, TrialBoxes, cost_of
from sandbox.errors import BoxDied, EngineUnavailable, NoRoom
from sandbox.model import ServiceJob

SERVICE = usual_spec("service")
SMALL = BoxSpec("python")
SOON_S = 20.0
NOTHING = Cost(0.0, 0)


class Job:
    """Takes room in a thread of its own, and holds it until it is told to end."""

    def __init__(self, capacity: Capacity, spec: BoxSpec) -> None:
        self.got, self.end = threading.Event(), threading.Event()
        self.refused: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(capacity, spec), daemon=True)
        self._thread.start()

    def _run(self, capacity: Capacity, spec: BoxSpec) -> None:
        try:
            with capacity.room_for(spec):
                self.got.set()
                self.end.wait(SOON_S)
        except EngineUnavailable as error:
            self.refused = error

    def finish(self) -> None:
        self.end.set()
        self._thread.join(SOON_S)


def until_waiting(capacity: Capacity, count: int) -> None:
    ticks = threading.Event()
    for _ in range(2000):
        if len(capacity._queue) == count:
            return
        ticks.wait(0.01)
    raise AssertionError(f"{len(capacity._queue)} wait, not {count}")


def test_a_service_counts_as_its_three_boxes() -> None:
    assert cost_of(SERVICE) == Cost(3.0, 512 + 384 + 256)
    assert cost_of(SMALL) == Cost(1.0, 256)


@pytest.mark.parametrize("total", [Cost(2, 10_000), Cost(100, 600)], ids=["cpus", "memory"])
def test_both_sums_bound(total: Cost) -> None:
    capacity = Capacity(total, NOTHING)
    jobs = [Job(capacity, SMALL) for _ in range(3)]
    until_waiting(capacity, 1)
    assert sum(job.got.is_set() for job in jobs) == 2
    for job in jobs:
        job.end.set()
    for job in jobs:
        job.finish()
        assert job.got.is_set()


def test_what_is_larger_than_everything_runs_alone() -> None:
    capacity = Capacity(Cost(2, 512), NOTHING)
    with capacity.room_for(SERVICE):
        small = Job(capacity, SMALL)
        until_waiting(capacity, 1)
        assert not small.got.is_set()
    assert small.got.wait(SOON_S)
    small.finish()


def test_jobs_come_in_their_order() -> None:
    capacity = Capacity(Cost(1, 512), NOTHING)
    begun: list[int] = []

    def work(number: int) -> None:
        with capacity.room_for(SMALL):
            begun.append(number)

    with capacity.room_for(SMALL):
        threads = []
        for number in range(20):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            until_waiting(capacity, number + 1)
    for thread in threads:
        thread.join(SOON_S)
    assert begun == list(range(20))


def test_small_jobs_overtake_a_service_so_often_and_no_more() -> None:
    capacity = Capacity(Cost(4, 4096), NOTHING)
    holder = Job(capacity, SMALL)
    other = Job(capacity, SMALL)
    assert holder.got.wait(SOON_S)
    assert other.got.wait(SOON_S)
    service = Job(capacity, SERVICE)
    until_waiting(capacity, 1)
    for _ in range(MOST_OVERTAKINGS):
        small = Job(capacity, SMALL)
        assert small.got.wait(SOON_S)
        small.finish()
    late = Job(capacity, SMALL)
    until_waiting(capacity, 2)
    assert not late.got.is_set()
    holder.finish()
    other.finish()
    assert service.got.wait(SOON_S)
    service.finish()
    assert late.got.wait(SOON_S)
    late.finish()


def test_trials_leave_room_to_judge() -> None:
    service = cost_of(SERVICE)
    capacity = Capacity(RESERVE + service + service)
    for _ in range(2):
        capacity.take_for_trial(SERVICE)
    with pytest.raises(NoRoom):
        capacity.take_for_trial(SERVICE)
    with capacity.room_for(SERVICE), capacity.room_for(BoxSpec("data", memory_mib=512)):
        pass
    capacity.release_trial(service)
    assert capacity.take_for_trial(SERVICE) == service


def test_trials_do_not_push_jobs_out() -> None:
    capacity = Capacity(RESERVE + cost_of(SERVICE))
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(capacity.room_for(SMALL))
        with pytest.raises(NoRoom):
            capacity.take_for_trial(SERVICE)
    assert capacity.take_for_trial(SERVICE)


def test_who_waits_is_told_that_the_sandbox_closes() -> None:
    capacity = Capacity(Cost(1, 512), NOTHING)
    first, second = Job(capacity, SMALL), None
    assert first.got.wait(SOON_S)
    second = Job(capacity, SMALL)
    until_waiting(capacity, 1)
    capacity.close()
    second.finish()
    first.finish()
    assert isinstance(second.refused, EngineUnavailable)


class OneBox:
    """Gives the same box again and again, or none."""

    def __init__(self, backend: StubBackend) -> None:
        self.box = backend.start(SERVICE)
        self.dies = False

    def take(self, spec: BoxSpec) -> Box:
        if self.dies:
            raise BoxDied("it ended")
        return self.box

    def give_back(self, box: Box, *, again: bool = False) -> None:
        box.discard()


def test_room_of_a_trial_comes_back() -> None:
    capacity = Capacity(RESERVE + cost_of(SERVICE))
    source = OneBox(StubBackend())
    boxes = TrialBoxes(source, capacity)
    for _ in range(3):
        boxes.give_back(boxes.take(SERVICE))
    source.dies = True
    for _ in range(3):
        with pytest.raises(BoxDied):
            boxes.take(SERVICE)
    source.dies = False
    assert boxes.take(SERVICE)


def test_a_sandbox_bounds_trials() -> None:
    """Four boxes are needed to judge beside it: a sandbox of four has no room to try a service out."""
    job = ServiceJob({"app.py": "x"}, "python3 app.py", (), ())
    with pytest.raises(NoRoom):
        Sandbox(StubBackend(), max_boxes=4).open_service(job)
