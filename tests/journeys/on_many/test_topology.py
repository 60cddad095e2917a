"""Two web servers and two workers are one trainer: what one knows the others know, and each may be killed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from pika.adapters.blocking_connection import BlockingChannel
from sqlalchemy.orm import Session

from tests.journeys.conftest import Live, Person
from tests.journeys.tools import RATE_LIMITER
from tests.rabbitmq import QUEUES, RabbitServer
from tests.served import Server
from tests.topology import Topology
from tests.trainer.web.test_server import all_boxes, boxes_of, until
from trainer.db import moment_after
from trainer.models import Console, WorkerProcess
from trainer.services import accounts, keys
from trainer.services.consoles import WORKER_GONE
from trainer.services.workers import GONE_AFTER

pytestmark = pytest.mark.browser

GET = {"method": "GET", "path": "/notes/1"}
SOURCE = "def allowed(*arguments):\n    return []\n"


@pytest.fixture
def token(live: Live, make_person: Callable[..., Person]) -> str:
    """A key for the API of a new student."""
    email = make_person().email

    def make(session: Session) -> str:
        user = accounts.find_by_email(session, email)
        assert user is not None
        return keys.make_token(session, user, "tests")

    found: str = live.write(make)
    return found


def submit(server: Server, token: str) -> int:
    path = f"/api/v1/problems/{RATE_LIMITER}/submissions"
    status, answer = server.call("POST", path, {"language": "python", "source": SOURCE}, token)
    assert status == 202, answer
    return int(answer["id"])


def events(server: Server, submission_id: int, token: str) -> Iterator[tuple[str, Any]]:
    """Names and data of the events of a stream, until it ends."""
    with requests.get(
        f"{server.url}/api/v1/submissions/{submission_id}/events",
        headers={"Authorization": f"Bearer {token}"},
        stream=True,
        timeout=60,
    ) as answer:
        assert answer.status_code == 200, answer.text
        name = ""
        for line in answer.iter_lines(decode_unicode=True):
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield name, json.loads(line.removeprefix("data: "))


def status_of(server: Server, submission_id: int, token: str) -> str:
    return str(server.call("GET", f"/api/v1/submissions/{submission_id}", None, token)[1]["status"])


def consumers(channel: BlockingChannel, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).method.consumer_count)


def test_one_server_streams_what_another_took_and_a_third_judged(many: Topology, token: str) -> None:
    one, other = many.webs
    *_, (name, data) = events(other, submit(one, token), token)
    assert (name, data["status"]) == ("judged", "judged")


def test_both_are_ready_though_neither_has_an_engine(many: Topology) -> None:
    for web in many.webs:
        status, answer = web.call("GET", "/readyz")
        assert (status, answer["workers"]) == (200, {"present": 2, "able": 2})


def test_all_of_them_are_connected_to_the_broker(many: Topology, rabbitmq: RabbitServer) -> None:
    for web in many.webs:
        until(lambda web=web: web.call("GET", "/readyz")[1]["broker"] == "ok", "the connection of a web server")
    with rabbitmq.channel() as channel:
        for queue in QUEUES:
            until(lambda queue=queue: consumers(channel, queue) == len(many.workers), "a consumer for each worker")


def test_limits_count_over_both(many: Topology, token: str) -> None:
    """Thirty submissions a minute are one account's, whichever server takes them. Those of no problem count, too."""
    body = {"language": "python", "source": SOURCE}
    servers = itertools.cycle(many.webs)
    found = [next(servers).call("POST", "/api/v1/problems/none/submissions", body, token)[0] for _ in range(32)]
    assert found == [404] * 30 + [429] * 2


def test_a_killed_worker_loses_nothing(many: Topology, token: str) -> None:
    one, other = many.webs
    first, second = many.workers
    sent = submit(one, token)
    first.kill()
    try:
        until(lambda: status_of(other, sent, token) == "judged", "the other worker's judgement")
        second.kill()
        waiting = submit(other, token)
    finally:
        first.start()
        second.start()
    until(lambda: status_of(one, waiting, token) == "judged", "a judgement after both workers were killed")


def open_console(server: Server, token: str) -> str:
    """The address of a service that was started by way of a server."""
    found = server.call("GET", "/api/v1/problems/keep-a-note", token=token)[1]
    body = {"source": found["starters"]["files"]}
    status, answer = server.call("POST", "/api/v1/problems/keep-a-note/console", body, token)
    assert (status, answer.get("state", answer)["running"]) == (201, True), answer
    return f"/api/v1/consoles/{answer['id']}"


def holder(many: Topology, live: Live, address: str) -> Server:
    """The worker that has a console."""

    def name(session: Session) -> str:
        console = session.get_one(Console, address.rpartition("/")[2])
        return session.get_one(WorkerProcess, console.worker_id).name

    pid = live.write(name).split(":")[1]
    return next(worker for worker in many.workers if str(worker.pid) == pid)


def go_silent(session: Session) -> None:
    """Let the time pass after which workers that tell nothing are taken to be gone; those that live tell again."""
    session.execute(sa.update(WorkerProcess).values(seen_at=moment_after(-GONE_AFTER.total_seconds() - 1)))


def test_a_console_is_asked_by_way_of_any_server(many: Topology, live: Live, token: str) -> None:
    """Of which none has an engine; and it goes on when the one ends by which it was opened."""
    one, other = many.webs
    console = open_console(one, token)
    status, answer = other.call("POST", f"{console}/requests", GET, token)
    assert (status, answer["exchange"]["status"]) == (200, 404)
    assert "GET /notes/1" in one.call("GET", f"{console}?since=0", token=token)[1]["log"]
    one.kill()
    try:
        assert other.call("POST", f"{console}/requests", GET, token)[1]["exchange"]["status"] == 404
    finally:
        one.start()
    assert one.call("DELETE", console, token=token)[0] == 204
    assert other.call("GET", console, token=token)[0] == 404


def test_a_console_tells_that_its_worker_was_killed(many: Topology, live: Live, token: str) -> None:
    one, other = many.webs
    console = open_console(one, token)
    killed = holder(many, live, console)
    left = set(boxes_of(killed))
    assert left
    killed.kill()
    try:
        live.write(go_silent)
        state = until(lambda: (s := other.call("GET", f"{console}?since=0", token=token)[1])["why"] and s, "the end")
        assert (state["running"], state["why"]) == (False, WORKER_GONE)
        status, answer = one.call("POST", f"{console}/requests", GET, token)
        assert (status, answer["detail"]) == (404, WORKER_GONE)
        until(lambda: other.call("GET", "/readyz")[1]["workers"]["able"] == 1, "the other worker's word")
        again = open_console(other, token)
        assert one.call("DELETE", again, token=token)[0] == 204
        until(lambda: left.isdisjoint(all_boxes()), "the removal of its boxes by the other worker")
    finally:
        killed.start()
