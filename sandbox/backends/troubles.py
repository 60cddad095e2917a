"""Why boxes cannot be made: of any sort, because the engine is away, or of one sort. And when that is tried again.

Pauses between tries grow, so that a box that takes half a minute to fail is not started again and again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sandbox.backend import BoxSpec
from sandbox.errors import EngineUnavailable, SandboxError

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S, LONGEST_PAUSE_OF_SORT_S = 5.0, 20.0
"""The engine is only asked whether it is back; of a sort a box is started."""


class SortUnavailable(EngineUnavailable):
    """No box of this sort can be made now. It comes back by itself: ask again later."""

    def __init__(self, sort: str, why: SandboxError) -> None:
        super().__init__(f"no box of the sort {sort!r} can be made: {why}")
        self.sort = sort


def sort_of(spec: BoxSpec) -> str:
    """The name of all boxes that can be made or not together: their image's, or of boxes with guests the first guest's.

    `usual_spec` of this name is how they are usually started.
    """
    return spec.guests[0].image if spec.guests else spec.image


@dataclass(slots=True)
class _Trouble:
    """One reason, and when it may be over."""

    error: SandboxError
    longest_s: float
    pause_s: float = FIRST_PAUSE_S
    again_at: float = field(default_factory=lambda: time.monotonic() + FIRST_PAUSE_S)

    def goes_on(self, error: SandboxError) -> None:
        self.error, self.again_at = error, time.monotonic() + self.pause_s

    def begin_try(self) -> bool:
        """Is it time to try again? The next pause is longer then."""
        if time.monotonic() < self.again_at:
            return False
        self.pause_s = min(2 * self.pause_s, self.longest_s)
        self.again_at = time.monotonic() + self.pause_s
        return True


class Troubles:
    """What is in trouble. Threads may share it. `ping` returns where the engine answers."""

    def __init__(self, ping: Callable[[], None]) -> None:
        self._ping = ping
        self._away: _Trouble | None = None
        self._of_sorts: dict[str, _Trouble] = {}
        self._lock = threading.Lock()

    @property
    def away(self) -> SandboxError | None:
        """Why no box of any sort can be made."""
        away = self._away
        return None if away is None else away.error

    def of(self, sort: str) -> SandboxError | None:
        """Why no box of a sort can be made, though the engine may be there."""
        trouble = self._of_sorts.get(sort)
        return None if trouble is None else trouble.error

    def sorts(self) -> list[str]:
        with self._lock:
            return list(self._of_sorts)

    def note(self, sort: str, error: SandboxError) -> bool:
        """Remember why a box of this sort was not made. False where it is not the sort's trouble but the engine's."""
        is_away = isinstance(error, EngineUnavailable) and self._unanswered() is not None
        with self._lock:
            known = self._away if is_away else self._of_sorts.get(sort)
            if known is not None:
                known.goes_on(error)
            elif is_away:
                self._away = _Trouble(error, LONGEST_PAUSE_S)
            else:
                self._of_sorts[sort] = _Trouble(error, LONGEST_PAUSE_OF_SORT_S)
        if known is None:
            log.warning("no boxes can be started%s: %s", "" if is_away else f" of the sort {sort!r}", error)
        return not is_away

    def begin_asking(self) -> bool:
        """Is it time to ask the engine again? To be followed by `is_back`."""
        with self._lock:
            return self._away is not None and self._away.begin_try()

    def begin_try(self) -> str | None:
        """A sort of which a box is to be tried again now."""
        with self._lock:
            return next((sort for sort, trouble in self._of_sorts.items() if trouble.begin_try()), None)

    def is_back(self) -> bool:
        """Ask an engine that was away. True where it was and is not any more."""
        error = self._unanswered()
        if error is None:
            return self._engine_is_well()
        with self._lock:
            if self._away is not None:
                self._away.goes_on(error)
        return False

    def is_well(self, sort: str) -> bool:
        """A box of this sort was made as usual. True where something was in trouble before."""
        was_away = self._engine_is_well()
        with self._lock:
            was_in_trouble = self._of_sorts.pop(sort, None) is not None
        if was_in_trouble:
            log.info("boxes of the sort %r can be started again", sort)
        return was_away or was_in_trouble

    def next_try_s(self, most: float) -> float:
        """How long it is until something is to be tried again: at most so long."""
        now = time.monotonic()
        with self._lock:
            return min([most, *(max(0.0, one.again_at - now) for one in self._waiting())])

    def _waiting(self) -> Iterator[_Trouble]:
        if self._away is not None:
            yield self._away
        else:
            yield from self._of_sorts.values()

    def _engine_is_well(self) -> bool:
        with self._lock:
            was_away, self._away = self._away is not None, None
        if was_away:
            log.info("boxes can be started again")
        return was_away

    def _unanswered(self) -> SandboxError | None:
        try:
            self._ping()
        except SandboxError as error:
            return error
        except Exception as error:  # the threads that ask must outlive what nobody foresaw
            log.exception("the engine could not be asked")
            return SandboxError(f"{type(error).__name__}: {error}")
        return None
