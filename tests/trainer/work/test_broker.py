"""RabbitMQ wakes a worker in another process, and whatever becomes of its messages does no harm."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pika
import pytest
from structlog.testing import capture_logs

from tests.rabbitmq import PASSWORD, QUEUES, USER, RabbitServer
from tests.trainer.web.test_server import until
from trainer.work import broker as module
from trainer.work import deliveries
from trainer.work.broker import Broker
from trainer.work.lanes import Lane
from trainer.work.news import QUEUED_SUBMISSIONS, QUEUED_UPLOADS, News, submission_topic

LONG_S = 60.0
NOBODY = f"amqp://{USER}:{PASSWORD}@127.0.0.1:1"
SUBMISSIONS, UPLOADS = "trainer.judging", "trainer.slow"


class Web:
    """A process that queues work. `told` is what it told all others by the database."""

    def __init__(self, url: str) -> None:
        self.news = News()
        self.told: list[str] = []
        self.news.carry = self.told.append
        self.broker = Broker(url, self.news)

    def start(self, *, connects: bool = True) -> None:
        self.broker.start()
        assert not connects or self.broker.is_connected.wait(LONG_S), self.broker.trouble

    def stop(self) -> None:
        self.broker.stop()


class Judging(Web):
    """A process with one thread that judges. `rows` wait for it; it counts the times when it looks and finds none."""

    def __init__(self, url: str, lane: str) -> None:
        super().__init__(url)
        self.looks, self.begun, self.go_on = threading.Semaphore(0), threading.Semaphore(0), threading.Event()
        self.rows = 0
        self.can_work = True
        self.go_on.set()
        self._lane = Lane(lane, 1, self._step)
        self.broker.feed([self._lane], lambda: self.can_work)

    def start(self, *, connects: bool = True) -> None:
        self._lane.start()
        super().start(connects=connects)

    def stop(self) -> None:
        self.go_on.set()
        self._lane.stop(LONG_S)
        super().stop()

    def wait_for_a_look(self) -> None:
        assert self.looks.acquire(timeout=LONG_S), "nobody looked for work"

    def wait_for_work(self) -> None:
        assert self.begun.acquire(timeout=LONG_S), "nobody began to work"

    def _step(self) -> bool:
        if not self.rows:
            self.looks.release()
            return False
        self.rows -= 1
        self.begun.release()
        self.go_on.wait(LONG_S)
        return True


class Processes:
    """Begins processes, which end with the test."""

    def __init__(self, stack: ExitStack, server: RabbitServer) -> None:
        self._stack = stack
        self.server = server

    def web(self, url: str = "", *, connects: bool = True) -> Web:
        return self._begin(Web(url or self.server.url), connects)

    def judging(self, lane: str = "judging", *, busy: bool = False) -> Judging:
        made = Judging(self.server.url, lane)
        if busy:
            made.rows = 1
            made.go_on.clear()
        self._begin(made, True)
        return made

    def _begin(self, made: Web, connects: bool) -> Web:
        self._stack.callback(made.stop)
        made.start(connects=connects)
        return made


@pytest.fixture
def processes(rabbitmq: RabbitServer) -> Iterator[Processes]:
    with ExitStack() as stack:
        yield Processes(stack, rabbitmq.emptied())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker's thread looks around more often, and waits less."""
    monkeypatch.setattr(module, "TICK_S", 0.02)
    monkeypatch.setattr(module, "LONGEST_PAUSE_S", 0.1)
    monkeypatch.setattr(module, "CONNECT_S", 0.3)


@pytest.mark.parametrize(
    ("topic", "lane"), [(QUEUED_SUBMISSIONS, "judging"), (QUEUED_SUBMISSIONS, "brief"), (QUEUED_UPLOADS, "slow")]
)
def test_what_is_queued_wakes_a_worker_elsewhere_and_nobody_else(processes: Processes, topic: str, lane: str) -> None:
    worker, web = processes.judging(lane), processes.web()
    web.news.publish(topic)
    worker.wait_for_a_look()
    assert web.told == []


def test_other_news_goes_to_all_by_the_database(processes: Processes) -> None:
    web = processes.web()
    web.news.publish(submission_topic(1))
    assert web.told == [submission_topic(1)]


def test_a_message_is_acknowledged_when_the_work_is_recorded_and_one_comes_for_each_thread(
    processes: Processes,
) -> None:
    """While its thread works, the next message waits for whoever is free: another process takes it."""
    worker, web = processes.judging(busy=True), processes.web()
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_work()
    web.news.publish(QUEUED_SUBMISSIONS)
    until(lambda: processes.server.ready(SUBMISSIONS) == 1, "a message that waits")
    other = processes.judging()
    other.wait_for_a_look()
    until(lambda: processes.server.ready(SUBMISSIONS) == 0, "nothing that waits")
    assert not other.looks.acquire(blocking=False)
    worker.stop()
    assert processes.server.ready(SUBMISSIONS) == 0


def test_what_a_dead_worker_held_wakes_another_one(processes: Processes) -> None:
    worker, web = processes.judging(busy=True), processes.web()
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_work()
    worker.broker.stop()
    processes.judging().wait_for_a_look()


