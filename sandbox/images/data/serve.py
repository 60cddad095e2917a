"""The harness of the data box, its PID 1: has the servers ready, then runs queries, or lends them to a service."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from sandbox.harness.counters import Counters
from sandbox.harness.host import Host
from sandbox.harness.start import begin
from sandbox.images.data.lend import lend
from sandbox.images.data.query import Load, Queries
from sandbox.images.data.servers import Postgres, ServerFailed


def main() -> None:
    """Serve one judging. Ends when the host hangs up."""
    begin(prepare, servers=True)


def prepare(host: Host, counters: Counters) -> Callable[[], None]:
    """Have the server of queries ready. What it returns serves one judging."""
    try:
        queries = Queries(Postgres(), counters, host.requests)
    except OSError as error:
        raise ServerFailed(str(error)) from error
    return functools.partial(serve, host, queries)


def serve(host: Host, queries: Queries) -> None:
    """Lend the servers to a service, or run queries: the first frame tells."""
    first = host.read()
    if "student_password" in first:
        lend(host, first)
    else:
        serve_queries(host, queries, read_load(first))


def serve_queries(host: Host, queries: Queries, load: Load) -> None:
    """One query, on a data set after the other. What is no query, the first data set tells."""
    host.write({"event": "loaded"})
    while True:
        frame = host.read()
        seen = queries.run(load, "\n".join(frame["arguments"]))
        if seen.refused:
            host.write({"event": "refused", "message": seen.refused})
            continue
        host.write(
            {
                "event": "case",
                "end": seen.end,
                "exit": 0,
                "signal": None,
                "cpu_us": seen.cpu_ns // 1000,
                "wall_us": int(seen.wall_s * 1e6),
                "peak_kib": seen.peak_kib,
                "parts": [0, len(seen.notices), len(seen.report)],
                "clean": True,
            },
            seen.notices,
            seen.report,
        )


def read_load(frame: dict[str, Any]) -> Load:
    limits = frame["limits"]
    return Load(
        query=frame["source"],
        explain=frame["signature"]["explain"],
        time_limit_s=limits["time_limit_s"],
        wall_limit_s=limits["wall_limit_s"],
        value_bytes=limits["value_kib"] << 10,
        notice_bytes=limits["output_kib"] << 10,
    )
