"""What the fork does: cuts itself off from the harness, bounds itself, runs one case and is gone."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # what `signal` calls, without making enums: 0.15 ms of each case
import marshal
import os
import random
import resource
import signal
import sys
from dataclasses import dataclass
from types import CodeType
from typing import Any, NoReturn

from sandbox.harness.host import set_dumpable
from sandbox.languages.python.program import observe

REPORT_FD, CODE_FD = 3, 4
MOST_CODE_BYTES = 1 << 20
SEED = 1
leave = os._exit  # a student may put something else there
MOST_FDS = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


@dataclass(frozen=True)
class Load:
    """What all cases of a box share."""

    source: str
    signature: dict[str, Any]
    time_limit_s: float
    wall_limit_s: float
    output_bytes: int
    value_bytes: int
    code: bytes = b""  # the program compiled, as `marshal` writes it, once a case has done so


@dataclass(frozen=True)
class Streams:
    """Descriptors that the fork keeps: its input, the write ends of its outputs, of its report and of its code.

    The last is closed before any of the program runs: what comes out there is the compiler's alone.
    """

    nothing: int
    stdout: int
    stderr: int
    report: int
    code: int


def run_case(load: Load, arguments: list[Any], streams: Streams) -> NoReturn:
    """Never returns, and never lets a copy that the student forked answer in its place."""
    status = 1
    try:
        _cut_off(streams)
        _bound(load)
        random.seed(SEED)  # a program that draws gets the same verdict each time; os.urandom and `secrets` stay random
        born = os.getpid()
        code = marshal.loads(load.code) if load.code else None
        if code is not None:
            os.close(CODE_FD)
        report = observe(load.source, load.signature, arguments, code, _pass_on)
        if os.getpid() == born:
            _flush()
            _write_all(REPORT_FD, report)
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


def _bound(load: Load) -> None:
    """First to be ended when memory runs out; a CPU limit of its own, should PID 1 be slow to look."""
    set_dumpable(True)  # its files in /proc are root's otherwise
    score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(score, b"1000")
    os.close(score)
    seconds = int(load.time_limit_s) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            stream.flush()  # type: ignore[union-attr]
        except Exception:
            continue


def _pass_on(code: CodeType) -> None:
    """Let later cases have what the compiler made of the program, where that can be written down."""
    try:
        data = marshal.dumps(code)
    except (ValueError, MemoryError):
        data = b""
    if len(data) <= MOST_CODE_BYTES:
        _write_all(CODE_FD, data)
    os.close(CODE_FD)


def _write_all(fd: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]
