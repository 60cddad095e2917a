"""Watches one fork from outside: gathers what it writes, measures the box, ends it, leaves nothing of it."""

from __future__ import annotations

import os
import select
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sandbox.harness.counters import Counters
from sandbox.harness.frames import Closed
from sandbox.harness.patience import patience_s, starved_s

CHUNK = 1 << 16
SHORTEST_WAIT_S = 0.005
REAP_WITHIN_S = 10.0


@dataclass
class Sink:
    """Keeps what comes out of a pipe, up to `limit` bytes. `share` are sinks that the limit counts as well."""

    fd: int
    limit: int
    share: list[Sink] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)
    over: bool = False

    def take(self) -> bool:
        """Read once. False when nothing more can come, or nothing is there."""
        try:
            chunk = os.read(self.fd, CHUNK)
        except BlockingIOError:
            return False
        room = self.limit - sum(len(sink.data) for sink in self.share) - len(self.data)
        self.data += chunk[: max(0, room)]
        self.over |= len(chunk) > room
        return bool(chunk) and not self.over


@dataclass
class Watch:
    """One case under way."""

    pid: int
    time_limit_s: float
    wall_limit_s: float
    counters: Counters
    sinks: list[Sink]
    cpu_before_ns: int
    started: float
    patience_s: float = 0.0  # how long the program wanted to run, and the machine had no time for it

    def until_end(self, host_fd: int) -> str:
        """Wait until the fork ends or oversteps: "ended", "cpu", "wall", "output". Raises Closed if the host goes."""
        poller = select.poll()
        process = os.pidfd_open(self.pid)
        poller.register(process, select.POLLIN)
        poller.register(host_fd, 0)  # hang-up is always told
        by_fd = {sink.fd: sink for sink in self.sinks}
        for fd in by_fd:
            poller.register(fd, select.POLLIN)
        try:
            while True:
                ready = [fd for fd, _ in poller.poll(self._wait_ms())]
                if host_fd in ready:
                    raise Closed
                for fd in ready:
                    if fd in by_fd and not by_fd[fd].take():
                        poller.unregister(fd)
                if end := self._overstepped():
                    return end
                if process in ready:
                    return "ended"
        finally:
            os.close(process)

    def cpu_ns(self) -> int:
        return self.counters.cpu_ns() - self.cpu_before_ns

    def _wait_ms(self) -> float:
        cpu_left = self.time_limit_s - self.cpu_ns() / 1e9
        return 1000 * max(SHORTEST_WAIT_S, min(cpu_left, self._wall_left_s()))

    def _wall_left_s(self) -> float:
        return self.wall_limit_s + self.patience_s - (time.monotonic() - self.started)

    def _overstepped(self) -> str:
        if any(sink.over for sink in self.sinks):
            return "output"
        if self.cpu_ns() > self.time_limit_s * 1e9:
            return "cpu"
        if self._wall_left_s() <= 0:
            self.patience_s = patience_s(starved_s(), self.wall_limit_s)
            return "wall" if self._wall_left_s() <= 0 else ""
        return ""


@dataclass(frozen=True)
class Remains:
    """What is known once every process of the case is dead."""

    status: int
    peak_kib: int
    all_dead: bool


def kill_everything(pid: int) -> Remains:
    """End every process of the box but this one. No process can be born meanwhile: the signal reaches all at once."""
    status, peak = 0, 0
    deadline = time.monotonic() + REAP_WITHIN_S
    while time.monotonic() < deadline:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            found, how, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return Remains(status, peak, all_dead=True)
        peak = max(peak, usage.ru_maxrss)
        if found == pid:
            status = how
        elif found == 0:
            time.sleep(0.0002)
    return Remains(status, peak, all_dead=False)


def how_it_ended(status: int) -> dict[str, Any]:
    if os.WIFSIGNALED(status):
        return {"signal": os.WTERMSIG(status), "exit": None}
    return {"signal": None, "exit": os.WEXITSTATUS(status)}
