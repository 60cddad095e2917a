"""Asks the service, and keeps what was said. No answer can make it wait or grow without end."""

from __future__ import annotations

import json as json_
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpcore
import httpx
from suite.answers import MOST_HEADERS, MOST_TEXT, Answer, Exchange
from suite.expectations import NoAnswer, TooLarge, TooSlow
from suite.wire import Gate, Wire

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
    """Speaks to the service as a client with cookies. Redirects are not followed."""

    def __init__(self, transcript: Transcript, base_url: str = BASE_URL) -> None:
        self._transcript = transcript
        self._base_url = base_url
        self._wire = Wire(WITHIN_S)
        self._http = httpx.Client(
            base_url=base_url,
            transport=self._wire,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "suite", "Accept-Encoding": "identity", "Accept": "application/json"},
        )

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self._http.cookies)

    def fresh(self) -> Client:
        """Another client, without this one's cookies."""
        return Client(self._transcript, self._base_url)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

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

    def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        body: str | bytes | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
        within_s: float = WITHIN_S,
    ) -> Answer:
        """Send one request. `token` goes into Authorization as Bearer; `body` is sent as it is.

        Raises TooSlow, TooLarge, NoAnswer.
        """
        given = dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token is not None else {})
        if json is not None:
            body = json_.dumps(json)
            given.setdefault("Content-Type", "application/json")
        content = body.encode() if isinstance(body, str) else body
        request = self._http.build_request(method, path, content=content, params=params, headers=given)
        exchange = Exchange(
            method,
            request.url.raw_path.decode("ascii", "replace")[:MOST_TEXT],
            [[name, text[:MOST_TEXT]] for name, text in given.items()],
            _text(content or b""),
        )
        self._wire.within_s = within_s
        try:
            return self._ask(request, exchange)
        finally:
            exchange.ms = round((time.monotonic() - self._wire.left_at) * 1000)
            self._transcript.add(exchange)

    def _ask(self, request: httpx.Request, exchange: Exchange) -> Answer:
        try:
            response = self._http.send(request, stream=True)
            try:
                exchange.status = response.status_code
                exchange.headers = [[n, v[:MOST_TEXT]] for n, v in response.headers.items()][:MOST_HEADERS]
                content = _read(response, exchange)
            finally:
                response.close()
        except httpcore.TimeoutException:
            exchange.note = f"no whole answer within {self._wire.within_s:g} s"
            raise TooSlow(exchange.note) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            exchange.note = f"no answer: {error}"[:200]
            raise NoAnswer(exchange.note) from None
        return Answer(response.status_code, response.headers, content, exchange)


def in_rounds(
    transcript: Transcript,
    clients: int,
    rounds: int,
    send: Callable[[int, int, Client], Answer],
    base_url: str = BASE_URL,
) -> list[list[Answer]]:
    """Call `send(round, number, client)` from so many threads at once, and again for each round.

    The first request of a call leaves at the same moment as the others' of its round. The answers of each round, in
    order of the numbers. Where a call raises, the others begin no further round and the error goes on.
    """
    gates = [Gate(clients) for _ in range(rounds)]
    answers: list[list[Answer]] = [[] for _ in range(clients)]
    errors: list[BaseException] = []

    def one(number: int) -> None:
        client = Client(transcript, base_url)
        try:
            for turn, gate in enumerate(gates):
                client.wait_at(gate)
                answers[number].append(send(turn, number, client))
                gate.open()
                if errors:
                    break
        except BaseException as error:
            errors.append(error)
        finally:
            client.close()
            for gate in gates:
                gate.open()

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [list(turn) for turn in zip(*answers, strict=True)]


def _read(response: httpx.Response, exchange: Exchange) -> bytes:
    """The body as it was sent, bounded in size."""
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        exchange.body = _text(bytes(content[: 4 * MOST_TEXT]))
        if len(content) > MOST_BODY:
            exchange.note = f"more than {MOST_BODY >> 20} MiB"
            raise TooLarge(exchange.note)
    return bytes(content)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")[:MOST_TEXT]
