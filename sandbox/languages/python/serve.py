"""The harness: PID 1 of a box. Takes one program, then its cases one by one, and answers what was seen of each.

It never runs student code. Every case is a fork; when that has ended, everything else in the box is killed and all
scratch emptied before the answer goes out, so cases share nothing.
"""

from __future__ import annotations

import functools
import importlib
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.harness.counters import Counters
from sandbox.harness.host import Host
from sandbox.harness.start import begin
from sandbox.languages.python.child import MOST_CODE_BYTES, Load, Streams, run_case
from sandbox.languages.python.scratch import empty_scratch
from sandbox.languages.python.values import decoder_of
from sandbox.languages.python.watch import Sink, Watch, how_it_ended, kill_everything

REPORT_SLACK = 16 << 10
STACK_BYTES = 64 << 20
WARM = """
    __future__ abc array bisect calendar collections collections.abc copy csv dataclasses datetime decimal enum
    fractions functools graphlib heapq io itertools json math operator random re statistics string
    textwrap time traceback types typing urllib.parse uuid
"""
"""What students import. Read here once, so that no case pays for it."""


def main() -> None:
    begin(prepare, about={"python": sys.version.split()[0]})


def prepare(host: Host, counters: Counters) -> Callable[[], None]:
    """Be warm. What it returns serves one program."""
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, STACK_BYTES))  # forks inherit it
    for name in WARM.split():
        importlib.import_module(name)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # prints of a killed case are kept
    empty_scratch()
    return functools.partial(serve, host, counters)


def serve(host: Host, counters: Counters) -> None:
    """One program, then its cases one by one. Raises Closed when there is no more of it."""
    load = read_load(host.read())
    while True:
        frame = host.read()
        try:
            arguments = read_arguments(load.signature, frame["arguments"])
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            host.write({"event": "refused", "message": f"the arguments do not fit the signature: {error}"})
            continue
        del frame
        load = serve_case(host, load, arguments, counters)
        del arguments


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


def read_arguments(signature: dict[str, Any], arguments: list[Any]) -> list[Any]:
    """Build the arguments, outside of the time that is measured. Of a class they are calls: [name, argument, …]."""
    if "constructor" not in signature:
        return _builder(signature)(arguments)
    builders = {method["name"]: _builder(method) for method in (signature["constructor"], *signature["methods"])}
    return [[name, *builders[name](given)] for name, *given in arguments]


def _builder(function: dict[str, Any]) -> Callable[[list[Any]], list[Any]]:
    """What builds the arguments of one function: a class is called thousands of times, its types are read once."""
    decoders = [decoder_of(spec) for _, spec in function["parameters"]]
    if not any(decoders):
        return list

    def build(given: list[Any]) -> list[Any]:
        pairs = zip(given, decoders, strict=True)
        return [value if decode is None else decode(value) for value, decode in pairs]

    return build


def serve_case(host: Host, load: Load, arguments: list[Any], counters: Counters) -> Load:
    """Fork, watch, clean up, answer. Returns what later cases begin with: a program is compiled once."""
    readers, writers = zip(*(os.pipe() for _ in range(4)), strict=True)
    oom_before, cpu_before, started = counters.oom_kills(), counters.cpu_ns(), time.monotonic()
    pid = os.fork()
    if pid == 0:
        run_case(load, arguments, Streams(host.nothing, *writers))
    for fd in writers:
        os.close(fd)
    for fd in readers:
        os.set_blocking(fd, False)
    stdout = Sink(readers[0], load.output_bytes)
    stderr = Sink(readers[1], load.output_bytes, share=[stdout])
    stdout.share.append(stderr)
    report = Sink(readers[2], load.value_bytes + REPORT_SLACK)
    code = Sink(readers[3], MOST_CODE_BYTES)
    sinks = [stdout, stderr, report, code]
    watch = Watch(pid, load, counters, sinks, cpu_before, started)
    end = watch.until_end(host.requests)
    wall_s = time.monotonic() - started
    remains = kill_everything(pid)
    for sink in sinks:
        while sink.take():
            pass
        os.close(sink.fd)
    cpu_ns = watch.cpu_ns()
    end = _end(end, cpu_ns, load, sinks, counters.oom_kills() > oom_before)
    host.write(
        {
            "event": "case",
            "end": end,
            **how_it_ended(remains.status),
            "cpu_us": cpu_ns // 1000,
            "wall_us": int(wall_s * 1e6),
            "peak_kib": remains.peak_kib,
            "parts": [len(sink.data) for sink in sinks[:3]],
            "clean": remains.all_dead and empty_scratch(),
        },
        *(bytes(sink.data) for sink in sinks[:3]),
    )
    return compiled(load, end, bytes(stderr.data), bytes(code.data))


def compiled(load: Load, end: str, stderr: bytes, code: bytes) -> Load:
    """What later cases begin with, by how a case ended and what it wrote.

    Code is kept whole or not at all: a case that a limit ended may have been handing it over. A program that writes to
    its standard error may have been warned by the compiler, and is compiled, and warned, each time.
    """
    return replace(load, code=code) if end == "ended" and code and not stderr else load


def _end(end: str, cpu_ns: int, load: Load, sinks: list[Sink], out_of_memory: bool) -> str:
    """How the case ended, once all that it left behind has been counted."""
    if out_of_memory:
        return "memory"
    if cpu_ns > load.time_limit_s * 1e9:
        return "cpu"
    if any(sink.over for sink in sinks):
        return "output"
    return end
