"""A server's package starts its server when it is installed. Who installs one for its program wants none to run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")
DENIED = 101
REFUSAL = f"""#!/bin/sh
# Written by `python -m sandbox.apt`, for the time of one installation: nothing is started by it.
exit {DENIED}
"""


@contextmanager
def none_started() -> Iterator[None]:
    """Installing starts no service during the block, by what Debian's scripts ask before they start one.

    A policy that is there is its owner's and stays as it is. One of ours, of a run that was killed, goes with this one.
    """
    try:
        with open(POLICY, "x", opener=_executable) as file:
            file.write(REFUSAL)
    except FileExistsError:
        if POLICY.read_bytes() != REFUSAL.encode():
            yield
            return
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def _executable(path: str, flags: int) -> int:
    return os.open(path, flags, 0o755)
