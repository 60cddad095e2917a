"""How busy the machine is: limits of time are meant for an idle one."""

from __future__ import annotations

import time

PROBE_CPU_S = 0.03
MOST = 3.0


def slowness() -> float:
    """How many times as long as on an idle machine work takes at the moment: from 1 to 3, so that all has an end."""
    began, cpu = time.monotonic(), time.process_time()
    while (worked := time.process_time() - cpu) < PROBE_CPU_S:
        pass
    return min(MOST, max(1.0, (time.monotonic() - began) / worked))
