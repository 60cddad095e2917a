"""The box's own counters, read from its cgroup: what it has used of the CPU, and whether memory ran out.

Kept open by PID 1, so reading one is a single system call. Version 1 and 2 of cgroups are both understood.
"""

from __future__ import annotations

import os

from sandbox.harness.host import Unfit

CPU_V1 = "/sys/fs/cgroup/cpuacct/cpuacct.usage"
CPU_V2 = "/sys/fs/cgroup/cpu.stat"
MEMORY_V1 = "/sys/fs/cgroup/memory/memory.oom_control"
MEMORY_V2 = "/sys/fs/cgroup/memory.events"


class CountersMissing(Unfit):
    """The engine shows the box no CPU counter."""


class Counters:
    """CPU time in nanoseconds, and how often the kernel ended a process of the box for want of memory."""

    def __init__(self) -> None:
        self._v1 = _open(CPU_V1)
        self._v2 = _open(CPU_V2) if self._v1 is None else None
        self._oom = _open(MEMORY_V2 if self._v1 is None else MEMORY_V1)
        if self._v1 is None and self._v2 is None:
            raise CountersMissing(f"the box can read neither {CPU_V1} nor {CPU_V2}: mount its cgroup read-only")

    def cpu_ns(self) -> int:
        if self._v1 is not None:
            return int(os.pread(self._v1, 64, 0))
        return _field(self._v2, b"usage_usec") * 1000

    def oom_kills(self) -> int:
        return _field(self._oom, b"oom_kill")


def _open(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def _field(fd: int | None, name: bytes) -> int:
    if fd is None:
        return 0
    for line in os.pread(fd, 4096, 0).splitlines():
        key, _, number = line.partition(b" ")
        if key == name:
            return int(number)
    return 0
