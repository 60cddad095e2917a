"""The three boxes of a service, which share a network, and what can be done with them: open, start, ask, stop.

The data box owns the network and has PostgreSQL and Redis; in the student's box the service listens on port 8000; the
suite's box asks. What the suite's box reports is its own word; the student's box is believed only where it speaks of
itself.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sandbox.backend import Box
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, JobRefused, SuiteFailed
from sandbox.model import Json, ServiceJob
from sandbox.protocol import LENGTH, read_head
from sandbox.reports import readable_bytes

START_CPU_S, START_IDLE_S, START_WALL_S = 20.0, 15.0, 180.0
"""A start may compute so long, do nothing for so long, and take so long in all where the machine is busy."""
MOST_WAITING = 10.0
IDLE_CPU_MS = 100.0
"""A service that computed less than that in START_IDLE_S does nothing: one that waits for its turn computes more."""
START_LOOK_S, FREE_WITHIN_S = 0.25, 5.0
PHASE_WITHIN_S = 120.0
MOST_SLOWNESS = 3.0
"""On a busy machine the suite's box, which measures that itself, gives a phase up to so many times as long."""
SILENCE_S = 20.0
LOG_BYTES = 64 << 10
FRAME_LIMIT = 2 << 20
GO_ON = json.dumps({"do": "go on"}).encode()

DATABASE = "postgresql://{role}:{password}@127.0.0.1:5432/app"
REDIS_URL, UPSTREAM_URL, PORT = "redis://127.0.0.1:6379/0", "http://127.0.0.1:9000", "8000"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class State:
    """What the student's box says of the service. `log` is what was written since the last look.

    It is `running` as long as any process of it lives, whichever was the first. `oom_kills` count from the box's start.
    """

    running: bool
    exit: int | None
    signal: int | None
    cpu_ms: float
    oom_kills: int
    log: str
    log_cut: bool
    listening: bool

    @property
    def serving(self) -> bool:
        """Can it still answer: a process lives, and the port is listened on?"""
        return self.running and self.listening


class Unready(StrEnum):
    """Why a service is given up that has not ended."""

    IDLE = "idle"
    CPU = "cpu"
    WALL = "wall"


@dataclass(frozen=True)
class Start:
    """How a start went: the state at its end, what the service was asked meanwhile, and how long it took.

    Where it is not `ready` the service has ended or closed its port, or `given_up` says why nobody waits any longer.
    """

    ready: bool
    state: State
    oom_kills_before: int
    exchanges: list[Json]
    wall_s: float
    given_up: Unready | None = None


class PhaseEnd(StrEnum):
    """How the suite's work on a phase ended."""

    FINISHED = "finished"
    TIME = "time"
    MEMORY = "memory"
    DIED = "died"


TOO_LARGE: dict[str, Json] = {"too large": True}
"""Stands for a report that was too large to be sent."""


class Patience:
    """How long a start is waited for: measured in what the service computes, so that a busy machine fails nobody."""

    def __init__(self, cpu_ms: float, now: float) -> None:
        self._began = self._active_at = now
        self._cpu_before = self._cpu_active = cpu_ms

    def given_up(self, cpu_ms: float, now: float, waiting: float = 1.0) -> Unready | None:
        """Why there is no more to be waited for, if that is so.

        Who does nothing may wait for a database that has its turn later: on a busy machine it takes so much longer.
        """
        if cpu_ms - self._cpu_active >= IDLE_CPU_MS:
            self._cpu_active, self._active_at = cpu_ms, now
        if cpu_ms - self._cpu_before >= START_CPU_S * 1000:
            return Unready.CPU
        if now - self._active_at >= START_IDLE_S * waiting:
            return Unready.IDLE
        return Unready.WALL if now - self._began >= START_WALL_S else None


