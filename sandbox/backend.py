"""What the sandbox needs of whatever isolates: an interface that the core owns and backends implement.

A box starts with its harness warm, serves one submission and is thrown away. Host and harness speak in frames:
four bytes of length (big endian), then the body.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BoxSpec:
    """One sort of box; `image` is the folder that its image is made from. Boxes of one spec are alike."""

    image: str
    memory_mib: int = 256
    cpus: float = 1.0
    pids: int = 64
    open_files: int = 256
    scratch_mib: int = 16


SPECS = {"data": BoxSpec("data", memory_mib=512, pids=128, scratch_mib=192)}
"""Of images whose boxes need other bounds than programs do."""


def usual_spec(image: str) -> BoxSpec:
    """The sort of box that an image is usually started as, ahead of need."""
    return SPECS.get(image, BoxSpec(image))


class Box(Protocol):
    """One started box."""

    @property
    def id(self) -> str: ...

    def send(self, frame: bytes) -> None:
        """Write one frame. Raises BoxDied."""

    def receive(self, timeout_s: float, limit: int) -> bytes:
        """Wait for one frame of at most `limit` bytes. Raises BoxSilent, BoxDied, BoxBroken."""

    def alive(self) -> bool:
        """Is a box that nobody talks to still there? Cheap, and may be late to notice."""

    def discard(self) -> None:
        """Kill and remove it. Never raises; may be called twice."""


class Backend(Protocol):
    """What starts boxes."""

    def start(self, spec: BoxSpec) -> Box:
        """Start one box and return when its harness is ready. Raises EngineUnavailable, ImageMissing, BoxDied."""

    def ping(self) -> None:
        """Return if the engine answers. Raises EngineUnavailable."""

    def sweep(self) -> int:
        """Remove boxes that nobody will: those of processes of this host that live no more, and own ones that were
        lost while the engine was away. How many there were. Raises EngineUnavailable."""

    def close(self, boxes: Iterable[Box] = ()) -> None:
        """Give connections back, after discarding these boxes."""
