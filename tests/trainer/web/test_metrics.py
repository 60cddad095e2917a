"""Figures for Prometheus."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.orm import Session

from tests.factories import claimed, make_user, make_worker, publish
from trainer.clock import now
from trainer.config import Config
from trainer.db import db
from trainer.models import Submission, SubmissionStatus, User
from trainer.services import judging, submissions, work
from trainer.services.author import Author
from trainer.services.sorts import SORTS
from trainer.web.metrics import are_told
from trainer.web.runtime import runtime
from trainer.work.broker import Broker
from trainer.work.news import News

Figures = dict[tuple[str, ...], float]
JUDGED = ((1, 0, "accepted"), (9, 0, "wrong answer"), (5, 30, "accepted"))
"""Seconds that a verdict took, minutes since it came, and what it was."""


@pytest.fixture
def names(app: Flask) -> list[User]:
    with app.app_context(), db.writing() as session:
        publish(session)
        return [make_user(session, f"s{number}@example.org") for number in range(3)]


def figures(client: FlaskClient) -> Figures:
    """All samples, by their name and the values of their labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_an_empty_place_has_figures(client: FlaskClient) -> None:
    assert figures(client) == {
        ("trainer_workers_present",): 0,
        ("trainer_workers_able",): 0,
        **{("trainer_workers_able_by_sort", sort): 0 for sort in SORTS},
        ("trainer_boxes_ready",): 0,
        ("trainer_streams_open",): 0,
    }


def test_with_a_broker_it_is_told_whether_it_is_there(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        broker = runtime().broker = Broker("amqp://127.0.0.1:1", News())
    assert figures(client)["trainer_broker_connected",] == 0
    assert client.get("/readyz").json["broker"] == "away: judging goes on without it"
    broker.trouble = ""
    assert figures(client)["trainer_broker_connected",] == 1
    assert client.get("/readyz").json["broker"] == "ok"


def test_what_waits_and_who_judges_is_told(app: Flask, client: FlaskClient, names: list[User]) -> None:
    with app.app_context(), db.writing() as session:
        make_worker(session, warm=3)
        sent = [_submit(session, user) for user in names]
        claimed(session, sent[0])
    found = figures(client)
    assert [found["trainer_workers_able_by_sort", sort] for sort in ("python", "data", "service")] == [1, 1, 0]
    assert found["trainer_work", "submit", "waiting"] == 2
    assert found["trainer_work", "submit", "held"] == 1
    assert 0 <= found["trainer_work_oldest_seconds", "submit"] < 60
    assert (found["trainer_workers_present",], found["trainer_workers_able",], found["trainer_boxes_ready",]) == (
        1,
        1,
        3,
    )


def test_verdicts_and_their_time_are_told_of_the_last_minutes(
    app: Flask, client: FlaskClient, names: list[User]
) -> None:
    with app.app_context(), db.writing() as session:
        for user, (seconds, ago, verdict) in zip(names, JUDGED, strict=True):
            row = _submit(session, user)
            row.judged_at = now() - timedelta(minutes=ago)
            row.created_at = row.judged_at - timedelta(seconds=seconds)
            row.status, row.verdict = SubmissionStatus.JUDGED, verdict
            work.forget(session, judging.WORK[row.purpose], row.id)
    found = figures(client)
    judged = {key[1]: value for key, value in found.items() if key[0] == "trainer_judged_recently"}
    assert judged == {"accepted": 1, "wrong answer": 1}
    assert found["trainer_verdict_seconds", "0.5"] == pytest.approx(1, abs=0.1)
    assert found["trainer_verdict_seconds", "0.95"] == pytest.approx(9, abs=0.1)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "trainer.example.org"}, False),
        ({"TRAINER_PROXIES": 1}, False),
        ({"TRAINER_PUBLIC_URL": "https://trainer.example.org"}, False),
        ({"HOST": "0.0.0.0", "TRAINER_METRICS": True}, True),
    ],
)
def test_strangers_are_told_only_where_that_is_asked_for(settings: dict[str, object], told: bool) -> None:
    assert are_told(Config(**settings)) is told


@pytest.mark.own_app
def test_where_they_are_not_told_there_is_no_such_page(app: Flask, client: FlaskClient) -> None:
    found = app.extensions["trainer"]
    found.config = found.config.model_copy(update={"host": "0.0.0.0"})
    assert client.get("/metrics").status_code == 404


def _submit(session: Session, user: User) -> Submission:
    return submissions.submit(session, Author(user_id=user.id), "double", language="python", source="x")
