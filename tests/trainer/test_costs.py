"""What a submission may ask of the database on its way: so many statements and transactions, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_user, publish
from tests.statements import Statement, heard
from tests.trainer.work.test_worker import make_data
from trainer.db import db
from trainer.services import keys
from trainer.services.work import OF_STUDENTS
from trainer.web.runtime import runtime

WRONG = "# answers 7"


@dataclass
class Cost:
    """Of the block: `statements` in order, and how many transactions it began and committed."""

    statements: list[Statement]
    begun: int = 0
    committed: int = 0

    def __str__(self) -> str:
        return "\n".join([f"{self.begun} begun, {self.committed} committed", *(one.text for one in self.statements)])


@contextmanager
def counted(engine: sa.Engine) -> Iterator[Cost]:
    def begin(_line: sa.Connection) -> None:
        cost.begun += 1

    def commit(_line: sa.Connection) -> None:
        cost.committed += 1

    with heard(engine) as statements:
        cost = Cost(statements)
        sa.event.listen(engine, "begin", begin)
        sa.event.listen(engine, "commit", commit)
        try:
            yield cost
        finally:
            sa.event.remove(engine, "begin", begin)
            sa.event.remove(engine, "commit", commit)
    cost.statements = [one for one in statements if not one.text.startswith("BEGIN")]


class Way:
    """The way of a submission by the API, step by step: nothing runs beside it."""

    def __init__(self, app: Flask, client: FlaskClient, token: str) -> None:
        self._app = app
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}
        self.url = ""

    def send(self, source: str = "x") -> None:
        sent = self._client.post(
            "/api/v1/problems/double/submissions", json={"language": "python", "source": source}, headers=self._headers
        )
        assert sent.status_code == 202, sent.text
        self.url = sent.json["url"]

    def judge(self) -> None:
        with self._app.app_context():
            worker = runtime().worker
        assert worker is not None
        assert worker._do_next(OF_STUDENTS)

    def read(self) -> str:
        answer = self._client.get(self.url, headers=self._headers)
        assert answer.status_code == 200, answer.text
        return str(answer.json["verdict"])

    def listen(self) -> str:
        return self._client.get(f"{self.url}/events", headers=self._headers).text


@pytest.fixture
def way(app: Flask, client: FlaskClient) -> Way:
    """Somebody who has solved the problem already, in a process that has judged it already."""
    with app.app_context(), db.writing() as session:
        publish(session)
        token = keys.make_token(session, make_user(session), "mine")
    make_data(app)
    made = Way(app, client, token)
    made.send()
    made.judge()
    assert made.read() == "accepted"
    return made


@pytest.fixture
def engine_of(app: Flask) -> sa.Engine:
    with app.app_context():
        return db.engine


def test_sending_takes_seven_statements_and_writes_once(way: Way, engine_of: sa.Engine) -> None:
    with counted(engine_of) as cost:
        way.send()
    assert len(cost.statements) <= 7, cost
    assert (cost.begun, cost.committed) == (2, 2), f"one to read who asks, one that writes: {cost}"


@pytest.mark.parametrize("source", ["x", WRONG])
def test_judging_takes_seven_statements_in_three_transactions(way: Way, engine_of: sa.Engine, source: str) -> None:
    way.send(source)
    with counted(engine_of) as cost:
        way.judge()
    assert len(cost.statements) <= 7, cost
    assert cost.begun <= 3, cost
    assert cost.committed == 2, f"one to claim, one to record: {cost}"


def test_the_first_accepted_one_takes_no_more_statements(
    app: Flask, client: FlaskClient, way: Way, engine_of: sa.Engine
) -> None:
    with app.app_context(), db.writing() as session:
        other = Way(app, client, keys.make_token(session, make_user(session, "other@example.org"), "mine"))
    other.send()
    with counted(engine_of) as cost:
        other.judge()
    assert len(cost.statements) <= 7, cost
    assert other.read() == "accepted"


@pytest.mark.parametrize(("source", "verdict", "most"), [("x", "accepted", 3), (WRONG, "wrong answer", 4)])
def test_reading_what_came_out_takes_one_transaction(
    way: Way, engine_of: sa.Engine, source: str, verdict: str, most: int
) -> None:
    way.send(source)
    way.judge()
    with counted(engine_of) as cost:
        assert way.read() == verdict
    assert len(cost.statements) <= most, cost
    assert (cost.begun, cost.committed) == (1, 0), cost


def test_a_stream_looks_once_at_what_is_judged(way: Way, engine_of: sa.Engine) -> None:
    with counted(engine_of) as cost:
        told = way.listen()
    assert told.count("event: judged") == 1
    assert len(cost.statements) <= 3, cost
    assert (cost.begun, cost.committed) == (2, 0), cost


def test_a_stream_that_is_left_early_leaves_nothing_behind(app: Flask, way: Way) -> None:
    with app.app_context():
        news, limit = runtime().news, runtime().stream_limit
    before = news.topics
    way.send()
    stream = way._client.get(f"{way.url}/events", headers=way._headers)
    assert b"event: state" in next(iter(stream.response))
    assert (len(news.topics - before), limit.open) == (1, 1)
    stream.close()
    assert (news.topics, limit.open) == (before, 0)