def waiting() -> float:
    """How many have wanted each processor and disk of this machine in the last minute, from 1 to MOST_WAITING.

    What a database that waits for its turn makes of that is not seen in a box: who asks it computes nothing meanwhile.
    """
    return min(MOST_WAITING, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


class Stage:
    """The boxes of one job. The student's and the suite's box may be spoken to by two threads, one each."""

    def __init__(self, box: Box, job: ServiceJob) -> None:
        student, suite = box.guests
        self._job = job
        self._data = Guest(box)
        self._student = Guest(student)
        self._suite = SuiteGuest(suite)

    def open(self) -> None:
        """Have the three boxes ready for this job: passwords and secrets are made for it alone."""
        passwords = {role: secrets.token_hex(16) for role in ("student", "peek")}
        upstream_secret = secrets.token_hex(16) if self._job.upstream else ""
        lent = {f"{role}_password": password for role, password in passwords.items()}
        self._data.ask({**lent, "upstream_secret": upstream_secret}, "lent")
        settings = {
            "PORT": PORT,
            "DATABASE_URL": DATABASE.format(role="student", password=passwords["student"]),
            "REDIS_URL": REDIS_URL,
            "JWT_SECRET": secrets.token_hex(32),
            **({"UPSTREAM_URL": UPSTREAM_URL} if self._job.upstream else {}),
            **self._job.env,
        }
        files = {"files": dict(self._job.files), "start": self._job.start, "env": settings}
        self._student.ask({**files, "log_bytes": LOG_BYTES}, "loaded")
        suite = {
            "phases": [{"name": phase.name, "source": phase.source} for phase in self._job.phases],
            "settings": settings,
            "peek_url": DATABASE.format(role="peek", password=passwords["peek"]),
            "upstream_secret": upstream_secret,
        }
        self._suite.ask(suite, "loaded")

    def start(self) -> Start:
        """Start the service, after one that still runs was ended, and wait until it is ready. That time is nobody's.

        The next look tells all that it wrote meanwhile; where it is not ready, its state does.
        """
        since = self._student.log_seen
        try:
            self.stop()
            self._suite.ask({"do": "free", "within_s": FREE_WITHIN_S}, "free")
            found = self._wait(self._student.tell("start"))
        finally:
            self._student.log_seen = since
        return found if found.ready else replace(found, state=self.look())

    def _wait(self, state: State) -> Start:
        kills, began = state.oom_kills, time.monotonic()
        patience = Patience(state.cpu_ms, began)
        exchanges: list[Json] = []
        given_up = None
        while state.running and given_up is None:
            waited, told = self._suite.ask({"do": "wait", "within_s": START_LOOK_S}, "waited")
            state, now = self.look(), time.monotonic()
            exchanges = json.loads(told)
            if waited["ready"] is True:
                return Start(state.serving, state, kills, exchanges, now - began)
            given_up = patience.given_up(state.cpu_ms, now, waiting())
        return Start(False, state, kills, exchanges, time.monotonic() - began, given_up)

    def look(self) -> State:
        """The service's state, and what it wrote since the last look."""
        return self._student.tell("look")

    def stop(self) -> State:
        return self._student.tell("stop")

    def phase(self, asked: dict[str, Any]) -> Iterator[dict[str, Json] | PhaseEnd]:
        """Reports of a phase's steps, and at last how it ended."""
        return self._suite.reports({"do": "phase", "within_s": PHASE_WITHIN_S, **asked})

    def request(self, request: Json) -> dict[str, Json]:
        """Send a request of the student's own, and report on it."""
        report, end = None, None
        for found in self._suite.reports({"do": "request", "request": request}):
            if isinstance(found, PhaseEnd):
                end = found
            else:
                report = found
        return report or unreported(end, "No whole answer came in time.")


def unreported(end: PhaseEnd | None, late: str) -> dict[str, Json]:
    """The report of a step in which the suite's work ended. Raises SuiteFailed where the service is not the cause."""
    match end:
        case PhaseEnd.TIME:
            told = {"outcome": "slow", "reason": late}
        case PhaseEnd.MEMORY:
            told = {"outcome": "large", "reason": "The answers of this step take more memory than any honest ones."}
        case _:
            raise SuiteFailed(f"the suite's work ended without a report of each step: {end}")
    return {**told, "exchanges": [], "left_out": 0, "wall_us": 0}


class Guest:
    """Speaks frames with one of the three boxes."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self.log_seen = 0

    def ask(self, frame: dict[str, Any], wanted: str) -> tuple[dict[str, Json], bytes]:
        """One answer. Raises BoxBroken where it is another than wanted, JobRefused where the box refuses."""
        self._send(frame)
        head, rest = self._receive()
        if head["event"] != wanted:
            raise BoxBroken(f"a box answered {head['event']!r} where {wanted!r} was wanted")
        return head, rest

    def tell(self, deed: str) -> State:
        """Have the student's box do something, and read the service's state."""
        head, log = self.ask({"do": deed, "since": self.log_seen}, "state")
        self.log_seen = _count(head, "log_end")
        if deed == "stop" and head.get("clean") is not True:
            raise BoxBroken("the service could not be ended")
        return State(
            running=_is(head, "running"),
            exit=_count_or_none(head, "exit"),
            signal=_count_or_none(head, "signal"),
            cpu_ms=_count(head, "cpu_us") / 1000,
            oom_kills=_count(head, "oom_kills"),
            log=_COLOURS.sub("", readable_bytes(log)),
            log_cut=_is(head, "log_cut"),
            listening=_is(head, "listening"),
        )

    def _send(self, frame: dict[str, Any]) -> None:
        self._box.send(json.dumps(frame).encode())

    def _receive(self, within_s: float = SILENCE_S) -> tuple[dict[str, Json], bytes]:
        head, rest = read_head(self._box.receive(within_s, FRAME_LIMIT + LENGTH.size))
        if head["event"] == "refused":
            raise JobRefused(str(head.get("message"))[:500])
        return head, rest


class SuiteGuest(Guest):
    """Speaks with the suite's box. No code of the student's runs in it: what it does wrong is our fault, SuiteFailed.

    Only where it runs out of memory the answers are to blame, and the box is lost like any other.
    """

    def reports(self, frame: dict[str, Any]) -> Iterator[dict[str, Json] | PhaseEnd]:
        """What the suite's box reports, and at last how its work ended.

        The box waits after each report until the next one is asked for.
        """
        self._send(frame)
        while True:
            head, rest = self._receive(MOST_SLOWNESS * PHASE_WITHIN_S + SILENCE_S)
            if head["event"] == "done":
                yield _end_of(head)
                return
            yield _report_of(head["event"], rest)
            self._box.send(GO_ON)

    def _send(self, frame: dict[str, Any]) -> None:
        with _ours():
            super()._send(frame)

    def _receive(self, within_s: float = SILENCE_S) -> tuple[dict[str, Json], bytes]:
        with _ours():
            return super()._receive(within_s)


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except (BoxSilent, BoxBroken) as error:
        raise SuiteFailed(f"the suite's box: {error}") from error
    except BoxDied as error:
        if error.out_of_memory:
            raise
        raise SuiteFailed(f"the suite's box: {error}") from error


def _end_of(head: dict[str, Json]) -> PhaseEnd:
    try:
        return PhaseEnd(head["end"])
    except (KeyError, ValueError) as error:
        raise SuiteFailed(f"the suite's box does not say how its work ended: {error}") from error


def _report_of(event: Json, rest: bytes) -> dict[str, Json]:
    """Raises SuiteFailed where it is none, JobRefused where the suite cannot be read."""
    if event == "too large":
        return TOO_LARGE
    report = json.loads(rest) if event == "report" else None
    if not isinstance(report, dict):
        raise SuiteFailed(f"the suite's box answered {event!r} where a report was wanted")
    if "broken" in report:
        raise JobRefused(f"the suite cannot be read: {report['broken']}")
    return report


def _is(head: Mapping[str, Json], key: str) -> bool:
    if type(head.get(key)) is not bool:
        raise BoxBroken(f"a box does not say whether {key}")
    return bool(head[key])


def _count(head: Mapping[str, Json], key: str) -> int:
    value = head.get(key)
    if type(value) is not int or not 0 <= value < 1 << 60:
        raise BoxBroken(f"a box sent no count as {key}")
    return value


def _count_or_none(head: Mapping[str, Json], key: str) -> int | None:
    return None if key in head and head[key] is None else _count(head, key)
