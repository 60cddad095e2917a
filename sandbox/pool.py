"""Boxes started ahead of need, so that nobody waits for a container.

A box that is kept comes back to the shelf when it is ready for another submission. One that serves once is replaced
when it comes back: starting another meanwhile would take the processor from the one that judges. Two threads keep the
shelf full, drop boxes that died there and wait, ever longer, while no engine answers; when it is back they fill the
shelf again. Others make kept boxes ready again, and throw used ones away. Under load more boxes than usual come back to
the shelf; those that nobody takes for a while are thrown away.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue

from sandbox.backend import Backend, Box, BoxSpec
from sandbox.errors import EngineUnavailable, SandboxError

log = logging.getLogger(__name__)

STARTERS, RENEWERS = 2, 2
LOOK_EVERY_S = 1.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 5.0
RENEWAL_S = 0.2
"""Who finds no box waits so long for one that is being made ready again; starting one takes about as long."""
MOST_SPARE, SPARE_S = 8, 30.0
"""Beyond what is kept ready, so many of a sort may stand on the shelf, each for so long."""


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
        self._used: SimpleQueue[Box | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._closing = False
        self._trouble: SandboxError | None = None
        self._threads: list[threading.Thread] = []

    @property
    def warm(self) -> int:
        """How many boxes stand ready."""
        with self._changed:
            return sum(map(len, self._shelf.values()))

    @property
    def trouble(self) -> SandboxError | None:
        """Why the last start failed; None while all is well."""
        return self._trouble

    def start(self) -> None:
        """Remove what killed processes left behind, and begin to fill the shelf. Returns at once."""
        targets = [self._clear_away, *[self._keep_full] * STARTERS, *[self._renew_used] * RENEWERS]
        self._threads = [threading.Thread(target=target, daemon=True, name="sandbox-pool") for target in targets]
        for thread in self._threads:
            thread.start()

    def take(self, spec: BoxSpec) -> Box:
        """A live box: from the shelf, or started now. Raises EngineUnavailable, ImageMissing, BoxDied."""
        box = self._from_shelf(spec) or self._backend.start(spec)
        with self._changed:
            self._in_use[box.id] = _Lent(box, spec)
            closing = self._closing
        if closing:
            self.give_back(box)
            raise EngineUnavailable("the sandbox is closing")
        return box

    def give_back(self, box: Box, *, again: bool = False) -> None:
        """It has served. Where there is a background, it is made ready `again` if it is kept, or thrown away there."""
        with self._changed:
            lent = self._in_use.pop(box.id, None)
            background = bool(self._threads) and not self._closing
            if background and lent is not None and again and box.may_serve_again:
                self._renewing[lent.spec] += 1
                self._to_renew.put(lent)
            elif background:
                self._used.put(box)
            self._changed.notify_all()
        if not background:
            box.discard()

    def close(self) -> None:
        """Throw all boxes away, those in use as well, and return when none is left."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            self._used.put(None)
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
                    self._used.put(box)
                left_s = deadline - time.monotonic()
                if not self._renewing[spec] or left_s <= 0:
                    return None
                self._changed.wait(left_s)
        raise EngineUnavailable("the sandbox is closing")

    def _keep_full(self) -> None:
        pause_s = FIRST_PAUSE_S
        while (spec := self._next_to_start()) is not None:
            if self._start_one(spec):
                pause_s = FIRST_PAUSE_S
            else:
                self._sleep(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _next_to_start(self) -> BoxSpec | None:
        """Wait until a box is wanted. None when closing."""
        while True:
            with self._changed:
                if self._closing:
                    return None
                self._drop_dead_and_spare()
                for spec, size in self._sizes.items():
                    if len(self._shelf[spec]) + self._starting[spec] + self._coming_back(spec) < size:
                        self._starting[spec] += 1
                        return spec
                if self._trouble is None or any(self._starting.values()):
                    self._changed.wait(LOOK_EVERY_S)
                    continue
            self._recover()  # boxes that others started have filled the shelf, so nobody here finds out

    def _start_one(self, spec: BoxSpec) -> bool:
        box: Box | None = None
        try:
            box = self._backend.start(spec)
        except SandboxError as error:
            self._report(error)
        except Exception as error:  # the thread must outlive what nobody foresaw
            log.exception("a box could not be started")
            self._report(SandboxError(f"{type(error).__name__}: {error}"))
        finally:
            with self._changed:
                self._starting[spec] -= 1
                kept = box is not None and not self._closing
                if box is not None and kept:
                    self._shelf[spec].append(_Shelved(box))
                    self._changed.notify_all()
        if box is None:
            return False
        self._recover()
        if not kept:
            _throw_away(box)
        return True

    def _report(self, error: SandboxError) -> None:
        if self._trouble is None:
            log.warning("no boxes can be started: %s", error)
        self._trouble = error

    def _recover(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            log.info("boxes can be started again")
            self._sweep()

    def _coming_back(self, spec: BoxSpec) -> int:
        """Boxes that are kept and will stand on the shelf again."""
        in_use = sum(lent.spec == spec and lent.box.may_serve_again for lent in self._in_use.values())
        return in_use + self._renewing[spec]

    def _drop_dead_and_spare(self) -> None:
        for spec, boxes in self._shelf.items():
            going = [one for one in boxes if not one.box.alive()]
            spare = len(boxes) - len(going) - self._sizes.get(spec, 0)
            idle = [one for one in boxes if one not in going and time.monotonic() - one.since > SPARE_S]
            going += idle[len(idle) - min(len(idle), max(0, spare)) :]
            for one in going:
                boxes.remove(one)
                self._used.put(one.box)

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
                    self._used.put(lent.box)
                self._changed.notify_all()
            if not kept and self._closing:
                _throw_away(lent.box)

    def _sleep(self, seconds: float) -> None:
        with self._changed:
            if not self._closing:
                self._changed.wait(seconds)

    def _clear_away(self) -> None:
        self._sweep()
        while (box := self._used.get()) is not None:
            _throw_away(box)

    def _sweep(self) -> None:
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
