"""The pytest plugin of a phase: fixtures for suites, and a report of each step as it ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from suite.answers import Answer
from suite.bursts import in_rounds
from suite.client import Client, Transcript
from suite.expectations import Mismatch, NoAnswer, TooLarge, TooSlow
from suite.load import slowness
from suite.peek import Peek
from suite.tokens import Tokens
from suite.upstream import Upstream
from suite.values import Draw, Memory, MissingStep

from sandbox.harness.sentences import sentence
from sandbox.images.suite.bounds import bounded, drop_excess

STEP_WITHIN_S = 20
LONGEST_WHY = 2000
_more: list[int] = []
"""Seconds that the step under way has had, each time its alarm has rung."""
Report = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Phase:
    """What a phase begins with."""

    draw: Draw
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

    @pytest.fixture
    def api(self) -> Client:
        return Client(self._transcript)

    @pytest.fixture
    def burst(self) -> Callable[[int, Callable[[int, Client], Answer]], list[Answer]]:
        return lambda count, send: in_rounds(self._transcript, count, 1, lambda _, n, client: send(n, client))[0]

    @pytest.fixture
    def rounds(self) -> Callable[[int, int, Callable[[int, int, Client], Answer]], list[list[Answer]]]:
        return lambda turns, count, send: in_rounds(self._transcript, count, turns, send)

    @pytest.fixture
    def draw(self) -> Draw:
        return self._phase.draw

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
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        with _time_limit():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        with _time_limit():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        made = yield
        failed_before = call.when == "setup" and call.excinfo is not None
        if call.when == "call" or failed_before:
            self._tell(item.name, call.excinfo.value if call.excinfo else None, call.duration)
        return made

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that cannot be read has no steps: its author reads why."""
        if report.failed:
            self._report({"broken": str(report.longrepr)[-LONGEST_WHY:]})

    def _tell(self, step: str, error: BaseException | None, duration_s: float) -> None:
        exchanges, left_out = self._transcript.take()
        told = describe(error)
        too_much = drop_excess(self._phase.memory)
        if too_much and told["outcome"] == "passed":
            told = {"outcome": "large", "reason": too_much}
        report = {"step": step, **told, "exchanges": exchanges, "left_out": left_out}
        self._report(bounded(report | {"wall_us": round(duration_s * 1e6)}))


@contextmanager
def _time_limit() -> Iterator[None]:
    """Only what a step itself does has its time: the alarm must not go off in pytest's own work, nor in a report."""
    signal.signal(signal.SIGALRM, _out_of_time)
    _more.clear()
    signal.alarm(STEP_WITHIN_S)
    try:
        yield
    finally:
        signal.alarm(0)


def describe(error: BaseException | None) -> dict[str, str]:
    """How a step ended: outcome, and for the student expected and got, or a sentence."""
    match error:
        case None:
            return {"outcome": "passed"}
        case Mismatch():
            return {"outcome": "failed", "expected": error.expected, "got": error.got}
        case TooSlow():
            return {"outcome": "slow", "reason": sentence("The service gave", error)}
        case TooLarge():
            return {"outcome": "large", "reason": sentence("An answer has", error)}
        case NoAnswer():
            return {"outcome": "no answer", "reason": sentence("The service gave", error)}
        case MissingStep():
            return {"outcome": "not run", "reason": "An earlier step did not get as far as this one begins."}
        case AssertionError():
            words = str(error).split("\n")[0][:400]
            return {"outcome": "failed", "reason": sentence(words or "This does not hold")}
    words = f"{type(error).__name__}: {error}".split("\n")[0][:300]
    return {"outcome": "failed", "reason": sentence("The answer could not be used:", words)}


def _out_of_time(*_: object) -> None:
    """A step has as many seconds of an idle machine: on a busy one it may go on for as much longer."""
    _more.append(STEP_WITHIN_S)
    if sum(_more) < STEP_WITHIN_S * slowness():
        signal.alarm(STEP_WITHIN_S)
        return
    raise TooSlow(f"no end of this step within {STEP_WITHIN_S} s")


def request_once(transcript: Transcript, request: dict[str, Any]) -> dict[str, Any]:
    """A request of the student's own, for the console."""
    started = time.monotonic()
    told = {"outcome": "passed"}
    try:
        Client(transcript).send(
            request["method"],
            _from_root(request["path"]),
            body=request["body"] or None,
            headers=dict(request["headers"]),
        )
    except (Mismatch, TooSlow, TooLarge, NoAnswer) as error:
        told = describe(error)
    except Exception as error:  # whatever an odd request breaks on its way is told, in the library's words
        words = f"{type(error).__name__}: {error}"[:300]
        told = {"outcome": "failed", "reason": sentence("The request could not be sent:", words)}
    exchanges, _ = transcript.take()
    wall_us = round((time.monotonic() - started) * 1e6)
    return bounded({**told, "step": "", "exchanges": exchanges, "left_out": 0, "wall_us": wall_us})


def _from_root(path: str) -> str:
    """People type `notes` and mean `/notes`."""
    return path if path.startswith("/") or path == "*" or "://" in path else f"/{path}"
