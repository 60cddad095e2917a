"""What the sandbox needs of whatever isolates: an interface that the core owns and backends implement.

A box starts with its harness warm. It serves one submission and is thrown away, or it is kept and serves one after the
other. Host and harness speak in frames: four bytes of length (big endian), then the body.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from sandbox.languages import language

USUAL_MEMORY_MIB = 256


@dataclass(frozen=True, slots=True)
class BoxSpec:
    """One sort of box; `image` is the folder that its image is made from. Boxes of one spec are alike.

    `programs_in_scratch`: what lies in scratch may be executed, as what a compiler of machine code makes has to be.
    `guests` are boxes that join its network, and share nothing else with it. `keep` asks for a box that serves one
    submission after the other, each in namespaces of its own; a backend that cannot give one gives one of the usual.
    """

    image: str
    memory_mib: int = USUAL_MEMORY_MIB
    cpus: float = 1.0
    pids: int = 64
    open_files: int = 256
    scratch_mib: int = 16
    guests: tuple[BoxSpec, ...] = ()
    keep: bool = False
    programs_in_scratch: bool = False


DATA = BoxSpec("data", memory_mib=512, pids=128, scratch_mib=192)
SPECS = {
    "data": DATA,
    # The data box owns the network: one that joined another's is cut off when its owner ends.
    "service": replace(
        DATA,
        guests=(
            BoxSpec("service", memory_mib=384, pids=64, open_files=256, scratch_mib=64),
            BoxSpec("suite", memory_mib=256, pids=128, open_files=512),
        ),
    ),
}
"""Of sorts of boxes that need other bounds than programs do, or company."""


def usual_spec(image: str) -> BoxSpec:
    """The sort of box that an image is usually started as, ahead of need."""
    return SPECS.get(image) or program_spec(image, USUAL_MEMORY_MIB)


def images_of(spec: BoxSpec) -> tuple[str, ...]:
    """The images that its boxes are made from."""
    return (spec.image, *(image for guest in spec.guests for image in images_of(guest)))


def program_spec(name: str, memory_mib: int, *, keep: bool = True) -> BoxSpec:
    """The box that a language's programs get under a memory limit: what its runtime needs comes on top."""
    found = language(name)
    if found is None:
        return BoxSpec(name, memory_mib, keep=keep)
    needs = found.needs
    return BoxSpec(
        name,
        memory_mib + needs.memory_mib,
        pids=needs.pids,
        scratch_mib=needs.scratch_mib,
        keep=keep,
        programs_in_scratch=needs.programs_in_scratch,
    )


class Box(Protocol):
    """One started box."""

    @property
    def id(self) -> str: ...

    @property
    def guests(self) -> tuple[Box, ...]:
        """Boxes that joined its network; they are discarded with it."""

    def send(self, *frames: bytes) -> None:
        """Write frames, all at once. Raises BoxDied."""

    def receive(self, timeout_s: float, limit: int) -> bytes:
        """Wait for one frame of at most `limit` bytes. Raises BoxSilent, BoxDied, BoxBroken."""

    def alive(self) -> bool:
        """Is a box that nobody talks to still there? Cheap, and may be late to notice."""

    @property
    def holds_inputs(self) -> bool:
        """Does it take inputs ahead, and keep each from the program until the case before has ended?"""

    @property
    def may_serve_again(self) -> bool:
        """Is it a box that is kept, and young enough?"""

    def renew(self) -> bool:
        """End the submission that it serves, and wait until it is ready for another. False: it is to be discarded."""

    def discard(self) -> None:
        """Kill and remove it. Never raises; may be called twice."""


class Backend(Protocol):
    """What starts boxes."""

    def start(self, spec: BoxSpec) -> Box:
        """Start one box and return when its harness is ready. Raises EngineUnavailable, ImageMissing, BoxDied."""

    @property
    def why_single(self) -> str:
        """Why no box is kept; empty where they are, or where none was started yet."""

    def ping(self) -> None:
        """Return if the engine answers. Raises EngineUnavailable."""

    def sweep(self) -> int:
        """Remove boxes that nobody will: those of processes of this host that live no more, and own ones that were
        lost while the engine was away. How many there were. Raises EngineUnavailable."""

    def close(self, boxes: Iterable[Box] = ()) -> None:
        """Give connections back, after discarding these boxes."""
