"""A wall limit is for those who sleep: time in which a program wanted to run and could not is added to it."""

from __future__ import annotations

import glob

MOST_PATIENCE = 5
"""A case may take so many wall limits in all."""


def patience_s(starved_s: float, wall_limit_s: float) -> float:
    """Seconds to be added to a wall limit for one who was starved so long."""
    return min(starved_s, (MOST_PATIENCE - 1) * wall_limit_s)


def starved_s() -> float:
    """The longest time that a thread of this box was ready to run and had to wait: what a loaded machine took."""
    threads = glob.iglob("/proc/[0-9]*/task/*/schedstat")
    return max((_waited_s(path) for path in threads if not path.startswith("/proc/1/")), default=0.0)


def starved_process_s(pid: int) -> float:
    """The same of one process's first thread, since the process began."""
    return _waited_s(f"/proc/{pid}/schedstat")


def _waited_s(path: str) -> float:
    try:
        with open(path) as stat:
            return int(stat.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0
