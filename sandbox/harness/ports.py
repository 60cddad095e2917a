"""Who listens on a port, as the kernel lists it: looking needs no connection, so no service notices it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

LISTS = ("/proc/net/tcp", "/proc/net/tcp6")
LISTENING = "0A"


def listens(port: int) -> bool:
    """Does something listen where 127.0.0.1 reaches it?"""
    return any(state == LISTENING and address in _REACHED for address, state in _rows(port))


def is_free(port: int) -> bool:
    """Does no socket hold the port, not even one whose connection is over and waits?"""
    return next(_rows(port), None) is None


def _rows(port: int) -> Iterator[tuple[str, str]]:
    """Address and state of every socket with this port on its own side."""
    for path in LISTS:
        try:
            with open(path, encoding="ascii") as file:
                lines = file.readlines()[1:]
        except FileNotFoundError:  # a kernel without IPv6
            continue
        for line in lines:
            _, own, _, state, *_ = line.split()
            address, _, number = own.rpartition(":")
            if int(number, 16) == port:
                yield address, state


def _as_listed(address: str) -> str:
    """An IPv4 address as the kernel writes it: a number of this machine's byte order."""
    return f"{int.from_bytes(socket.inet_aton(address), sys.byteorder):08X}"


_MAPPED = f"{0:016X}{int.from_bytes(bytes((0, 0, 255, 255)), sys.byteorder):08X}"
_REACHED = frozenset(
    {
        _as_listed("127.0.0.1"),
        _as_listed("0.0.0.0"),
        f"{0:032X}",
        *(_MAPPED + _as_listed(address) for address in ("127.0.0.1", "0.0.0.0")),
    }
)
"""Addresses on which 127.0.0.1 is answered: itself, all of IPv4, all of IPv6, and the IPv4 ones written as IPv6."""
