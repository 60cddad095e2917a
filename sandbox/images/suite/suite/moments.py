"""Steps about time, on machines that are busy with something else: load makes an answer late, never early."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from suite.answers import Answer
from suite.expectations import Mismatch
from suite.load import slowness

Found = TypeVar("Found")
TRIES = 3


def wait_until(moment: float) -> None:
    """Until `time.monotonic()` is there. Take the moment *after* the answer that began what is waited for."""
    time.sleep(max(0.0, moment - time.monotonic()))


def in_time(within_s: float, deed: Callable[[], Found], tries: int = TRIES) -> Found:
    """Do what need only hold where it is done within so many seconds; where it fails later than that, do it anew.

    The deed draws its own values and begins from nothing each time. What fails in time has failed.
    """
    for left in reversed(range(tries)):
        began = time.monotonic()
        try:
            return deed()
        except Mismatch:
            if not left or time.monotonic() - began < within_s:
                raise
    raise ValueError("tries: at least one")


def quick(within_s: float, ask: Callable[[], Answer], tries: int = TRIES) -> Answer:
    """The first answer that comes within so many seconds of an idle machine, of a few. Raises Mismatch where none does.

    Each `ask` should cause the whole work, so that what the service kept of an earlier one does not help it.
    """
    took_s = []
    for _ in range(tries):
        answer = ask()
        took_s.append(answer.exchange.ms / 1000)
        if took_s[-1] <= within_s or took_s[-1] <= within_s * slowness():
            return answer
    raise Mismatch(f"an answer within {within_s:g} s", f"one after {min(took_s):.1f} s at best, of {tries}")
