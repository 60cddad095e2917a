"""Ports for servers that are told beforehand where to listen."""

from __future__ import annotations

import os
import socket
from itertools import count

EACH = 500
_numbers = count(20_000 + EACH * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")))
"""Each process of tests has its own range, below the ports that systems give out by themselves (from 32768 on)."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody else takes between the choice and its use."""
    for port in _numbers:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("there are more ports")
