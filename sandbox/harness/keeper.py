"""PID 1 of a box that is kept: it serves one submission after the other, each in namespaces of its own.

It never holds a program or an input. For each submission it forks a holder, which makes new namespaces, forks a PID 1
in them and hands on what the host sends. When that PID 1 ends, the kernel ends everything that its program started, and
only then is the next holder made. After anything but an orderly end the box ends.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import NoReturn

from sandbox.harness.bounds import Bounds, check_process
from sandbox.harness.counters import Counters
from sandbox.harness.frames import Closed
from sandbox.harness.guard import Guard
from sandbox.harness.holder import Holder, Line
from sandbox.harness.host import Host, Unfit
from sandbox.harness.namespaces import give_up_rights, make_namespaces, other_writable_places, settle

OVER, HUNG_UP, FAILED = 0, 3, 4
KILLED = 128 + signal.SIGKILL


def keep(
    host: Host, guard: Guard, bounds: Bounds, counters: Counters, ready: Callable[[], None], serve: Callable[[], None]
) -> None:
    """Let `serve` take one submission after the other, after `ready` has told the host.

    Returns when the host hangs up. Ends the process, in the way that the fork ended, where that was not as agreed: the
    kernel ended it for want of memory, or it failed.
    """
    covered = other_writable_places()

    def inside(line: Line) -> int:
        line.keep_inside(host)
        settle(bounds, covered)
        guard.install()
        check_process(bounds)
        ready()
        serve()
        return FAILED  # it serves until its line is closed

    def outside() -> int:
        line = Line.open()
        make_namespaces()
        pid = os.fork()
        if pid == 0:
            _end(host, lambda: inside(line))
        line.keep_outside()
        give_up_rights()
        guard.install()
        return _hold(host, line, pid)

    while True:
        killed = counters.oom_kills()
        pid = os.fork()
        if pid == 0:
            _end(host, outside)
        status = _wait_for(pid)
        if counters.oom_kills() > killed:
            os._exit(KILLED)
        if status == HUNG_UP:
            return
        if status != OVER:
            os._exit(status)


def _hold(host: Host, line: Line, pid: int) -> int:
    """Hold the inputs of one submission, and tell how it ended."""
    over = hung_up = False
    try:
        over = Holder(host, line, pid).hold()
    except Closed:
        line.close()
        hung_up = True
    status = _wait_for(pid)
    if over and status in (HUNG_UP, KILLED):
        return OVER
    return FAILED if status == HUNG_UP and not hung_up else status


def _end(host: Host, run: Callable[[], int]) -> NoReturn:
    """Run in a fork, and end it with what `run` returns."""
    status = FAILED
    try:
        status = run()
    except Closed:
        status = HUNG_UP
    except Unfit as error:
        host.write({"event": "unfit", "message": str(error)})
    except Exception as error:
        host.tell_failure(error)
    finally:
        os._exit(status)


def _wait_for(pid: int) -> int:
    """Its exit code, or 128 and the signal that ended it. A PID 1 inherits orphans, and reaps them on the way."""
    while True:
        found, status = os.wait()
        if found == pid:
            return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
