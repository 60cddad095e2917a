"""Hundreds of open event streams, on real sockets: they hold no threads, hear verdicts, and end with the server."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.conftest import ending
from tests.factories import make_package, make_user
from tests.served import Server
from tests.trainer.web.test_server import until
from trainer.app import create_app
from trainer.config import Config
from trainer.db import db
from trainer.models import Submission, SubmissionStatus
from trainer.services import keys, submissions
from trainer.services.author import Author
from trainer.web.dispatcher import LAST_CHUNK
from trainer.web.server import GRACE_S
from trainer.web.stream import STREAMS

THREADS = 4
PEOPLE = 60
MOST = PEOPLE * STREAMS
"""Streams that are open in the end: far more than threads."""
TIMEOUT_S = 60

Write = Callable[[Callable[[Session], Any]], Any]


class Stream:
    """A client with a stream, and what it has read of it."""

    def __init__(
        self, server: Server, stack: ExitStack, submission_id: int, token: str, *, version: str = "1.1"
    ) -> None:
        self.socket = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT_S))
        self.text = b""
        path = f"/api/v1/submissions/{submission_id}/events"
        self.socket.sendall(
            f"GET {path} HTTP/{version}\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        )

    def until(self, words: bytes) -> bytes:
        while words not in self.text:
            piece = self.socket.recv(65536)
            assert piece, self.text
            self.text += piece
        return self.text

    def rest(self) -> bytes:
        while piece := self.socket.recv(65536):
            self.text += piece
        return self.text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("streams")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    for path, content in make_package().files.items():
        target = home / "problems" / "double" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (home / "problems" / "topics.yaml").write_text("- {id: arrays, title: Arrays, group: Data structures}\n")
    made = Server(
        home / "home",
        home / "problems",
        TRAINER_BACKEND="stub",
        TRAINER_JUDGES="0",
        TRAINER_THREADS=str(THREADS),
        TRAINER_STREAMS=str(MOST),
    )
    made.start()
    yield made
    made.end()


@pytest.fixture
def write(server: Server, home: Path) -> Write:
    """Does something to the server's database, past the server."""
    problems = home / "problems"
    app = create_app(Config(TRAINER_HOME=home / "home", TRAINER_PROBLEMS=problems, TRAINER_JUDGES=0, DATABASE_URL=""))

    def act(verb: Callable[[Session], Any]) -> Any:
        with app.app_context(), ending(db.engine), db.writing() as session:
            return verb(session)

    return act


@pytest.fixture
def waiting(write: Write) -> list[tuple[int, str]]:
    """Submissions that wait, and the keys of those who sent them."""

    def send(session: Session) -> list[tuple[int, str]]:
        session.execute(sa.delete(Submission))
        names = [f"{secrets.token_hex(8)}@example.org" for _ in range(PEOPLE)]
        people = [make_user(session, email=name) for name in names]
        return [
            (
                submissions.submit(session, Author(user_id=user.id), "double", language="python", source="x").id,
                keys.make_token(session, user, "test"),
            )
            for user in people
        ]

    found: list[tuple[int, str]] = write(send)
    return found


def threads_of(server: Server) -> int:
    """Of the process that serves."""
    [child] = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    found = re.search(r"^Threads:\s+(\d+)", Path(f"/proc/{child}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1])


def test_hundreds_of_streams_hold_no_threads_and_hear_the_verdict(
    server: Server, waiting: list[tuple[int, str]], write: Write
) -> None:
    with ExitStack() as stack:
        streams = [Stream(server, stack, *one) for one in waiting for _ in range(STREAMS)]
        for stream in streams:
            assert b"Transfer-Encoding: chunked" in stream.until(b"event: state")
        assert threads_of(server) < THREADS + 20
        status, answer = server.call("GET", "/api/v1/problems", token=waiting[0][1])
        assert (status, len(answer["problems"])) == (200, 1)
        one_more = Stream(server, stack, *waiting[0])
        head = one_more.until(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nRetry-After: 1\r\n" in head
        judged = {"status": SubmissionStatus.JUDGED, "verdict": "accepted"}
        write(lambda session: session.execute(sa.update(Submission).values(**judged)))
        for stream in streams:
            text = stream.rest()
            assert text.count(b"event: judged") == 1
            assert text.endswith(LAST_CHUNK)
    status, answer = server.call("GET", "/api/v1/progress", token=waiting[0][1])
    assert status == 200


def test_who_leaves_makes_room(server: Server, waiting: list[tuple[int, str]]) -> None:
    for _ in range(3):
        with ExitStack() as stack:

            def is_let_in(stack: ExitStack = stack) -> bool:
                """It may take a moment until it is noticed that others have left."""
                return Stream(server, stack, *waiting[0]).until(b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")

            for _ in range(STREAMS):
                until(is_let_in, "room")
            assert not is_let_in()


def test_an_old_client_gets_events_without_chunks(server: Server, waiting: list[tuple[int, str]], write: Write) -> None:
    with ExitStack() as stack:
        stream = Stream(server, stack, *waiting[0], version="1.0")
        stream.until(b"event: state")
        write(lambda session: session.execute(sa.update(Submission).values(status=SubmissionStatus.JUDGED)))
        head, _, body = stream.rest().partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert body.startswith(b"retry: 1000\n\nevent: state\n")
    assert body.endswith(b"}\n\n")


def test_ctrl_c_ends_open_streams_cleanly_and_soon(server: Server, waiting: list[tuple[int, str]]) -> None:
    with ExitStack() as stack:
        streams = [Stream(server, stack, *one) for one in waiting for _ in range(2)]
        for stream in streams:
            stream.until(b"event: state")
        began = time.monotonic()
        assert server.interrupt() == 0
        assert time.monotonic() - began < GRACE_S, "no stream was waited for"
        assert all(stream.rest().endswith(LAST_CHUNK) for stream in streams)
    assert "Traceback" not in server.output
    server.start()


def test_a_request_for_the_head_alone_takes_no_stream(server: Server, waiting: list[tuple[int, str]]) -> None:
    number, token = waiting[0]
    for _ in range(2 * STREAMS):
        with ExitStack() as stack:
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=TIMEOUT_S))
            client.sendall(
                f"HEAD /api/v1/submissions/{number}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                f"Authorization: Bearer {token}\r\n\r\n".encode()
            )
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
