"""One ledger of what boxes at work may take together: of jobs, and of services that are tried out.

Jobs wait for room, in their order. A small one may overtake one that waits for much room, but only so often: then all
wait behind it. Services that are tried out never wait, and leave room in which a service and a program can be judged.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from sandbox.backend import DATA, Box, BoxSpec, usual_spec
from sandbox.errors import EngineUnavailable, NoRoom

MOST_OVERTAKINGS = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """What boxes may take at most: processors, and memory in MiB."""

    cpus: float
    memory_mib: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpus + other.cpus, self.memory_mib + other.memory_mib)

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.cpus - other.cpus, self.memory_mib - other.memory_mib)

    def fits(self, room: Cost) -> bool:
        return self.cpus <= room.cpus and self.memory_mib <= room.memory_mib

    def at_most(self, all_of_it: Cost) -> Cost:
        return Cost(min(self.cpus, all_of_it.cpus), min(self.memory_mib, all_of_it.memory_mib))


def cost_of(spec: BoxSpec) -> Cost:
    """A box and its guests."""
    cost = Cost(spec.cpus, spec.memory_mib)
    for guest in spec.guests:
        cost += cost_of(guest)
    return cost


RESERVE = cost_of(usual_spec("service")) + cost_of(DATA)
"""What stays free of services that are tried out: one service and one smaller job can always be judged beside them."""


class Boxes(Protocol):
    """Where boxes come from and go to."""

    def take(self, spec: BoxSpec) -> Box: ...

    def give_back(self, box: Box, *, again: bool = False) -> None: ...


class TrialBoxes:
    """Boxes of services that are tried out: room is taken with a box, and free again with it."""

    def __init__(self, boxes: Boxes, capacity: Capacity) -> None:
        self._boxes = boxes
        self._capacity = capacity
        self._costs: dict[str, Cost] = {}

    def take(self, spec: BoxSpec) -> Box:
        """Raises NoRoom, EngineUnavailable, ImageMissing, BoxDied."""
        cost = self._capacity.take_for_trial(spec)
        try:
            box = self._boxes.take(spec)
        except BaseException:
            self._capacity.release_trial(cost)
            raise
        self._costs[box.id] = cost
        return box

    def give_back(self, box: Box, *, again: bool = False) -> None:
        self._boxes.give_back(box, again=again)
        self._capacity.release_trial(self._costs.pop(box.id))


class _Waiting:
    """A job that waits for room."""

    def __init__(self, cost: Cost) -> None:
        self.cost = cost
        self.overtaken = 0


class Capacity:
    """Room for boxes. Threads share it."""

    def __init__(self, total: Cost, reserve: Cost = RESERVE) -> None:
        self._total = total
        self._reserve = reserve
        self._taken = Cost(0.0, 0)
        self._tried_out = Cost(0.0, 0)
        self._queue: list[_Waiting] = []
        self._changed = threading.Condition()
        self._closed = False

    @contextmanager
    def room_for(self, spec: BoxSpec) -> Iterator[None]:
        """Wait for room, and hold it during the block. What is larger than all there is gets all of it.

        Raises EngineUnavailable where the sandbox closes meanwhile.
        """
        cost = cost_of(spec).at_most(self._total)
        self._wait(_Waiting(cost))
        try:
            yield
        finally:
            self._release(cost)

    def take_for_trial(self, spec: BoxSpec) -> Cost:
        """Take room for a service that is tried out, to be given back with `release_trial`. Raises NoRoom."""
        cost = cost_of(spec)
        with self._changed:
            fits_beside_jobs = cost.fits(self._total - self._taken)
            if not fits_beside_jobs or not cost.fits(self._total - self._reserve - self._tried_out):
                raise NoRoom("all room for services that are tried out is taken")
            self._taken += cost
            self._tried_out += cost
        return cost

    def release_trial(self, cost: Cost) -> None:
        with self._changed:
            self._tried_out -= cost
        self._release(cost)

    def close(self) -> None:
        """Whoever waits is told that there is no sandbox any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _wait(self, me: _Waiting) -> None:
        with self._changed:
            self._queue.append(me)
            try:
                while not self._closed and not self._is_next(me):
                    self._changed.wait()
                if self._closed:
                    raise EngineUnavailable("the sandbox is closing")
                for earlier in self._queue[: self._queue.index(me)]:
                    earlier.overtaken += 1
                self._taken += me.cost
            finally:
                self._queue.remove(me)
                self._changed.notify_all()

    def _is_next(self, me: _Waiting) -> bool:
        """Is there room, and does nobody earlier have to go first?"""
        room = self._total - self._taken
        for earlier in self._queue[: self._queue.index(me)]:
            if earlier.cost.fits(room) or earlier.overtaken >= MOST_OVERTAKINGS:
                return False
        return me.cost.fits(room)

    def _release(self, cost: Cost) -> None:
        with self._changed:
            self._taken -= cost
            self._changed.notify_all()
