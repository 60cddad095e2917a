"""Looks from inside whether the box is bounded as it was asked to be: an engine may leave a limit out and say nothing.

A box that is not bounded does no work. What is looked at: memory, processes, processors and the CPU counter in the
cgroup; scratch; root file system; user, capabilities, privileges and filter of this process; interfaces and routes.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sandbox.harness.host import Unfit

CGROUP = "/sys/fs/cgroup"
MOST_CPU_BEFORE_S = 60.0
"""A counter of the whole machine has counted more when a box begins; starting a box takes less than a second."""
FILTERED, NO_FILE = "2", -1
WITHOUT_RIGHTS = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")


class Unbounded(Unfit):
    """The box lacks a bound. The message says which, and what was found."""


@dataclass(frozen=True)
class Bounds:
    """What a box was asked to have. `scratch_files` None: the engine cannot limit the number of files."""

    memory_mib: int
    cpus: float
    pids: int
    scratch_mib: int
    scratch_files: int | None
    kept: bool = False  # serves one submission after the other
    programs_in_scratch: bool = False  # what lies there may be executed

    def spoken(self) -> str:
        """As an argument of the harness."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def heard(cls, argument: str) -> Bounds:
        """Raises Unbounded where a box is started by somebody who asks nothing of it."""
        try:
            return cls(**json.loads(argument))
        except (TypeError, ValueError) as error:
            raise Unbounded("the box was not told what bounds it should have") from error


def check_cgroup(bounds: Bounds) -> None:
    """Raises Unbounded where the engine gave no such limits, or shows the counters of others."""
    _raise_first(_of_cgroup(bounds))


def check_process(bounds: Bounds) -> None:
    """Raises Unbounded where this process, its scratch or its network are not what a program may have."""
    _raise_first(_of_process(bounds))


def _raise_first(complaints: Iterator[str]) -> None:
    for complaint in complaints:
        raise Unbounded(complaint)


def _of_cgroup(bounds: Bounds) -> Iterator[str]:
    memory = bounds.memory_mib << 20
    if os.path.exists(f"{CGROUP}/cgroup.controllers"):
        yield from _wrong("memory limit", _number("memory.max"), memory)
        yield from _wrong("swap limit", _number("memory.swap.max", missing=0), 0)
        yield from _wrong("limit of processes", _number("pids.max"), bounds.pids)
        quota, _, period = _text("cpu.max").partition(" ")
    else:
        yield from _wrong("memory limit", _number("memory/memory.limit_in_bytes"), memory)
        yield from _wrong("swap limit", _number("memory/memory.memsw.limit_in_bytes", missing=memory), memory)
        yield from _wrong("limit of processes", _number("pids/pids.max"), bounds.pids)
        quota, period = _text("cpu/cpu.cfs_quota_us"), _text("cpu/cpu.cfs_period_us")
        if os.path.exists(f"{CGROUP}/cpuacct/release_agent"):
            yield "its CPU counter is the whole machine's"
    if not (quota.isdigit() and period.isdigit() and int(quota) == round(bounds.cpus * int(period))):
        yield f"its processors are not limited to {bounds.cpus:g}: found {quota or 'nothing'}"


def check_counter(cpu_ns: int) -> None:
    """Raises Unbounded where the CPU counter had counted long before the box began."""
    if cpu_ns / 1e9 - time.process_time() > MOST_CPU_BEFORE_S:
        raise Unbounded(f"its CPU counter begins at {cpu_ns / 1e9:.0f} s: it counts others as well")


def _of_process(bounds: Bounds) -> Iterator[str]:
    scratch, root = os.statvfs("/tmp"), os.statvfs("/")
    if not root.f_flag & os.ST_RDONLY:
        yield "its root file system can be written to"
    yield from _wrong("size of scratch", scratch.f_blocks * scratch.f_frsize, bounds.scratch_mib << 20)
    if bounds.scratch_files is not None:
        yield from _wrong("number of files in scratch", scratch.f_files, bounds.scratch_files)
    with open("/proc/self/status") as file:
        status = {name: value.split() for name, _, value in (line.partition(":") for line in file)}
    if "0" in (*status["Uid"], *status["Gid"]):
        yield "it runs as root"
    for name in WITHOUT_RIGHTS:
        if int(status[name][0], 16):
            yield f"it has capabilities: {name} is {status[name][0]}"
    if status["NoNewPrivs"] != ["1"]:
        yield "it may gain privileges"
    if status["Seccomp"] != [FILTERED]:
        yield "its system calls are not filtered"
    if others := _interfaces() - {"lo"}:
        yield f"it has a network: {', '.join(sorted(others))}"


def _interfaces() -> set[str]:
    """Interfaces, and those that a route leads to."""
    with open("/proc/net/dev") as devices, open("/proc/net/route") as routes:
        names = {line.partition(":")[0].strip() for line in devices.readlines()[2:]}
        return names | {line.split()[0] for line in routes.readlines()[1:]}


def _wrong(what: str, found: int, wanted: int) -> Iterator[str]:
    if found != wanted:
        yield f"its {what} is {'missing' if found == NO_FILE else found}, not {wanted}"


def _number(file: str, missing: int = NO_FILE) -> int:
    text = _text(file)
    if not text:
        return missing
    return int(text) if text.isdigit() else NO_FILE


def _text(file: str) -> str:
    try:
        with open(f"{CGROUP}/{file}") as opened:
            return opened.read().strip()
    except OSError:
        return ""
