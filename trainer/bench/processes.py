"""How long a verdict takes where another process judges, beside one process that does both. Needs PostgreSQL."""

from __future__ import annotations

from typing import Any

from trainer.bench.client import Client
from trainer.bench.served import served, slug
from trainer.bench.timing import measure
from trainer.bench.yardsticks import SOURCE

CASES, JUDGES, ROUNDS = 1, 2, 3


def measure_processes(database_url: str, times: int) -> dict[str, Any]:
    """From submit to the `judged` event and the verdict, one way and the other in turns. `database_url` names a
    PostgreSQL database whose rows are of no worth."""
    seen: dict[str, list[dict[str, float]]] = {"one_process": [], "two_processes": []}
    for _ in range(ROUNDS):
        for name, judges, apart in (("one_process", JUDGES, 0), ("two_processes", 0, JUDGES)):
            with served((CASES,), 1, judges=judges, judges_apart=apart, database_url=database_url) as server:
                client = Client(server.port, server.tokens[0])
                seen[name].append(measure(lambda: client.judged(slug(CASES), SOURCE), times, warm=5))  # noqa: B023
    medians = {name: min(one["median_ms"] for one in rounds) for name, rounds in seen.items()}
    return {
        "one_process_ms": medians["one_process"],
        "two_processes_ms": medians["two_processes"],
        "ratio": round(medians["two_processes"] / medians["one_process"], 3),
        "rounds": seen,
    }
