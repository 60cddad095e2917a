"""Whose box is it? A name for this process that no later one on this host will have, and whether its bearer lives."""

from __future__ import annotations

import hashlib
import os
import socket
from functools import cache
from pathlib import Path


@cache
def host_id() -> str:
    """This host, told apart from others that use the same engine."""
    machine = _read("/etc/machine-id") or _read("/var/lib/dbus/machine-id")
    return hashlib.sha256(f"{machine} {socket.gethostname()}".encode()).hexdigest()[:12]


def start_time(pid: int) -> str | None:
    """When a process started: the boot, and clock ticks since then. None if there is no such process, or it is dead."""
    stat = _read(f"/proc/{pid}/stat")
    fields = stat.rpartition(")")[2].split()
    if not fields or fields[0] in "ZX":
        return None
    return f"{_read('/proc/sys/kernel/random/boot_id')[:8]}-{fields[19]}"


def owner_name() -> str:
    """This process, as boxes are labelled: host, process, start."""
    pid = os.getpid()
    return f"{host_id()}:{pid}:{start_time(pid)}"


def is_orphaned(owner: str) -> bool:
    """Was this the name of a process of this host that lives no more? Other hosts' are not ours to judge."""
    host, _, rest = owner.partition(":")
    pid, _, start = rest.partition(":")
    return host == host_id() and pid.isdigit() and start_time(int(pid)) != start


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
