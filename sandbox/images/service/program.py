"""The service as a process: started by a shell, its output gathered, ended together with all that it started."""

from __future__ import annotations

import os
import resource
import signal
import time
from contextlib import suppress

from sandbox.harness.host import set_dumpable
from sandbox.images.service.files import FOLDER

CHUNK = 1 << 16
MOST_READS = 64
"""Chunks read at once: a flood must not keep PID 1 from listening to the host."""
REAP_WITHIN_S = 10.0
PATH = "/usr/local/bin:/usr/bin:/bin"


class Program:
    """One service: all processes that its start led to. It runs as long as one of them lives.

    `exit` and `signal` say how it ended, and are None while its first process runs. What the first process said counts,
    unless it said only that all is well and left others to serve: then it is the last one's word.
    Of the log the first `log_bytes` are kept; `log_end` counts them, `log_cut` says that there was more. `clean` is
    False where something could not be ended. The n-th start has the hash seed n: sets of texts have the same order in
    each judging, and yet a hash that is kept across a restart is found out.
    """

    def __init__(self, command: str, env: dict[str, str], log_bytes: int) -> None:
        self._starts = 0
        self._command = command
        self._env = {"PATH": PATH, "HOME": FOLDER, "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"} | env
        self._limit = log_bytes
        self._log = bytearray()
        self._pid: int | None = None
        self.log_fd: int | None = None
        self.log_cut = False
        self.exit: int | None = None
        self.signal: int | None = None
        self.clean = True

    @property
    def running(self) -> bool:
        return self._reap()

    @property
    def log_end(self) -> int:
        return len(self._log)

    def log_since(self, start: int) -> bytes:
        return bytes(self._log[start:])

    def start(self) -> None:
        """Start it; one that runs is ended before."""
        self.stop()
        self.exit = self.signal = None
        self._starts += 1
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        pid = os.fork()
        if pid == 0:
            _become(self._command, {"PYTHONHASHSEED": str(self._starts)} | self._env, writer)
        os.close(writer)
        self._pid, self.log_fd = pid, reader

    def stop(self) -> None:
        """End every process of the box but this one, and read what is left of the log."""
        deadline = time.monotonic() + REAP_WITHIN_S
        self.clean = False
        while not self.clean and time.monotonic() < deadline:
            with suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
            self.clean = not self._reap()
            if not self.clean:
                time.sleep(0.001)
        self.read_log()
        if self.log_fd is not None:
            os.close(self.log_fd)
            self.log_fd = None

    def read_log(self) -> None:
        """Take what the service wrote, as far as it is kept."""
        for _ in range(MOST_READS):
            if self.log_fd is None:
                return
            try:
                chunk = os.read(self.log_fd, CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                os.close(self.log_fd)
                self.log_fd = None
            room = self._limit - len(self._log)
            self._log += chunk[:room]
            self.log_cut |= len(chunk) > room

    def _reap(self) -> bool:
        """Take in the dead; False when no process is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self._pid or self.exit == 0:
                self._pid = None
                self.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
                self.exit = None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _become(command: str, env: dict[str, str], log: int) -> None:
    """In the fork: turn into the shell that starts the service. Never returns."""
    try:
        os.setsid()
        nothing = os.open("/dev/null", os.O_RDONLY)
        for fd, place in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(fd, place)
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        set_dumpable(True)  # its files in /proc are root's otherwise
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, b"1000")
        os.close(score)
        os.chdir(FOLDER)
        os.execve("/bin/sh", ["sh", "-c", f"exec {command}"], env)
    finally:
        os._exit(127)
