"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

LOOK_S = 0.04

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], what: str, within_s: float) -> Seen:
    """Look until there is something to see, and return it. Raises AssertionError when it takes too long."""
    end = time.monotonic() + within_s
    while not (seen := look()):
        assert time.monotonic() < end, f"after {within_s:.0f} s still not: {what}"
        time.sleep(LOOK_S)
    return seen
