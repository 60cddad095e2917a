"""What servers of other languages answer, byte for byte, is read as browsers read it, and spoils no later answer."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable

import pytest
from suite.client import Client
from suite.expectations import Mismatch, NoAnswer, TooSlow

from tests.ports import free_port
from tests.sandbox.suite_library.raw import Behaviour, Line, Service, kept, once, serving

ClientOf = Callable[[Service], Client]
JSON = b'{"id":1,"name":"\xc3\xa9"}'
LENGTH = b"%d" % len(JSON)

ANSWERS = {
    "chunked, kept open (node)": kept(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: x\r\nConnection: keep-alive\r\n"
        b"Keep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n"
        + JSON[:7]
        + b"\r\nb;x=y\r\n"
        + JSON[7:18]
        + b"\r\n%x\r\n" % (len(JSON) - 18)
        + JSON[18:]
        + b"\r\n0\r\n\r\n"
    ),
    "names in small letters (fastify)": kept(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\n"
        b"content-length: " + LENGTH + b"\r\n\r\n" + JSON
    ),
    "names in odd letters (Java)": kept(
        b"HTTP/1.1 200 OK\r\nContent-type: application/json\r\nCONTENT-LENGTH: " + LENGTH + b"\r\n\r\n" + JSON
    ),
    "no length, closed (php -S)": once(
        b"HTTP/1.1 200 OK\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n" + JSON
    ),
    "HTTP/1.0 (http.server)": once(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + JSON),
    "no reason, problem+json": kept(
        b"HTTP/1.1 200 \r\nContent-Type: application/problem+json\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + JSON
    ),
    "100 twice, then the answer (Werkzeug)": kept(
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + JSON
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_an_answer_whatever_its_framing(name: str, client_of: ClientOf) -> None:
    with serving(ANSWERS[name]) as service:
        for _ in range(3):
            answer = client_of(service).post("/items", json={}).status_is(200).type_is("application/json")
            answer.field_is("name", "é").field_is("id", 1)


def in_two_packets(line: Line) -> None:
    while line.hear():
        line.say(b"HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + b"\r\n\r\n")
        line.say(JSON)


def closes_after_a_moment(line: Line) -> None:
    line.hear()
    line.say(b"HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + b"\r\n\r\n", JSON)
    time.sleep(0.02)


def sends_a_body_with_204(line: Line) -> None:
    while line.hear():
        line.say(b"HTTP/1.1 204 No Content\r\nContent-Length: 8\r\n\r\n", b'{"a": 1}')


def counts_characters(line: Line) -> None:
    """One byte of the body is beyond its length, and would begin the next answer."""
    while line.hear():
        line.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(JSON) - 1), JSON)


def resets_the_next(line: Line) -> None:
    """The body stays unread, the connection open; later it is reset."""
    line.hear(body=False)
    line.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    time.sleep(0.05)
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def takes_the_body_for_a_request(line: Line) -> None:
    line.hear(body=False)
    line.say(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    line.say(b"HTTP/1.1 501 Unsupported method\r\nContent-Length: 0\r\n\r\n")


SPOILERS: list[tuple[Behaviour, int]] = [
    (in_two_packets, 200),
    (closes_after_a_moment, 200),
    (sends_a_body_with_204, 204),
    (counts_characters, 200),
    (resets_the_next, 400),
    (takes_the_body_for_a_request, 400),
]


@pytest.mark.parametrize(("behaviour", "status"), SPOILERS, ids=lambda value: getattr(value, "__name__", ""))
def test_no_answer_spoils_the_next(behaviour: Behaviour, status: int, client_of: ClientOf) -> None:
    with serving(behaviour) as service:
        client = client_of(service)
        for _ in range(20):
            assert client.post("/items", body=b"x" * 5000).status == status


def test_twenty_answers_in_two_packets_wait_for_no_timer(client_of: ClientOf) -> None:
    """On a connection that is used again, each would wait 40 ms for the kernel."""
    with serving(in_two_packets) as service:
        client = client_of(service)
        began = time.monotonic()
        for _ in range(50):
            client.get("/").status_is(200)
        assert time.monotonic() - began < 50 * 0.04


@pytest.mark.parametrize("status", [204, 304])
def test_what_has_no_body_has_none_whatever_its_length_says(status: int, client_of: ClientOf) -> None:
    answer = b"HTTP/1.1 %d X\r\nContent-Length: 5\r\nContent-Type: application/json\r\n\r\n" % status
    with serving(kept(answer)) as service:
        assert client_of(service).get("/", within_s=1).status_is(status).content == b""


@pytest.mark.parametrize(
    "head", [b"Content-Length: 23\r\n", b"Connection: close\r\n", b"Transfer-Encoding: chunked\r\n"]
)
def test_head_has_no_body_though_the_connection_stays_open(head: bytes, client_of: ClientOf) -> None:
    with serving(kept(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")) as service:
        answer = client_of(service).send("HEAD", "/items", within_s=1).status_is(200)
        assert answer.content == b""


def test_a_body_that_nobody_reads_costs_no_answer(client_of: ClientOf) -> None:
    """The service answers and closes; the kernel resets the connection, as there is something unread."""

    def refuses(line: Line) -> None:
        line.hear(body=False)
        line.say(b"HTTP/1.0 413 Too Large\r\nContent-Type: text/plain\r\n\r\ntoo large")

    with serving(refuses) as service:
        for size in (1_000, 100_000, 4_000_000):
            answer = client_of(service).post("/", body=b"x" * size)
            assert (answer.status, answer.text) == (413, "too large")


def test_a_body_that_nobody_reads_on_an_open_connection_holds_up_no_answer(client_of: ClientOf) -> None:
    def refuses(line: Line) -> None:
        line.hear(body=False)
        line.say(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        time.sleep(3)

    with serving(refuses) as service:
        assert client_of(service).post("/", body=b"x" * 8_000_000, within_s=2).status == 413


def test_equal_headers_are_one_list_in_one_line_or_in_two(client_of: ClientOf) -> None:
    for lines in (b"Allow: GET\r\nallow: POST,PUT\r\n", b"ALLOW: POST , GET,PUT,\r\n"):
        with serving(kept(b"HTTP/1.1 405 X\r\n" + lines + b"Content-Length: 0\r\n\r\n")) as service:
            answer = client_of(service).get("/")
            assert answer.words("Allow") == {"GET", "POST", "PUT"}
            assert "GET" in answer.header("allow")


def test_several_cookies_stay_several(client_of: ClientOf) -> None:
    lines = b"Set-Cookie: a=1; Expires=Wed, 09 Jun 2038 10:18:14 GMT\r\nset-cookie: b=2; HttpOnly\r\n"
    with serving(kept(b"HTTP/1.1 200 OK\r\n" + lines + b"Content-Length: 0\r\n\r\n")) as service:
        client = client_of(service)
        answer = client.get("/")
        assert client.cookies == {"a": "1", "b": "2"}
        assert answer.cookie("b").attributes == {"httponly": ""}
        assert answer.cookie("a").attributes == {"expires": "Wed, 09 Jun 2038 10:18:14 GMT"}
        with pytest.raises(Mismatch, match="a cookie called c"):
            answer.cookie("c")


def test_an_answer_that_is_cut_off_says_so(client_of: ClientOf) -> None:
    cut = once(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
    with serving(cut) as service, pytest.raises(NoAnswer, match="5 bytes"):
        client_of(service).get("/")


def test_a_service_that_hangs_up_is_not_asked_again(client_of: ClientOf) -> None:
    """It may have done what was asked: a request leaves once."""
    with serving(lambda line: [line.hear(), None][1]) as service:
        with pytest.raises(NoAnswer):
            client_of(service).post("/orders", json={})
        assert len(service.heads) == 1


def test_an_answer_that_never_ends_is_too_slow(client_of: ClientOf) -> None:
    def half(line: Line) -> None:
        line.hear()
        line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
        line.hear()

    with serving(half) as service, pytest.raises(TooSlow, match=r"no whole answer within 0\.3 s"):
        client_of(service).get("/", within_s=0.3)


@pytest.mark.parametrize(("slowness", "status"), [(1.0, None), (3.0, 200)])
def test_on_a_busy_machine_an_answer_may_take_longer(
    slowness: float, status: int | None, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(line: Line) -> None:
        line.hear()
        time.sleep(0.5)
        line.say(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    monkeypatch.setattr("suite.wire.slowness", lambda: slowness)
    with serving(late) as service:
        if status:
            client_of(service).get("/", within_s=0.3).status_is(status)
        else:
            with pytest.raises(TooSlow):
                client_of(service).get("/", within_s=0.3)


def left_behind(port: int) -> int:
    """Connections that keep the port of the service taken for a minute after they have ended."""
    with open("/proc/net/tcp", encoding="ascii") as file:
        rows = [line.split() for line in file.readlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "06" for row in rows)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_service_that_reuses_no_address_can_be_started_again_at_once(name: str, client_of: ClientOf) -> None:
    port = free_port()
    with serving(ANSWERS[name], port=port) as service:
        client = client_of(service)
        for _ in range(10):
            client.post("/items", json={}).status_is(200)
    assert left_behind(port) == 0
    with serving(ANSWERS[name], port=port) as again:
        client_of(again).get("/").status_is(200)
