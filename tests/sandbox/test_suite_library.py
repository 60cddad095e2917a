"""The client that suites are written with, beside services that answer together, slowly, early or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from suite.answers import Answer
from suite.bursts import in_rounds
from suite.client import Client, Transcript
from suite.expectations import Mismatch, NoAnswer, TooSlow

CLIENTS = 8
ROUNDS = 6


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    came: list[float]
    line = threading.Lock()

    def do_GET(self) -> None:
        with self.line:
            self.came.append(time.monotonic())
        getattr(self, self.path.split("?")[0].strip("/"))()

    def do_POST(self) -> None:
        """Refuse before the body is read, and hang up."""
        self.send_response(413)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def fine(self) -> None:
        self._say(200, b"{}")

    def dripping_head(self) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1000)

    def dripping_body(self) -> None:
        self._drip(b"a" * 1000, head=b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")

    def hangs_up_next(self) -> None:
        self._say(200, b"{}")
        self.close_connection = True

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, text: bytes, head: bytes = b"") -> None:
        self.close_connection = True
        self.wfile.write(head)
        for byte in text:
            try:
                self.wfile.write(bytes([byte]))
            except OSError:
                return
            time.sleep(0.02)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def came() -> list[float]:
    return []


@pytest.fixture
def url(came: list[float]) -> Iterator[str]:
    handler = type("Counting", (Service,), {"came": came})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def transcript() -> Transcript:
    return Transcript()


@pytest.fixture
def client(transcript: Transcript, url: str) -> Client:
    return Client(transcript, url)


def rounds_of(transcript: Transcript, url: str, send: Any) -> list[list[Answer]]:
    return in_rounds(transcript, CLIENTS, ROUNDS, send, url)


def test_requests_of_a_round_wait_for_the_last_of_them(transcript: Transcript, url: str, came: list[float]) -> None:
    """The slowest to make ready comes 0.2 s late, and none of the others goes before it."""
    ready: list[float] = []

    def send(turn: int, number: int, client: Client) -> Answer:
        if number == turn:
            time.sleep(0.2)
            ready.append(time.monotonic())
        return client.get("/fine")

    answers = rounds_of(transcript, url, send)
    assert [[answer.status for answer in turn] for turn in answers] == [[200] * CLIENTS] * ROUNDS
    turns = [came[first : first + CLIENTS] for first in range(0, len(came), CLIENTS)]
    assert [turn[0] >= moment for turn, moment in zip(turns, ready, strict=True)] == [True] * ROUNDS
    assert min(turn[-1] - turn[0] for turn in turns) < 0.1


def test_a_call_that_asks_nothing_holds_up_nobody(transcript: Transcript, client: Client, url: str) -> None:
    idle = client.get("/fine")
    started = time.monotonic()
    rounds_of(transcript, url, lambda turn, number, client: idle if number == turn else client.get("/fine"))
    assert time.monotonic() - started < 5


def test_an_error_ends_the_rounds(transcript: Transcript, url: str, came: list[float]) -> None:
    def send(turn: int, number: int, client: Client) -> Answer:
        return client.get("/fine").status_is(404 if (turn, number) == (1, 3) else 200)

    with pytest.raises(Mismatch, match="status 404"):
        rounds_of(transcript, url, send)
    assert len(came) < 4 * CLIENTS


@pytest.mark.parametrize("path", ["/dripping_head", "/dripping_body"])
def test_an_answer_that_drips_has_no_more_time(transcript: Transcript, client: Client, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(TooSlow, match=r"no whole answer within 0\.3 s"):
        client.get(path, within_s=0.3)
    assert 0.3 <= time.monotonic() - started < 2
    assert transcript.take()[0][0]["note"] == "no whole answer within 0.3 s"


def test_waiting_for_the_others_is_no_time_of_the_service(transcript: Transcript, url: str) -> None:
    def send(_: int, number: int, client: Client) -> Answer:
        if number == 0:
            time.sleep(0.5)
        return client.get("/fine", within_s=0.4)

    in_rounds(transcript, 2, 1, send, url)
    assert all(exchange["ms"] < 400 for exchange in transcript.take()[0])


def test_an_answer_before_the_body_is_read_is_an_answer(client: Client) -> None:
    assert client.post("/large", body=b"a" * 900_000).status == 413


def test_a_service_that_hung_up_is_asked_on_a_new_connection(client: Client) -> None:
    for _ in range(3):
        client.get("/hangs_up_next").status_is(200)


def test_where_nothing_listens_there_is_no_answer(transcript: Transcript) -> None:
    with pytest.raises(NoAnswer, match="no answer"):
        Client(transcript, "http://127.0.0.1:1").get("/")