@pytest.mark.usefixtures("quick")
def test_long_work_is_acknowledged_before_rabbitmq_closes_the_channel(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LONGEST_HELD_S", 0.1)
    worker, web = processes.judging(busy=True), processes.web()
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_work()
    web.news.publish(QUEUED_SUBMISSIONS)
    until(lambda: processes.server.ready(SUBMISSIONS) == 0, "the next message")
    worker.broker.stop()
    assert processes.server.ready(SUBMISSIONS) <= 1
    worker.go_on.set()


def test_garbage_and_doubled_messages_are_looks_in_vain(processes: Processes) -> None:
    worker = processes.judging()
    with processes.server.channel() as channel:
        for body in (b"", b"\xff\x00 no text", b'{"id": 1}', b'{"id": 1}', b"x" * 1_000_000):
            channel.basic_publish("", SUBMISSIONS, body, pika.BasicProperties(content_type="application/x-strange"))
    for _ in range(5):
        worker.wait_for_a_look()
    assert processes.server.ready(SUBMISSIONS) == 0
    assert worker.broker.trouble == ""


@pytest.mark.usefixtures("quick")
def test_a_worker_that_cannot_work_leaves_messages_to_others(processes: Processes) -> None:
    worker, web = processes.judging(), processes.web()
    worker.can_work = False
    with processes.server.channel() as channel:
        until(lambda: channel.queue_declare(SUBMISSIONS, passive=True).method.consumer_count == 0, "no consumer")
    web.news.publish(QUEUED_SUBMISSIONS)
    until(lambda: processes.server.ready(SUBMISSIONS) == 1, "a message that waits")
    worker.can_work = True
    worker.wait_for_a_look()


def test_messages_do_not_pile_up_while_nobody_judges(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.TO_SEND, "expiration", "1")
    web = processes.web()
    for _ in range(100):
        web.news.publish(QUEUED_UPLOADS)
    until(lambda: not web.broker._waiting, "all that is published")
    until(lambda: processes.server.ready(UPLOADS) == 0, "an empty queue")


@pytest.mark.usefixtures("quick")
def test_deleted_queues_are_made_anew(processes: Processes) -> None:
    worker, web = processes.judging(), processes.web()
    with processes.server.channel() as channel:
        for queue in QUEUES:
            channel.queue_delete(queue)
    until(lambda: processes.server.ready(SUBMISSIONS) == 0, "the queue")
    assert worker.broker.is_connected.wait(LONG_S)
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_a_look()


@pytest.mark.usefixtures("quick")
def test_a_broker_that_comes_back_with_an_empty_disk_is_used_again(processes: Processes) -> None:
    worker, web = processes.judging(), processes.web()
    with capture_logs() as logs:
        processes.server.stop()
        until(lambda: web.broker.trouble and worker.broker.trouble, "the loss")
        assert web.broker.trouble.startswith("The broker is away, and work is found without it: ")
        web.news.publish(QUEUED_SUBMISSIONS)
        assert web.told == [QUEUED_SUBMISSIONS]
        processes.server.start()
        for one in (web, worker):
            assert one.broker.is_connected.wait(LONG_S)
            assert one.broker.trouble == ""
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_a_look()
    assert web.told == [QUEUED_SUBMISSIONS]
    assert sorted(line["event"] for line in logs) == sorted(2 * ["the broker is away", "the broker is there again"])


def test_encrypted_connections_check_who_answers(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(processes.server.authority))
    worker, web = processes.judging(), processes.web(processes.server.tls_url)
    web.news.publish(QUEUED_SUBMISSIONS)
    worker.wait_for_a_look()
    monkeypatch.delenv("SSL_CERT_FILE")
    stranger = processes.web(processes.server.tls_url, connects=False)
    until(lambda: "certificate verify failed" in stranger.broker.trouble, "the refusal")


def test_who_is_refused_reads_why_and_nobody_reads_the_password(processes: Processes) -> None:
    here = f"127.0.0.1:{processes.server.port}"
    reasons = {
        f"amqp://{USER}:{PASSWORD}x@{here}": "ACCESS_REFUSED - Login was refused",
        f"amqp://{USER}:{PASSWORD}@{here}/none": "NOT_ALLOWED - vhost none not found",
        f"amqps://{USER}:{PASSWORD}@{here}": "wrong version number",
    }
    for url, why in reasons.items():
        assert why in trouble_of(processes.web(url, connects=False))


def trouble_of(web: Web) -> str:
    found = until(lambda: "not reached yet" not in web.broker.trouble and web.broker.trouble, "a reason")
    assert PASSWORD not in found
    return str(found)


def test_a_queue_that_somebody_made_otherwise_is_named(processes: Processes) -> None:
    with processes.server.channel() as channel:
        channel.queue_declare(SUBMISSIONS, durable=False)
    try:
        trouble = trouble_of(processes.web(connects=False))
        assert "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'trainer.judging'" in trouble
    finally:
        processes.server.emptied()


@pytest.mark.usefixtures("quick")
def test_a_broker_that_is_away_costs_who_queues_work_neither_time_nor_news() -> None:
    with capture_logs() as logs, socket.create_server(("127.0.0.1", 0)) as silent:
        answers_never = f"amqp://{USER}:{PASSWORD}@127.0.0.1:{silent.getsockname()[1]}"
        for url, why in ((NOBODY, "Connection refused"), (answers_never, "it does not answer in time")):
            web = Web(url)
            web.start(connects=False)
            for _ in range(100):
                web.news.publish(QUEUED_SUBMISSIONS)
            assert web.told == 100 * [QUEUED_SUBMISSIONS]
            assert trouble_of(web).endswith(why)
            web.stop()
    assert [line["event"] for line in logs] == 2 * ["the broker is away"]
    assert PASSWORD not in str(logs)


def test_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(NOBODY)
    pauses: list[float] = []

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 12:
            web.broker._stopping.set()

    monkeypatch.setattr(module.random, "uniform", lambda _, most: most)
    monkeypatch.setattr(web.broker._stopping, "wait", wait)
    web.broker._run()
    assert pauses == [0.5, 1, 2, 4, 8, *[15] * 7]
