"""Figures for Prometheus: what waits, who judges, and how quickly. All processes that share a database tell the same.

Only a server that strangers cannot reach tells them unasked: one that serves on loopback without a proxy in front.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator

from flask import Blueprint, Flask, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from trainer.clock import now
from trainer.config import Config
from trainer.db import db
from trainer.errors import NotFound
from trainer.services import last_hour, workers
from trainer.services.last_hour import RECENT
from trainer.services.sorts import of_installation
from trainer.web.runtime import runtime
from trainer.web.security import limiter

blueprint = Blueprint("metrics", __name__)


def init_metrics(app: Flask) -> None:
    app.register_blueprint(blueprint)
    limiter.exempt(blueprint)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The figures, as text. There is no such page where they are not to be told."""
    if not are_told(runtime().config):
        raise NotFound("There is no such page.")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def are_told(config: Config) -> bool:
    return config.metrics or (_is_loopback(config.host) and not config.proxies and not config.public_url)


class Figures(Collector):
    """Reads them from the database when it is asked, in the request's transaction."""

    def collect(self) -> Iterable[Metric]:
        yield from _queue()
        yield from _workers()
        yield from _judged()
        if (broker := runtime().broker) is not None:
            answers = "Whether this process is connected to the broker."
            yield GaugeMetricFamily("trainer_broker_connected", answers, int(not broker.trouble))
        streams = "Event streams that are open in this process."
        yield GaugeMetricFamily("trainer_streams_open", streams, runtime().stream_limit.open)


def _queue() -> Iterator[Metric]:
    rows = GaugeMetricFamily("trainer_work", "Pieces of work that are not done.", labels=("priority", "status"))
    oldest = GaugeMetricFamily("trainer_work_oldest_seconds", "Age of the oldest of them.", labels=("priority",))
    for one in last_hour.queue(db.session, now()):
        name = one.priority.name.lower()
        for status, count in (("waiting", one.waiting), ("held", one.held), ("set aside", one.set_aside)):
            rows.add_metric((name, status), count)
        oldest.add_metric((name,), one.oldest_s)
    yield rows
    yield oldest


def _workers() -> Iterator[Metric]:
    present = [known for known in workers.listed(db.session) if known.is_present]
    able = [known.row for known in present if known.can_judge]
    yield GaugeMetricFamily("trainer_workers_present", "Processes that judge.", len(present))
    yield GaugeMetricFamily("trainer_workers_able", "Those that can have boxes.", len(able))
    of_sorts = GaugeMetricFamily(
        "trainer_workers_able_by_sort", "Those that can have boxes of a sort.", labels=("sort",)
    )
    for sort in of_installation(runtime().config.offered):
        of_sorts.add_metric((sort,), sum(sort in row.sorts for row in able))
    yield of_sorts
    yield GaugeMetricFamily("trainer_boxes_ready", "Boxes that stand ready.", sum(row.warm for row in able))


def _judged() -> Iterator[Metric]:
    recent = last_hour.recent(db.session, now())
    minutes = int(RECENT.total_seconds() / 60)
    verdicts = GaugeMetricFamily(
        "trainer_judged_recently", f"Submissions judged in the last {minutes} minutes.", labels=("verdict",)
    )
    for verdict, count in sorted(recent.verdicts.items()):
        verdicts.add_metric((verdict,), count)
    yield verdicts
    seconds = GaugeMetricFamily(
        "trainer_verdict_seconds",
        f"From sending to verdict, of those judged in the last {minutes} minutes.",
        labels=("quantile",),
    )
    for quantile, value in recent.seconds.items():
        seconds.add_metric((quantile,), value)
    yield seconds


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
