"""What the operator decides about the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`warm` says how many boxes of each image stand ready; `builds` are images that are built in the background, in
    this order, where they are missing; `max_boxes`, `max_memory_mib` what works at once.

    A box counts as one, a service as its three; their memory is what they may take, not what they take. An engine on a
    small machine needs smaller figures: one service takes 1,152 MiB.
    """

    backend: str = "docker"  # or "stub"
    docker_host: str | None = None  # unix:///… or tcp://…; None: DOCKER_HOST or the default socket
    boxes: Literal["auto", "kept", "single"] = "auto"  # auto: kept where the engine and the machine allow it
    warm: Mapping[str, int] = field(default_factory=lambda: {"python": 2})
    builds: tuple[str, ...] = ()
    max_boxes: int = 16
    max_memory_mib: int = 6400


@dataclass(frozen=True, slots=True)
class SandboxStatus:
    """Can the sandbox judge now? `message` says why not, for people; `warm` is how many boxes stand ready.

    `why_single` says why each box serves one submission only; it is empty where boxes are kept.
    """

    available: bool
    warm: int
    message: str = ""
    why_single: str = ""
