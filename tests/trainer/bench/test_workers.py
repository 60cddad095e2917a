"""What `trainer bench --workers` counts is judged by real workers, and nothing of it stays in the queue."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.conftest import ending
from tests.postgres import PostgresServer
from trainer.bench import workers
from trainer.db import make_engine

pytestmark = pytest.mark.postgres


def test_workers_judge_what_is_queued_and_the_cost_is_told(postgres: PostgresServer) -> None:
    url = postgres.fresh()
    said: list[str] = []
    found = workers.measure_workers(said.append, url, counts=(1,), rounds=1, measured_s=1.0)
    one = found["by_count"]["1"]
    assert 0 < one["judged_per_s"] <= 1000 / found["box_ms"]
    assert one["worker_cpu_ms"] > 0
    assert one["database_cpu_ms"] > 0
    assert one["times_one"] == 1
    assert said == ["workers: 1, round 1 of 1"]
    engine = make_engine(url)
    with ending(engine), engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM work")) == 0


def test_goals_are_judged_by_how_much_more_several_do() -> None:
    figures = {"by_count": {"1": {"times_one": 1.0}, "2": {"times_one": 1.97}, "8": {"times_one": 7.1}}}
    assert list(workers.verdicts(figures).values()) == [True, False]
