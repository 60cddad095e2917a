"""News of one process reaches another one by the database, also after the connection was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
import sqlalchemy as sa

from tests.postgres import PostgresServer
from trainer.work.news import QUEUED_SUBMISSIONS, Inbox, News, console_host_topic, submission_topic
from trainer.work.relay import CHANNELS, FOR_WORKERS, MOST_WAITING, Relay

LONG_S = 60
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s AND datname = current_database()"

pytestmark = pytest.mark.postgres


class Process:
    """What a process has of news."""

    def __init__(self, url: str, channels: Sequence[str] = CHANNELS) -> None:
        self.news = News()
        self.relay = Relay(url, self.news, channels)


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.fresh()


@pytest.fixture
def process(url: str) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def begin(channels: Sequence[str] = CHANNELS) -> Process:
        made.append(Process(url, channels))
        made[-1].relay.start()
        assert made[-1].relay.listens.wait(LONG_S)
        return made[-1]

    yield begin
    for one in made:
        one.relay.stop()


def cut(url: str) -> None:
    """End the connections of all relays, as a database does that is started anew."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(CUT, ("LISTEN%",))
    engine.dispose()


def test_others_hear_what_is_published(process: Callable[..., Process]) -> None:
    judge, *web = process(), process(), process()
    for one in web:
        with Inbox(one.news, "submission 1", "submission 2") as inbox:
            judge.news.publish("submission 1")
            assert inbox.take(LONG_S) == {"submission 1"}


def test_a_process_does_not_hear_itself_twice(process: Callable[..., Process]) -> None:
    this, other = process(), process()
    heard: list[str] = []
    with Inbox(this.news, "from the other") as inbox:
        this.news.subscribe("mine", heard.append)
        this.news.publish("mine")
        other.news.subscribe("mine", lambda _: other.news.publish("from the other"))
        this.news.publish("mine")
        assert inbox.take(LONG_S) == {"from the other"}
    assert heard == ["mine", "mine"]


def test_a_worker_hears_of_work_and_not_of_verdicts(process: Callable[..., Process]) -> None:
    server, worker = process(), process((FOR_WORKERS,))
    of_mine = console_host_topic("mine")
    with Inbox(worker.news, submission_topic(1), QUEUED_SUBMISSIONS, of_mine) as inbox:
        for topic in (submission_topic(1), QUEUED_SUBMISSIONS, of_mine):
            server.news.publish(topic)
        heard: set[str] = set()
        while of_mine not in heard:  # what was published before it has come before it
            heard |= inbox.take(LONG_S)
    assert heard == {QUEUED_SUBMISSIONS, of_mine}
    with Inbox(server.news, submission_topic(2)) as inbox:
        worker.news.publish(submission_topic(2))
        assert inbox.take(LONG_S) == {submission_topic(2)}


def test_after_a_lost_connection_all_topics_are_news(url: str, process: Callable[..., Process]) -> None:
    judge, web = process(), process()
    with Inbox(web.news, "submission 1", "submission 2") as inbox:
        cut(url)
        judge.news.publish("submission 1")  # whether or not this is sent, nothing is missed
        heard: set[str] = set()
        while heard != {"submission 1", "submission 2"}:
            taken = inbox.take(LONG_S)
            assert taken
            heard |= taken
        assert web.relay.listens.wait(LONG_S)
        judge.news.publish("submission 2")
        assert inbox.take(LONG_S)


def test_who_stops_sends_what_it_has_published(process: Callable[..., Process]) -> None:
    judge, web = process(), process()
    with Inbox(web.news, "the last word") as inbox:
        judge.news.publish("the last word")
        judge.relay.stop()
        assert inbox.take(LONG_S) == {"the last word"}


def test_a_database_that_is_away_costs_the_publisher_neither_time_nor_much_memory() -> None:
    alone = Process("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    alone.relay.start()
    for number in range(2 * MOST_WAITING):
        alone.news.publish(f"submission {number}")
    assert len(alone.relay._waiting) == MOST_WAITING
    assert not alone.relay.listens.is_set()
    alone.relay.stop()
