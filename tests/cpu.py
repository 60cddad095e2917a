"""CPU time of a piece of work, as little disturbed by what runs beside it as can be."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3


def least_cpu_s(work: Callable[[], object], enough_s: float) -> float:
    """The least CPU time of up to three runs: no more are made once one took less than is asked for.

    Programs beside it take caches away, which counts as this one's time. Slow work is slow each time.
    """
    least = float("inf")
    for _ in range(TRIES):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
        if least < enough_s:
            break
    return least
