"""Boxes started ahead of need, so that nobody waits for a container.

A box serves once, and is replaced when it comes back: starting another meanwhile would take the processor from the one
that judges. Two threads keep the shelf full, drop boxes that died there and wait, ever longer, while no engine answers;
when it is back they fill the shelf again. A third throws used boxes away.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Mapping
from queue import SimpleQueue

from sandbox.backend import Backend, Box, BoxSpec
from sandbox.errors import EngineUnavailable, SandboxError

log = logging.getLogger(__name__)

STARTERS = 2
LOOK_EVERY_S = 1.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 5.0


class Pool:
    """Hands out live boxes. `sizes` says how many of each sort are kept ready."""

    def __init__(self, backend: Backend, sizes: Mapping[BoxSpec, int]) -> None:
        self._backend = backend
        self._sizes = dict(sizes)
        self._shelf: dict[BoxSpec, deque[Box]] = {spec: deque() for spec in sizes}
        self._starting: Counter[BoxSpec] = Counter()
        self._in_use: dict[str, Box] = {}
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
        targets = [self._clear_away, *[self._keep_full] * STARTERS]
        self._threads = [threading.Thread(target=target, daemon=True, name="sandbox-pool") for target in targets]
        for thread in self._threads:
            thread.start()

    def take(self, spec: BoxSpec) -> Box:
        """A live box: from the shelf, or started now. Raises EngineUnavailable, ImageMissing, BoxDied."""
        box = self._from_shelf(spec) or self._backend.start(spec)
        with self._changed:
            self._in_use[box.id] = box
            closing = self._closing
        if closing:
            self.give_back(box)
            raise EngineUnavailable("the sandbox is closing")
        return box

    def give_back(self, box: Box) -> None:
        """Throw a used box away, in the background where there is one."""
        with self._changed:
            self._in_use.pop(box.id, None)
            self._changed.notify()
            background = bool(self._threads) and not self._closing
            if background:
                self._used.put(box)
        if not background:
            box.discard()

    def close(self) -> None:
        """Throw all boxes away, those in use as well, and return when none is left."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            self._used.put(None)
        for thread in self._threads:
            thread.join()
        with self._changed:
            left = [*self._in_use.values(), *(box for boxes in self._shelf.values() for box in boxes)]
            self._in_use.clear()
            self._shelf.clear()
        for box in left:
            _throw_away(box)

    def _from_shelf(self, spec: BoxSpec) -> Box | None:
        with self._changed:
            if self._closing:
                raise EngineUnavailable("the sandbox is closing")
            boxes = self._shelf.get(spec, deque())
            while boxes:
                box = boxes.popleft()
                if box.alive():
                    return box
                self._used.put(box)
        return None

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
        with self._changed:
            while not self._closing:
                self._drop_dead()
                for spec, size in self._sizes.items():
                    if len(self._shelf[spec]) + self._starting[spec] < size:
                        self._starting[spec] += 1
                        return spec
                self._changed.wait(LOOK_EVERY_S)
        return None

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
                    self._shelf[spec].append(box)
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

    def _drop_dead(self) -> None:
        for spec, boxes in self._shelf.items():
            dead = [box for box in boxes if not box.alive()]
            if dead:
                self._shelf[spec] = deque(box for box in boxes if box not in dead)
            for box in dead:
                self._used.put(box)

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


def _throw_away(box: Box) -> None:
    try:
        box.discard()
    except Exception:  # the thread must outlive what nobody foresaw; a sweep removes the box
        log.exception("box %s could not be thrown away", box.id)
