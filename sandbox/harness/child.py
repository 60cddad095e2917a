"""What the fork of one case does, whatever the language: it cuts itself off from the harness and bounds itself."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # what `signal` calls, without making enums: 0.15 ms of each case
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.harness.host import set_dumpable

REPORT_FD, CODE_FD = 3, 4
"""Where a program's runner reports as JSON, and where a compiler leaves what it made."""
MOST_CODE_BYTES = 1 << 20
leave = os._exit  # a student may put something else there
MOST_FDS = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


@dataclass(frozen=True)
class Load:
    """What all cases of a submission share. `code` is what its compiler made; it is empty where there is none."""

    source: str
    signature: dict[str, Any]
    time_limit_s: float
    wall_limit_s: float
    output_bytes: int
    value_bytes: int
    code: bytes = b""


@dataclass(frozen=True)
class Streams:
    """Descriptors that the fork keeps: its input, the write ends of its outputs, of its report and of its code."""

    nothing: int
    stdout: int
    stderr: int
    report: int
    code: int


def run_fork(run: Callable[[], None], streams: Streams, time_limit_s: float) -> NoReturn:
    """Run in the fork, and end it. Never returns, and ends copies that a program forked as well."""
    status = 1
    try:
        _cut_off(streams)
        _bound(time_limit_s)
        run()
        status = 0
    finally:
        leave(status)


def _cut_off(streams: Streams) -> None:
    os.setsid()
    os.dup2(streams.nothing, 0)
    os.dup2(streams.stdout, 1)
    os.dup2(streams.stderr, 2)
    os.dup2(streams.report, REPORT_FD)
    os.dup2(streams.code, CODE_FD)
    os.closerange(CODE_FD + 1, MOST_FDS)
    _signal.signal(signal.SIGINT, signal.default_int_handler)


def _bound(time_limit_s: float) -> None:
    """First to be ended when memory runs out; a CPU limit of its own, should PID 1 be slow to look."""
    set_dumpable(True)  # its files in /proc are root's otherwise
    score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(score, b"1000")
    os.close(score)
    seconds = int(time_limit_s) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def write_out(fd: int, data: bytes) -> None:
    """Write all of it."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]
