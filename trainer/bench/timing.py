"""Timing: repeat, and say median and spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


def measure(step: Callable[[], Any], times: int, *, warm: int = 2) -> dict[str, float]:
    """Milliseconds of wall time: median, 5th and 95th percentile, and how many were timed. `warm` runs come before."""
    for _ in range(warm):
        step()
    return summary([_timed(step) for _ in range(times)])


def summary(samples_ms: list[float]) -> dict[str, float]:
    ordered = sorted(samples_ms)
    last = len(ordered) - 1
    return {
        "median_ms": round(statistics.median(ordered), 2),
        "p5_ms": round(ordered[round(0.05 * last)], 2),
        "p95_ms": round(ordered[round(0.95 * last)], 2),
        "n": len(ordered),
    }


def _timed(step: Callable[[], Any]) -> float:
    """Milliseconds of a step; one that returns a number has taken its own time."""
    began = time.perf_counter()
    own = step()
    return own if isinstance(own, float) else (time.perf_counter() - began) * 1000


def alternate(
    steps: dict[str, Callable[[], Any]], times: int, *, settle: Callable[[], None], warm: int = 2
) -> dict[str, dict[str, float]]:
    """Time several things in turns, so that a busy moment hits all of them alike.

    `settle` is called before each and returns when what the last one left to be done is done.
    """
    for step in steps.values():
        for _ in range(warm):
            step()
    samples: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(times):
        for name, step in steps.items():
            settle()
            samples[name].append(_timed(step))
    return {name: summary(values) for name, values in samples.items()}
