"""What the operator decides about the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`warm` says how many boxes of each image stand ready; `max_boxes` how many jobs run at the same time."""

    backend: str = "docker"  # or "stub"
    docker_host: str | None = None  # unix:///… or tcp://…; None: DOCKER_HOST or the default socket
    warm: Mapping[str, int] = field(default_factory=lambda: {"python": 2})
    max_boxes: int = 4


@dataclass(frozen=True, slots=True)
class SandboxStatus:
    """Can the sandbox judge now? `message` says why not, for people; `warm` is how many boxes stand ready."""

    available: bool
    warm: int
    message: str = ""
