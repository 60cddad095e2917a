"""Serves one program and its cases one by one, whatever language it is written in.

PID 1 never runs student code, and no compiler either: each compilation and each case is a fork that is watched and
bounded. When it has ended, everything else in the box is killed and all scratch emptied before the answer goes out, so
cases share nothing. What a compiler made is held by PID 1, where no program reaches it, and each case gets a copy.
"""

from __future__ import annotations

import functools
import os
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandbox.harness.child import MOST_CODE_BYTES, Load, Streams, run_fork
from sandbox.harness.counters import Counters
from sandbox.harness.host import Host
from sandbox.harness.scratch import empty_scratch
from sandbox.harness.start import begin
from sandbox.harness.watch import Sink, Watch, how_it_ended, kill_everything

REPORT_SLACK = 16 << 10
STACK_BYTES = 64 << 20
COMPILE_TIME_S, COMPILE_WALL_S = 10.0, 32.0


class Refused(Exception):
    """The arguments of a case do not fit the signature. The message says where."""


@dataclass(frozen=True)
class Ended:
    """How a fork ended, and what it wrote."""

    end: str  # "ended", "cpu", "wall", "output", "memory"
    status: int
    cpu_ns: int
    wall_s: float
    peak_kib: int
    all_dead: bool
    stdout: bytes
    stderr: bytes
    report: bytes
    code: bytes


class Language:
    """What a language brings to its box: what happens in forks, and how arguments get ready for it.

    `compiles`: is there a compiler that runs before the cases? `most_code_bytes` bounds what it may leave.
    """

    compiles = False
    most_code_bytes = MOST_CODE_BYTES

    def warm(self) -> None:
        """Before the box is ready: have what all forks begin with."""

    def read_arguments(self, signature: dict[str, Any], arguments: list[Any]) -> Any:
        """What `run` gets, made outside of the time that is measured. Raises Refused."""
        return arguments

    def compile(self, load: Load) -> None:
        """In a fork: leave at CODE_FD what later cases are to have, or report at REPORT_FD what is wrong."""

    def run(self, load: Load, arguments: Any) -> None:
        """In a fork: run one case and report. It may replace the process by another program."""
        raise NotImplementedError

    def seen(self, ended: Ended) -> Ended:
        """How a case ended, where a language's runtime has a way of its own to say that memory ran out."""
        return ended

    def code_of(self, load: Load, ended: Ended) -> bytes:
        """What later cases begin with, by how a case ended: for languages whose first case compiles."""
        return load.code


def serve_programs(language: Language, about: Mapping[str, str]) -> None:
    """Be PID 1 of a box of this language. `about` are versions, for the host."""

    def prepare(host: Host, counters: Counters) -> Callable[[], None]:
        resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, STACK_BYTES))  # forks inherit it
        language.warm()
        empty_scratch()
        return functools.partial(serve, host, counters, language)

    begin(prepare, about=about)


def serve(host: Host, counters: Counters, language: Language) -> None:
    """One program, then its cases one by one. Raises Closed when there is no more of it."""
    load = _load(host, counters, language, read_load(host.read()))
    while True:
        frame = host.read()
        try:
            arguments = language.read_arguments(load.signature, frame["arguments"])
        except (Refused, TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            host.write({"event": "refused", "message": f"the arguments do not fit the signature: {error}"})
            continue
        del frame
        work = functools.partial(language.run, load, arguments)
        ended = language.seen(run_and_watch(host, counters, load, work, MOST_CODE_BYTES))
        tell(host, "case", ended)
        load = replace(load, code=language.code_of(load, ended))
        del arguments, work


def _load(host: Host, counters: Counters, language: Language, load: Load) -> Load:
    """Compile the program where that is a step of its own, and tell the host whether it may be run."""
    if not language.compiles:
        host.write({"event": "loaded"})
        return load
    bounds = replace(load, time_limit_s=COMPILE_TIME_S, wall_limit_s=COMPILE_WALL_S)
    work = functools.partial(language.compile, load)
    ended = language.seen(run_and_watch(host, counters, bounds, work, language.most_code_bytes))
    compiled = ended.end == "ended" and ended.status == 0 and not ended.report
    if compiled and ended.all_dead and empty_scratch():
        host.write({"event": "loaded"})
        return replace(load, code=ended.code)
    tell(host, "not compiled", ended)
    while True:
        host.read()  # cases that were sent ahead; none is run


def read_load(frame: dict[str, Any]) -> Load:
    limits = frame["limits"]
    return Load(
        source=frame["source"],
        signature=frame["signature"],
        time_limit_s=limits["time_limit_s"],
        wall_limit_s=limits["wall_limit_s"],
        output_bytes=limits["output_kib"] << 10,
        value_bytes=limits["value_kib"] << 10,
    )


def run_and_watch(host: Host, counters: Counters, load: Load, work: Callable[[], None], most_code: int) -> Ended:
    """Fork, watch, end everything that is left, and say what was seen."""
    readers, writers = zip(*(os.pipe() for _ in range(4)), strict=True)
    oom_before, cpu_before, started = counters.oom_kills(), counters.cpu_ns(), time.monotonic()
    pid = os.fork()
    if pid == 0:
        run_fork(work, Streams(host.nothing, *writers), load.time_limit_s)
    for fd in writers:
        os.close(fd)
    for fd in readers:
        os.set_blocking(fd, False)
    stdout = Sink(readers[0], load.output_bytes)
    stderr = Sink(readers[1], load.output_bytes, share=[stdout])
    stdout.share.append(stderr)
    sinks = [stdout, stderr, Sink(readers[2], load.value_bytes + REPORT_SLACK), Sink(readers[3], most_code)]
    watch = Watch(pid, load.time_limit_s, load.wall_limit_s, counters, sinks, cpu_before, started)
    end = watch.until_end(host.requests)
    wall_s = time.monotonic() - started
    remains = kill_everything(pid)
    for sink in sinks:
        while sink.take():
            pass
        os.close(sink.fd)
    cpu_ns = watch.cpu_ns()
    return Ended(
        _end(end, cpu_ns, load, sinks, counters.oom_kills() > oom_before),
        remains.status,
        cpu_ns,
        wall_s,
        remains.peak_kib,
        remains.all_dead,
        *(bytes(sink.data) for sink in sinks),
    )


def tell(host: Host, event: str, ended: Ended) -> None:
    """Clean up, then answer."""
    parts = (ended.stdout, ended.stderr, ended.report)
    host.write(
        {
            "event": event,
            "end": ended.end,
            **how_it_ended(ended.status),
            "cpu_us": ended.cpu_ns // 1000,
            "wall_us": int(ended.wall_s * 1e6),
            "peak_kib": ended.peak_kib,
            "parts": [len(part) for part in parts],
            "clean": ended.all_dead and empty_scratch(),
        },
        *parts,
    )


def _end(end: str, cpu_ns: int, load: Load, sinks: list[Sink], out_of_memory: bool) -> str:
    """How the fork ended, once all that it left behind has been counted."""
    if out_of_memory:
        return "memory"
    if cpu_ns > load.time_limit_s * 1e9:
        return "cpu"
    if any(sink.over for sink in sinks):
        return "output"
    return end
