"""The harness of the student's box, its PID 1: keeps the files, starts the service, gathers its log, ends it.

It runs nothing of the student's in itself. A stop ends every process of the box; the files stay, so that a restart
finds what the service wrote.
"""

from __future__ import annotations

import functools
import select
import time
from collections.abc import Callable
from typing import Any

from sandbox.harness.counters import Counters
from sandbox.harness.host import Host
from sandbox.harness.ports import listens
from sandbox.harness.start import begin
from sandbox.images.service.files import FilesRefused, write_files
from sandbox.images.service.program import Program

LONGEST_LOOK_MS = 1000
PORT = 8000


def main() -> None:
    """Serve one judging. Ends when the host hangs up."""
    begin(lambda host, counters: functools.partial(serve, host, counters))


def serve(host: Host, counters: Counters) -> None:
    """Do what the host asks, and read the service's log in between."""
    load = host.read()
    try:
        write_files(load["files"])
    except FilesRefused as error:
        host.write({"event": "refused", "message": str(error)})
        return
    program = Program(load["start"], load["env"], load["log_bytes"])
    deeds: dict[str, Callable[[], None]] = {"start": program.start, "look": program.read_log, "stop": program.stop}
    host.write({"event": "loaded"})
    while True:
        _wait(host, program)
        asked: dict[str, Any] = host.read()
        cpu_before = cpu_of_service(counters)
        deeds[asked["do"]]()
        running = program.running
        program.read_log()  # of one that has ended, its last words
        log = program.log_since(asked["since"])
        host.write(
            {
                "event": "state",
                "running": running,
                "listening": listens(PORT),
                "exit": program.exit,
                "signal": program.signal,
                "cpu_us": (cpu_before if asked["do"] == "stop" else cpu_of_service(counters)) // 1000,
                "oom_kills": counters.oom_kills(),
                "log_end": program.log_end,
                "log_cut": program.log_cut,
                "clean": program.clean,
                "parts": [len(log)],
            },
            log,
        )


def cpu_of_service(counters: Counters) -> int:
    """Nanoseconds that the box's processes have computed, without this one's."""
    return max(0, counters.cpu_ns() - time.process_time_ns())


def _wait(host: Host, program: Program) -> None:
    """Return when the host asks something. Until then the log is read, so that nobody waits for a full pipe."""
    while True:
        poller = select.poll()
        poller.register(host.requests, select.POLLIN)
        if program.log_fd is not None:
            poller.register(program.log_fd, select.POLLIN)
        ready = [fd for fd, _ in poller.poll(LONGEST_LOOK_MS)]
        program.read_log()
        if host.requests in ready:
            return
