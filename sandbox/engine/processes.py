"""Which processes live, read from /proc: a pid file proves nothing, its pid may be a zombie's or somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
GONE_STATES = frozenset("ZXx")


def is_alive(pid: int, program: str) -> bool:
    """Whether this pid is a process that runs this program, in our own pid and mount namespaces."""
    try:
        head, _, tail = (PROC / str(pid) / "stat").read_text().rpartition(")")
        return head.partition("(")[2] == program and tail.split()[0] not in GONE_STATES and _is_neighbour(pid)
    except OSError:
        return False


def find(program: str) -> list[int]:
    """The pids of all living processes of a program."""
    return [int(path.name) for path in PROC.iterdir() if path.name.isdigit() and is_alive(int(path.name), program)]


def command_line(pid: int) -> list[str]:
    """Empty where it has ended."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def pid_in(file: Path) -> int | None:
    """The pid that a pid file names; None without a file or a number in it."""
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None


def _is_neighbour(pid: int) -> bool:
    """A daemon inside a container is visible from the host, but is none of its own."""
    return all(os.readlink(PROC / str(pid) / "ns" / kind) == os.readlink(PROC / "self/ns" / kind) for kind in _KINDS)


_KINDS = ("pid", "mnt")
