"""In what engines differ that speak Docker's language: each is asked in the words that it understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docker.types import Ulimit

from sandbox.backends.seccomp import profile

SCRATCH_FILES = 4096


@dataclass(frozen=True)
class Dialect:
    """How one engine is asked for a box.

    `scratch_files` is how many files scratch may hold, None where the engine cannot limit it: a program that makes too
    many then ends at its memory. `tmpfs` are folders to be covered that the engine would mount for everybody to write
    to. `kept` makes what a box that is kept has in its configuration besides: its PID 1 makes namespaces and mounts a
    fresh /proc, which the kernel refuses where parts of the one there are hidden; PID 1 hides them itself. `removals`
    is how often the engine is asked to remove a box.
    """

    scratch_files: int | None
    kept: Callable[[], dict[str, Any]]
    tmpfs: Mapping[str, str] = field(default_factory=dict)
    ulimits: tuple[Ulimit, ...] = ()
    removals: int = 1


def _kept_by_docker() -> dict[str, Any]:
    return {"SecurityOpt": [f"seccomp={profile()}"], "MaskedPaths": [], "ReadonlyPaths": []}


def _kept_by_podman() -> dict[str, Any]:
    """It takes a profile by its path only, on its own machine; its own one leaves PID 1 what it needs."""
    return {"SecurityOpt": ["unmask=ALL"]}


MOST_PROCESSES = 4096
"""Podman sets a limit of processes by user where none is named, to the machine's, which it may not everywhere."""
DOCKER = Dialect(SCRATCH_FILES, _kept_by_docker)
PODMAN = Dialect(
    scratch_files=None,
    kept=_kept_by_podman,
    tmpfs={"/var/tmp": "ro,size=4k,noexec,nosuid,nodev"},  # it takes the folder's mode, whatever mode is asked for
    ulimits=(Ulimit(name="nproc", soft=MOST_PROCESSES, hard=MOST_PROCESSES),),
    removals=5,
)


def dialect_of(version: Mapping[str, Any]) -> Dialect:
    """By what the engine says of its version."""
    names = [str(component.get("Name", "")) for component in version.get("Components") or []]
    return PODMAN if any(name.startswith("Podman") for name in names) else DOCKER
