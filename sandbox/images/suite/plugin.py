"""The pytest plugin of a phase: fixtures for suites, and a report of each step as it ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from suite.answers import Answer
from suite.client import Client, Transcript, in_rounds
from suite.expectations import Mismatch, NoAnswer, TooLarge, TooSlow
from suite.peek import Peek
from suite.tokens import Tokens
from suite.upstream import Upstream
from suite.values import Draw, Memory, MissingStep

STEP_WITHIN_S = 20
Report = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Phase:
    """What a phase begins with."""

    seed: int
    memory: Memory
    settings: dict[str, str]
    peek_url: str
    upstream_secret: str


class Plugin:
    """Reports every step: name, outcome, what was expected and what came, the transcript, the time."""

    def __init__(self, phase: Phase, report: Report) -> None:
        self._phase = phase
        self._report = report
        self._transcript = Transcript()
        self._draw = Draw(phase.seed)

    @pytest.fixture
    def api(self) -> Iterator[Client]:
        client = Client(self._transcript)
        yield client
        client.close()

    @pytest.fixture
    def burst(self) -> Callable[[int, Callable[[int, Client], Answer]], list[Answer]]:
        return lambda count, send: in_rounds(self._transcript, count, 1, lambda _, n, client: send(n, client))[0]

    @pytest.fixture
    def rounds(self) -> Callable[[int, int, Callable[[int, int, Client], Answer]], list[list[Answer]]]:
        return lambda turns, count, send: in_rounds(self._transcript, count, turns, send)

    @pytest.fixture
    def draw(self) -> Draw:
        return self._draw

    @pytest.fixture
    def memory(self) -> Memory:
        return self._phase.memory

    @pytest.fixture
    def settings(self) -> dict[str, str]:
        return self._phase.settings

    @pytest.fixture
    def db(self) -> Peek:
        return Peek(self._phase.peek_url)

    @pytest.fixture
    def tokens(self) -> Tokens:
        return Tokens(self._phase.settings["JWT_SECRET"])

    @pytest.fixture
    def upstream(self) -> Upstream:
        return Upstream(self._phase.upstream_secret)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.signal(signal.SIGALRM, _out_of_time)
        signal.alarm(STEP_WITHIN_S)
        try:
            return (yield)
        finally:
            signal.alarm(0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        made = yield
        failed_before = call.when == "setup" and call.excinfo is not None
        if call.when == "call" or failed_before:
            error = call.excinfo.value if call.excinfo else None
            exchanges, left_out = self._transcript.take()
            signal.alarm(0)  # how long the host takes to note it is not this step's time
            self._report(
                {
                    "step": item.name,
                    **describe(error),
                    "exchanges": exchanges,
                    "left_out": left_out,
                    "wall_us": round(call.duration * 1e6),
                }
            )
            signal.alarm(STEP_WITHIN_S)
        return made


def describe(error: BaseException | None) -> dict[str, str]:
    """How a step ended: outcome, and for the student expected and got, or a sentence."""
    match error:
        case None:
            return {"outcome": "passed"}
        case Mismatch():
            return {"outcome": "failed", "expected": error.expected, "got": error.got}
        case TooSlow():
            return {"outcome": "slow", "reason": f"The service gave {error}."}
        case TooLarge():
            return {"outcome": "large", "reason": f"An answer has {error}."}
        case NoAnswer():
            return {"outcome": "no answer", "reason": f"The service gave {error}."}
        case MissingStep():
            return {"outcome": "not run", "reason": "An earlier step did not get as far as this one begins."}
        case AssertionError():
            return {"outcome": "failed", "reason": str(error).split("\n")[0][:400] or "This does not hold."}
    words = f"{type(error).__name__}: {error}".split("\n")[0][:300]
    return {"outcome": "failed", "reason": f"The answer could not be used: {words}"}


def _out_of_time(*_: object) -> None:
    raise TooSlow(f"no end of this step within {STEP_WITHIN_S} s")


def request_once(transcript: Transcript, request: dict[str, Any]) -> dict[str, Any]:
    """A request of the student's own, for the console."""
    started = time.monotonic()
    told = {"outcome": "passed"}
    try:
        Client(transcript).send(
            request["method"], request["path"], body=request["body"] or None, headers=dict(request["headers"])
        )
    except (Mismatch, TooSlow, TooLarge, NoAnswer, httpx.InvalidURL, ValueError, TypeError) as error:
        told = describe(error)
    exchanges, _ = transcript.take()
    wall_us = round((time.monotonic() - started) * 1e6)
    return {**told, "step": "", "exchanges": exchanges, "left_out": 0, "wall_us": wall_us}
