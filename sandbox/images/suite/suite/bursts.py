"""Requests of several clients at the same moment, and what a time-out among them says about the server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from urllib.parse import urlsplit

from suite.answers import Answer
from suite.client import BASE_URL, Client, Transcript
from suite.expectations import TooSlow
from suite.wire import Gate

Send = Callable[[int, int, Client], Answer]

FEWEST = 3
"""Answers of a moment that tell whether they came one after the other."""
LEAST_S = 0.1
EQUAL = (0.6, 1.7)
PATIENCE_S, PROBE_S = 3.0, 1.0
HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: suite\r\n"
OTHER_HALF = b"Connection: close\r\n\r\n"


def in_rounds(
    transcript: Transcript, clients: int, rounds: int, send: Send, base_url: str = BASE_URL
) -> list[list[Answer]]:
    """Call `send(round, number, client)` from so many threads at once, and again for each round.

    The first request of a call leaves at the same moment as the others' of its round. The answers of each round, in
    order of the numbers. Where a call raises, the others begin no further round and the error goes on; a TooSlow says
    so where the server answers one request at a time.
    """
    burst = _Burst(transcript, clients, rounds, send, base_url)
    threads = [threading.Thread(target=burst.one, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if burst.errors:
        raise burst.error()
    return [list(turn) for turn in zip(*burst.answers, strict=True)]


class _Burst:
    def __init__(self, transcript: Transcript, clients: int, rounds: int, send: Send, base_url: str) -> None:
        self._transcript, self._send, self._base_url = transcript, send, base_url
        self._gates = [Gate(clients) for _ in range(rounds)]
        self._took: list[list[float]] = [[] for _ in range(rounds)]
        self.answers: list[list[Answer]] = [[] for _ in range(clients)]
        self.errors: list[tuple[int, BaseException]] = []

    def one(self, number: int) -> None:
        """What one client does."""
        client = Client(self._transcript, self._base_url)
        turn = 0
        try:
            for turn, gate in enumerate(self._gates):
                client.wait_at(gate)
                self.answers[number].append(self._send(turn, number, client))
                gate.open()
                self._took[turn].append(time.monotonic() - gate.opened_at)
                if self.errors:
                    break
        except BaseException as error:
            self.errors.append((turn, error))
        finally:
            for gate in self._gates:
                gate.open()

    def error(self) -> BaseException:
        """The first one, explained where it is a time-out."""
        turn, error = self.errors[0]
        if isinstance(error, TooSlow) and (one_by_one(self._took[turn]) or holds_up_others(self._base_url)):
            return TooSlow(f"{error}: your server answers one request at a time")
        return error


def one_by_one(took: Sequence[float]) -> bool:
    """Did answers to requests of the same moment come one after the other, as far apart as one of them takes?

    A server that works on several at a time ends them together, however busy the machine is.
    """
    ends = sorted(took)
    gaps = [end - before for before, end in pairwise(ends)]
    if len(ends) < FEWEST or ends[0] < LEAST_S:
        return False
    return all(EQUAL[0] * ends[0] <= gap <= EQUAL[1] * ends[0] for gap in gaps)


def holds_up_others(base_url: str) -> bool:
    """Does a request that is only half said hold up a whole one, which is quick before and after it?"""
    parts = urlsplit(base_url)
    address = (parts.hostname or "", parts.port or 80)
    with suppress(OSError):
        if not (_answers(address, PATIENCE_S) and _answers(address, PROBE_S / 2)):
            return False
        with socket.create_connection(address, PROBE_S) as half:
            half.sendall(HALF)
            held_up = not _answers(address, PROBE_S)
            half.sendall(OTHER_HALF)
        return held_up and _answers(address, PATIENCE_S)
    return False


def _answers(address: tuple[str, int], within_s: float) -> bool:
    try:
        with socket.create_connection(address, within_s) as line:
            line.settimeout(within_s)
            line.sendall(HALF + OTHER_HALF)
            return bool(line.recv(1))
    except OSError:
        return False
