"""PID 1 of a box that is kept: it serves one submission after the other, each in namespaces of its own.

It never holds a program or an input: a fork in new namespaces is made before the host sends any, reads them from the
host itself, and is PID 1 for all that the program starts. When it ends, the kernel ends everything in there, and only
then is the next one made. After anything but an orderly end the box ends.
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
from sandbox.harness.host import Host, Unfit
from sandbox.harness.namespaces import fork_apart, other_writable_places, settle

OVER, HUNG_UP, FAILED = 0, 3, 4


def keep(
    host: Host, guard: Guard, bounds: Bounds, counters: Counters, ready: Callable[[], None], serve: Callable[[], None]
) -> None:
    """Let `serve` take one submission after the other, after `ready` has told the host.

    Returns when the host hangs up. Ends the process, in the way that the fork ended, where that was not as agreed: the
    kernel ended it for want of memory, or it failed.
    """
    covered = other_writable_places()

    def inside() -> NoReturn:
        status = FAILED
        try:
            settle(bounds, covered)
            guard.install()
            check_process(bounds)
            ready()
            serve()
            status = OVER
        except Closed:
            status = HUNG_UP
        except Unfit as error:
            host.write({"event": "unfit", "message": str(error)})
        except Exception as error:
            host.tell_failure(error)
        finally:
            os._exit(status)

    while True:
        killed = counters.oom_kills()
        status = _wait_for(fork_apart(inside))
        if os.WIFSIGNALED(status):
            os._exit(128 + os.WTERMSIG(status))
        if os.WEXITSTATUS(status) == HUNG_UP:
            return
        if os.WEXITSTATUS(status) != OVER or counters.oom_kills() > killed:
            os._exit(128 + signal.SIGKILL if counters.oom_kills() > killed else FAILED)


def _wait_for(pid: int) -> int:
    """How it ended. This process inherits orphans, and reaps them on the way."""
    while True:
        found, status = os.wait()
        if found == pid:
            return status
