"""Asks the service, and keeps what was said. No answer can make it wait or grow without end."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from suite.answers import MOST_HEADERS, MOST_TEXT, Answer, Exchange
from suite.cookies import Jar
from suite.expectations import NoAnswer, TooLarge, TooSlow
from suite.requests import Request, made
from suite.wire import Cut, Gate, Heard, Late, Wire

BASE_URL = "http://127.0.0.1:8000"
WITHIN_S = 5.0
MOST_BODY = 1 << 20
MOST_EXCHANGES = 12
"""Exchanges of a step that the transcript keeps: the first ones and the last."""


class Transcript:
    """What was said in the step under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[Exchange] = []
        self.left_out = 0

    def add(self, exchange: Exchange) -> None:
        with self._lock:
            self._kept.append(exchange)
            if len(self._kept) > MOST_EXCHANGES:
                del self._kept[MOST_EXCHANGES // 2]
                self.left_out += 1

    def take(self) -> tuple[list[dict[str, Any]], int]:
        """The exchanges so far, and how many were left out in their middle. Begins anew."""
        with self._lock:
            kept, left_out = [exchange.as_json() for exchange in self._kept], self.left_out
            self._kept, self.left_out = [], 0
        return kept, left_out


class Client:
    """Speaks to the service as a client with cookies, each request on a connection of its own.

    What a step says goes out as it says it. Redirects are not followed.
    """

    def __init__(self, transcript: Transcript, base_url: str = BASE_URL) -> None:
        self._transcript = transcript
        self._base_url = base_url
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port or 80
        self._host = parts.netloc
        self._wire = Wire((host, port))
        self._jar = Jar(host)

    @property
    def cookies(self) -> dict[str, str]:
        """By their names, as the next request would send them."""
        return self._jar.values()

    def fresh(self) -> Client:
        """Another client, without this one's cookies."""
        return Client(self._transcript, self._base_url)

    def wait_at(self, gate: Gate) -> None:
        """Let the next request leave when the gate opens."""
        self._wire.gate = gate

    def get(self, path: str, **options: Any) -> Answer:
        return self.send("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.send("POST", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        return self.send("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Answer:
        return self.send("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.send("DELETE", path, **options)

    def send(self, method: str, path: str, *, within_s: float = WITHIN_S, **options: Any) -> Answer:
        """Send one request. `json`, `body`, `params`, `headers`: what it holds, as `suite.requests.made` takes them.

        `token` goes into Authorization as Bearer; `body` is sent as it is. Raises TooSlow, TooLarge, NoAnswer, and
        ValueError where this is no request.
        """
        request = self._with_cookies(made(method, path, self._host, **options))
        exchange = Exchange(
            method,
            request.target[:MOST_TEXT],
            [[name, text[:MOST_TEXT]] for name, text in request.given],
            _text(request.content),
        )
        try:
            return self._ask(request, exchange, within_s)
        finally:
            exchange.ms = round((time.monotonic() - self._wire.left_at) * 1000)
            self._transcript.add(exchange)

    def _with_cookies(self, request: Request) -> Request:
        """A Cookie header of the step's own is sent in the place of what the client has kept."""
        own = any(name.lower() == "cookie" for name, _ in request.given)
        cookies = "" if own else self._jar.header(request.target)
        return replace(request, headers=[*request.headers, ("Cookie", cookies)]) if cookies else request

    def _ask(self, request: Request, exchange: Exchange, within_s: float) -> Answer:
        try:
            heard = self._wire.ask(request, within_s, lambda heard: _note(heard, exchange))
        except Late:
            exchange.note = f"no whole answer within {within_s:g} s"
            raise TooSlow(exchange.note) from None
        except Cut as error:
            exchange.note = f"no answer: {error}"[:200]
            raise NoAnswer(exchange.note) from None
        answer = Answer(heard.status, heard.headers, bytes(heard.content), exchange)
        self._jar.take(answer.lines("Set-Cookie"), request.target)
        return answer


def _note(heard: Heard, exchange: Exchange) -> None:
    """Write down what has come so far. Raises TooLarge."""
    exchange.status = heard.status
    exchange.headers = [[name, text[:MOST_TEXT]] for name, text in heard.headers[:MOST_HEADERS]]
    exchange.body = _text(heard.content[: 4 * MOST_TEXT])
    if len(heard.content) > MOST_BODY:
        exchange.note = f"more than {MOST_BODY >> 20} MiB"
        raise TooLarge(exchange.note)


def _text(content: bytes | bytearray) -> str:
    return content.decode("utf-8", "replace")[:MOST_TEXT]
