"""Boxes started ahead of need, so that nobody waits for a container.

A box that is kept comes back to the shelf when it is ready for another submission. One that serves once is replaced
when it comes back: starting another meanwhile would take the processor from the one that judges. Two threads keep the
shelf full and drop boxes that died there; others make kept boxes ready again, and throw used ones away. Under load more
boxes than usual come back to the shelf; those that nobody takes for a while are thrown away.

Trouble is known of each sort of box: those of a language, of data, of services with their suite. While none of a sort
can be made, one of the two threads tries it again after pauses that grow, and the other one serves all other sorts.
Whoever wants such a box is told to ask again later, as where no engine answers. Without these threads nothing brings a
sort back, and whoever wants a box is told the error itself.

Boxes that a killed process left on this engine are looked for at the start, when trouble is over, and from time to
time: whichever process of the same host lives on removes them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue

from sandbox.backend import Backend, Box, BoxSpec, usual_spec
from sandbox.backends.troubles import SortUnavailable, Troubles, sort_of
from sandbox.errors import EngineUnavailable, ImageMissing, SandboxError

log = logging.getLogger(__name__)

STARTERS, RENEWERS = 2, 2
LOOK_EVERY_S = 1.0
SWEEP_EVERY_S = 10.0
RENEWAL_S = 0.2
"""Who finds no box waits so long for one that is being made ready again; starting one takes about as long."""
MOST_SPARE, SPARE_S = 8, 30.0
"""Beyond what is kept ready, so many of a sort may stand on the shelf, each for so long."""
LAST_ONE_S = 3600.0
"""The usual box of a sort that is not kept ready stands there so long after somebody took one."""


@dataclass(eq=False)
class _Shelved:
    """A box that stands ready, and since when."""

    box: Box
    since: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class _Lent:
    """A box that is in use."""

    box: Box
    spec: BoxSpec


class Pool:
    """Hands out live boxes. `sizes` says how many of each sort are kept ready."""

    def __init__(self, backend: Backend, sizes: Mapping[BoxSpec, int]) -> None:
        self._backend = backend
        self._sizes = dict(sizes)
        self._shelf: dict[BoxSpec, deque[_Shelved]] = {spec: deque() for spec in sizes}  # the longest there is last
        self._starting: Counter[BoxSpec] = Counter()
        self._renewing: Counter[BoxSpec] = Counter()
        self._in_use: dict[str, _Lent] = {}
        self._to_renew: SimpleQueue[_Lent | None] = SimpleQueue()
        self._to_clear: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._closing = False
        self._taken_at: dict[BoxSpec, float] = {}
        self._swept_at = 0.0
        self._troubles = Troubles(backend.ping)
        self._threads: list[threading.Thread] = []

    @property
    def warm(self) -> int:
        """How many boxes stand ready."""
        with self._changed:
            return sum(map(len, self._shelf.values()))

    @property
    def trouble(self) -> SandboxError | None:
        """Why no box can be had: the engine is away, or every sort that is kept ready is in trouble. None else."""
        errors = [self.why_not(sort_of(spec)) for spec in self._sizes]
        return self._troubles.away or (errors[0] if errors and all(errors) else None)

    def why_not(self, sort: str) -> SandboxError | None:
        """Why no box of a sort can be had: none can be made, and none stands ready. None where one can, and where
        nobody has tried yet."""
        error = self._troubles.away or self._troubles.of(sort)
        if error is None or self._troubles.away is not None:
            return error
        with self._changed:
            return None if self._shelf.get(self._standard(sort)) else error

    def start(self) -> None:
        """Remove what killed processes left behind, and begin to fill the shelf. Returns at once."""
        targets = [self._clear_away, *[self._keep_full] * STARTERS, *[self._renew_used] * RENEWERS]
        self._threads = [threading.Thread(target=target, daemon=True, name="sandbox-pool") for target in targets]
        for thread in self._threads:
            thread.start()

    def take(self, spec: BoxSpec) -> Box:
        """A live box: from the shelf, or started now.

        Raises EngineUnavailable, SortUnavailable; ImageMissing and BoxDied where nothing in the background brings the
        sort back, and BoxDied where only boxes of this very spec cannot be started.
        """
        box = self._from_shelf(spec) or self._start_now(spec)
        with self._changed:
            self._in_use[box.id] = _Lent(box, spec)
            self._taken_at[spec] = time.monotonic()
            closing = self._closing
        if closing:
            self.give_back(box)
            raise EngineUnavailable("the sandbox is closing")
        return box

    def give_back(self, box: Box, *, again: bool = False) -> None:
        """It has served. Where there is a background, it is made ready `again` if it is kept, or thrown away there."""
        with self._changed:
            lent = self._in_use.pop(box.id, None)
            background = self._has_background
            if background and lent is not None and again and box.may_serve_again:
                self._renewing[lent.spec] += 1
                self._to_renew.put(lent)
            elif background:
                self._to_clear.put(partial(_throw_away, box))
            self._changed.notify_all()
        if not background:
            box.discard()

    def close(self) -> None:
        """Throw all boxes away, those in use as well, and return when none is left."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            self._to_clear.put(None)
            for _ in range(RENEWERS):
                self._to_renew.put(None)
        for thread in self._threads:
            thread.join()
        with self._changed:
            left = [lent.box for lent in self._in_use.values()]
            left += [shelved.box for boxes in self._shelf.values() for shelved in boxes]
            self._in_use.clear()
            self._shelf.clear()
        for box in left:
            _throw_away(box)

    def _from_shelf(self, spec: BoxSpec) -> Box | None:
        deadline = time.monotonic() + RENEWAL_S
        with self._changed:
            while not self._closing:
                boxes = self._shelf.get(spec, deque())
                while boxes:
                    box = boxes.popleft().box
                    if box.alive():
                        return box
                    self._to_clear.put(partial(_throw_away, box))
                left_s = deadline - time.monotonic()
                if not self._renewing[spec] or left_s <= 0:
                    return None
                self._changed.wait(left_s)
        raise EngineUnavailable("the sandbox is closing")

    @property
    def _has_background(self) -> bool:
        return bool(self._threads) and not self._closing

    def _standard(self, sort: str) -> BoxSpec:
        """The spec whose boxes tell how a sort is: the one that is kept ready, or else the usual one."""
        return next((spec for spec in self._sizes if sort_of(spec) == sort), usual_spec(sort))

    def _start_now(self, spec: BoxSpec) -> Box:
        """Start a box for somebody who waits for it."""
        try:
            box = self._backend.start(spec)
        except SandboxError as error:
            if self._has_background and self._is_trouble_of_sort(spec, error):
                raise SortUnavailable(sort_of(spec), error) from error
            raise
        self._is_well(spec)
        return box

    def _is_trouble_of_sort(self, spec: BoxSpec, error: SandboxError) -> bool:
        """Why was a box not started? False where the engine is away, and where others of the sort can be started."""
        sort = sort_of(spec)
        standard = self._standard(sort)
        if spec == standard or isinstance(error, EngineUnavailable | ImageMissing):
            return self._troubles.note(sort, error)
        with self._changed:
            self._starting[standard] += 1
        return not self._start_one(standard) and self._troubles.of(sort) is not None

    def _keep_full(self) -> None:
        while (step := self._next_step()) is not None:
            step()

    def _next_step(self) -> Callable[[], object] | None:
        """Wait until a box is wanted, or until trouble may be over. None when closing."""
        with self._changed:
            while not self._closing:
                self._drop_dead_and_spare()
                if self._troubles.away is not None:
                    if self._troubles.begin_asking():
                        return self._ask_engine
                elif (spec := self._wanted() or self._to_try_again()) is not None:
                    self._starting[spec] += 1
                    return partial(self._start_one, spec)
                self._changed.wait(self._troubles.next_try_s(LOOK_EVERY_S))
        return None

    def _wanted(self) -> BoxSpec | None:
        for spec, size in self._sizes.items():
            there = len(self._shelf[spec]) + self._starting[spec] + self._coming_back(spec)
            if there < size and self._troubles.of(sort_of(spec)) is None:
                return spec
        return None

    def _to_try_again(self) -> BoxSpec | None:
        """Of one sort in trouble at a time: it may take long, and the other thread serves the sorts that are well."""
        if any(self._starting[self._standard(sort)] for sort in self._troubles.sorts()):
            return None
        sort = self._troubles.begin_try()
        return None if sort is None else self._standard(sort)

    def _start_one(self, spec: BoxSpec) -> bool:
        """Start a box for the shelf; it is counted as starting already."""
        box: Box | None = None
        try:
            box = self._backend.start(spec)
        except SandboxError as error:
            self._troubles.note(sort_of(spec), error)
        except Exception as error:  # the thread must outlive what nobody foresaw
            log.exception("a box could not be started")
            self._troubles.note(sort_of(spec), SandboxError(f"{type(error).__name__}: {error}"))
        finally:
            with self._changed:
                self._starting[spec] -= 1
                kept = box is not None and not self._closing
                if box is not None and kept:
                    self._shelf.setdefault(spec, deque()).append(_Shelved(box))
                self._changed.notify_all()
        if box is None:
            return False
        self._is_well(spec)
        if not kept:
            _throw_away(box)
        return True

    def _ask_engine(self) -> None:
        if self._troubles.is_back():
            self._look_around()

    def _is_well(self, spec: BoxSpec) -> None:
        """A box was started. Of a sort in trouble only the standard one says that it is over."""
        sort = sort_of(spec)
        if spec == self._standard(sort):
            is_over = self._troubles.is_well(sort)
        else:
            is_over = self._troubles.away is not None and self._troubles.is_back()
        if is_over:
            self._look_around()

    def _look_around(self) -> None:
        """Trouble is over: see what is wanted now, and remove boxes that were lost meanwhile."""
        with self._changed:
            if not self._closing:
                self._to_clear.put(self._sweep)
            self._changed.notify_all()

    def _coming_back(self, spec: BoxSpec) -> int:
        """Boxes that are kept and will stand on the shelf again."""
        in_use = sum(lent.spec == spec and lent.box.may_serve_again for lent in self._in_use.values())
        return in_use + self._renewing[spec]

    def _drop_dead_and_spare(self) -> None:
        for spec, boxes in self._shelf.items():
            going = [one for one in boxes if not one.box.alive()]
            spare = len(boxes) - len(going) - self._kept_ready(spec)
            idle = [one for one in boxes if one not in going and time.monotonic() - one.since > SPARE_S]
            going += idle[len(idle) - min(len(idle), max(0, spare)) :]
            for one in going:
                boxes.remove(one)
                self._to_clear.put(partial(_throw_away, one.box))

    def _kept_ready(self, spec: BoxSpec) -> int:
        """How many of them are no spare ones: where none is asked for, the last one while it is in use now and then."""
        asked = self._sizes.get(spec, 0)
        if asked or spec != self._standard(sort_of(spec)):
            return asked
        return int(time.monotonic() - self._taken_at.get(spec, -LAST_ONE_S) < LAST_ONE_S)

    def _renew_used(self) -> None:
        """Make boxes that are kept ready for another submission, and put them back on the shelf."""
        while (lent := self._to_renew.get()) is not None:
            ready = _make_ready(lent.box)
            with self._changed:
                self._renewing[lent.spec] -= 1
                shelf = self._shelf.setdefault(lent.spec, deque())
                kept = ready and not self._closing and len(shelf) < self._sizes.get(lent.spec, 0) + MOST_SPARE
                if kept:
                    shelf.appendleft(_Shelved(lent.box))
                elif not self._closing:
                    self._to_clear.put(partial(_throw_away, lent.box))
                self._changed.notify_all()
            if not kept and self._closing:
                _throw_away(lent.box)

    def _clear_away(self) -> None:
        step: Callable[[], None] | None = self._sweep
        while step is not None:
            step()
            step = self._next_to_clear()

    def _next_to_clear(self) -> Callable[[], None] | None:
        """Wait for a box that is to be thrown away, or until it is time to sweep. None when closing."""
        left_s = self._swept_at + SWEEP_EVERY_S - time.monotonic()
        if left_s <= 0:
            return self._sweep
        try:
            return self._to_clear.get(timeout=left_s)
        except Empty:
            return self._sweep

    def _sweep(self) -> None:
        self._swept_at = time.monotonic()
        try:
            self._backend.sweep()
        except SandboxError:
            pass  # the threads that start boxes tell of it
        except Exception:
            log.exception("boxes that killed processes left behind could not be removed")


def _make_ready(box: Box) -> bool:
    try:
        return box.renew()
    except Exception:  # the thread must outlive what nobody foresaw
        log.exception("box %s could not be made ready again", box.id)
        return False


def _throw_away(box: Box) -> None:
    try:
        box.discard()
    except Exception:  # the thread must outlive what nobody foresaw; a sweep removes the box
        log.exception("box %s could not be thrown away", box.id)
