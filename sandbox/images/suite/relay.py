"""Runs work of the suite in a fork and passes on what it reports; nothing that is missing there is passed over.

How the fork ended goes to the host with "done": "finished", "time" where its time was over, "memory" where it took more
than the box has, "died" where it ended in any other way.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

from suite.load import slowness

from sandbox.harness.counters import Counters
from sandbox.harness.frames import Closed
from sandbox.harness.host import Host
from sandbox.images.suite.bounds import MOST_REPORT

Work = Callable[[Callable[[dict[str, Any]], None]], None]


class Relay:
    """Forks one after the other. `memory` is what the last phase left for the next ones; it never leaves the box."""

    def __init__(self, host: Host, counters: Counters) -> None:
        self._host = host
        self._counters = counters
        self.memory: dict[str, Any] = {}

    def run(self, work: Work, within_s: float) -> None:
        """Fork for the work and pass each of its reports to the host as a frame; "done" comes last.

        After each report the fork waits until the host says "go on": it looks at the service first, so that what the
        next step makes the service write is not taken for this one's.
        """
        kills = self._counters.oom_kills()
        reader, writer = os.pipe()
        gate, opener = os.pipe()
        pid = os.fork()
        if pid == 0:
            _in_fork(work, (reader, opener), (gate, writer), self._host.nothing)
        os.close(writer)
        os.close(gate)
        try:
            for line in _lines(reader, self._host, within_s):
                self._pass_on(line)
                with suppress(BrokenPipeError):
                    os.write(opener, b".")
        finally:
            os.close(reader)
            os.close(opener)
            status = _end_all(pid)
        self._host.write({"event": "done", "end": self._end(status, kills)})

    def _pass_on(self, line: bytes) -> None:
        """What the next phase is to find stays here. A report is bounded where it is made; one beyond that is told."""
        if line.startswith(b'{"memory": '):
            self.memory = json.loads(line)["memory"]
            return
        fits = len(line) <= MOST_REPORT
        self._host.write({"event": "report" if fits else "too large", "parts": [len(line) * fits]}, line * fits)
        self._host.read()

    def _end(self, status: int, kills_before: int) -> str:
        if status == 0:
            return "finished"
        if self._counters.oom_kills() > kills_before:
            return "memory"
        return "time" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else "died"


def _end_all(pid: int) -> int:
    """End every process of the box but this one. How the fork `pid` ended, as waitpid tells it."""
    found = 1
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    while True:
        try:
            ended, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return found
        if ended == pid:
            found = status


def _in_fork(work: Work, of_parent: tuple[int, int], own: tuple[int, int], nothing: int) -> NoReturn:
    gate, writer = own
    code = 1
    try:
        os.setsid()
        for fd in of_parent:
            os.close(fd)
        for fd in (0, 1, 2):
            os.dup2(nothing, fd)

        def report(value: dict[str, Any]) -> None:
            data = json.dumps(value).encode() + b"\n"
            while data:
                data = data[os.write(writer, data) :]
            os.read(gate, 1)

        work(report)
        code = 0
    finally:
        os._exit(code)


def _lines(fd: int, host: Host, within_s: float) -> Iterator[bytes]:
    """Lines as they come, until the fork has ended or the time is over. Raises Closed if the host goes.

    The time is that of an idle machine: on a busy one it is longer in proportion.
    """
    started = time.monotonic()
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    poller.register(host.requests, 0)  # hang-up is always told
    rest = b""
    while (left := _left(started, within_s)) > 0:
        ready = [found for found, _ in poller.poll(left * 1000)]
        if host.requests in ready:
            raise Closed
        if fd not in ready:
            continue
        chunk = os.read(fd, 1 << 16)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _left(started: float, within_s: float) -> float:
    """Seconds until a look at the time is due again, or none."""
    passed = time.monotonic() - started
    return within_s - passed if passed < within_s else within_s * slowness() - passed
