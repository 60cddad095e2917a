"""PID 1's line to the host, and what makes PID 1 unreachable for whatever else runs in its box."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Any

from sandbox.harness.frames import read_frame, write_all, write_frame

PROTOCOL = 2
PR_SET_DUMPABLE = 4

prctl = ctypes.CDLL(None, use_errno=True).prctl


class Unfit(Exception):
    """The box is not fit for work. The message says what it lacks."""


class Host:
    """The other end: frames on what were standard input and output, moved out of the student's reach."""

    def __init__(self) -> None:
        self.requests = os.dup(0)
        self._answers = os.dup(1)
        self.nothing = os.open("/dev/null", os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(self.nothing, fd)

    def read(self) -> Any:
        return read_frame(self.requests)

    def move(self, requests: int, answers: int) -> None:
        """Let other descriptors be the line to the host, and close those that were."""
        for fd in (self.requests, self._answers):
            os.close(fd)
        self.requests, self._answers = requests, answers

    def tell_failure(self, error: Exception) -> None:
        """Of the harness itself, whose standard error nobody reads. The host takes it as a box that is broken."""
        self.write({"event": "failed", "message": f"{type(error).__name__}: {error}"[:500]})

    def write(self, head: dict[str, Any], *parts: bytes) -> None:
        write_frame(self._answers, head, *parts)

    def pass_on(self, frames: bytes) -> None:
        """Write frames that another process made."""
        write_all(self._answers, frames)


def set_dumpable(yes: bool) -> None:
    """Whether processes of the same user may read, trace and copy from this one."""
    prctl(PR_SET_DUMPABLE, int(yes), 0, 0, 0)


def withdraw() -> None:
    """Make this process, PID 1, unreachable: signals without a handler do nothing to it, nobody may look inside."""
    set_dumpable(False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
