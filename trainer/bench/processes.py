"""How long a verdict takes where another process judges, beside one process that does both. Needs PostgreSQL."""

from __future__ import annotations

from typing import Any

from trainer.bench.client import Client
from trainer.bench.served import served, slug
from trainer.bench.timing import measure
from trainer.bench.yardsticks import SOURCE

CASES, JUDGES, ROUNDS = 1, 2, 3


def measure_processes(database_url: str, times: int, broker_url: str = "") -> dict[str, Any]:
    """From submit to the `judged` event and the verdict, each way in turns. `database_url` names a PostgreSQL database
    whose rows are of no worth, `broker_url` a RabbitMQ."""
    ways = [("one_process", JUDGES, 0, ""), ("two_processes", 0, JUDGES, "")]
    if broker_url:
        ways.append(("with_broker", 0, JUDGES, broker_url))
    seen: dict[str, list[dict[str, float]]] = {name: [] for name, *_ in ways}
    for _ in range(ROUNDS):
        for name, judges, apart, broker in ways:
            with served(
                (CASES,), 1, judges=judges, judges_apart=apart, database_url=database_url, broker_url=broker
            ) as server:
                client = Client(server.port, server.tokens[0])
                seen[name].append(measure(lambda: client.judged(slug(CASES), SOURCE), times, warm=5))  # noqa: B023
    medians = {name: min(one["median_ms"] for one in rounds) for name, rounds in seen.items()}
    return {
        **{f"{name}_ms": median for name, median in medians.items()},
        "ratio": round(medians["two_processes"] / medians["one_process"], 3),
        "rounds": seen,
    }
