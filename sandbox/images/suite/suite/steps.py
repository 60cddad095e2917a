"""Marks on steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Step = TypeVar("Step", bound=Callable[..., object])


def sample(step: Step) -> Step:
    """A step that every student sees in full, and that Run takes, too. It is read from the source, not run."""
    return step
