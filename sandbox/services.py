"""Conducts one judging of an HTTP service over three boxes that share a network, and nothing else.

The data box owns it and has PostgreSQL and Redis; in the student's box the service listens on port 8000; the suite's
box asks. Between phases the host has the student's box end every process and start the service again. What the suite's
box reports is its own word; the student's box is believed only where it speaks of itself.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sandbox.backend import Box
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, JobRefused
from sandbox.judge import ends_job
from sandbox.model import Case, Json, Run, RunStatus, ServiceJob
from sandbox.protocol import LENGTH, read_head
from sandbox.reports import readable_bytes
from sandbox.runner import NOT_RUN, BoxLost, OnCase

READY_WITHIN_S = 10.0
PHASE_WITHIN_S = 120.0
SILENCE_S = 20.0
LOG_BYTES = 64 << 10
FRAME_LIMIT = 2 << 20
MOST_TIMEOUTS = 2
GO_ON = json.dumps({"do": "go on"}).encode()

DATABASE = "postgresql://{role}:{password}@127.0.0.1:5432/app"
REDIS_URL, UPSTREAM_URL, PORT = "redis://127.0.0.1:6379/0", "http://127.0.0.1:9000", "8000"

GIVEN = ""
"""Phase of cases that were judged before: their second argument is what a report would say."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_OUTCOMES = {
    "passed": RunStatus.RETURNED,
    "failed": RunStatus.RETURNED,
    "slow": RunStatus.WALL_LIMIT,
    "large": RunStatus.OUTPUT_LIMIT,
    "no answer": RunStatus.DIED,
    "not run": RunStatus.NOT_RUN,
}


@dataclass
class State:
    """What the student's box says of the service. `log` is what was written since the last look."""

    running: bool
    exit: int | None
    signal: int | None
    cpu_ms: float
    oom_kills: int
    log: str
    log_cut: bool


class Stage:
    """The three boxes of one job, and what is done with them: open, start, ask, stop.

    The student's and the suite's box may be spoken to by two threads, one each.
    """

    def __init__(self, box: Box, job: ServiceJob) -> None:
        self._job = job
        self._data = Guest(box)
        self._student, self._suite = (Guest(guest) for guest in box.guests)

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

    def start(self) -> State | None:
        """Start the service and wait until it listens; that time is nobody's. Its state, where it never does.

        The next look tells all that it wrote meanwhile.
        """
        since = self._student.log_seen
        try:
            if self._listens():
                return None
        finally:
            self._student.log_seen = since
        return self.look()

    def _listens(self) -> bool:
        running = self._student.tell("start").running
        deadline = time.monotonic() + READY_WITHIN_S
        while running and time.monotonic() < deadline:
            waited, _ = self._suite.ask({"do": "wait", "within_s": 0.25}, "waited")
            if waited.get("ready") is True:
                return True
            running = self.look().running
        return False

    def look(self) -> State:
        """The service's state, and what it wrote since the last look."""
        return self._student.tell("look")

    def stop(self) -> State:
        return self._student.tell("stop")

    def phase(self, asked: dict[str, Any]) -> Iterator[dict[str, Json]]:
        """Reports of a phase's steps."""
        return self._suite.reports({"do": "phase", "within_s": PHASE_WITHIN_S, **asked})

    def request(self, request: Json) -> dict[str, Json]:
        """Send a request of the student's own, and report on it."""
        found = list(self._suite.reports({"do": "request", "request": request}))
        return found[0] if found else {"outcome": "slow", "reason": "No answer came in time."}


@dataclass
class ServiceConversation:
    """One job over one data box and its two guests, as far as it has come."""

    box: Box
    job: ServiceJob
    runs: list[Run] = field(default_factory=list)
    started: bool = False
    """Has the service been started: whose fault a lost box is depends on it."""

    def __post_init__(self) -> None:
        self._stage = Stage(self.box, self.job)

    def conduct(self, on_case: OnCase | None = None) -> tuple[Run, ...]:
        """All runs, in order. Raises BoxLost, or what boxes raise where the service had not been started."""
        try:
            for run in self._all_runs():
                self.runs.append(run)
                if on_case is not None:
                    on_case(len(self.runs), len(self.job.cases))
                timeouts = sum(one.status is RunStatus.WALL_LIMIT for one in self.runs)
                if timeouts >= MOST_TIMEOUTS or ends_job(self.job, self.job.cases[len(self.runs) - 1], run):
                    break
        except (BoxDied, BoxSilent, BoxBroken) as error:
            if not self.started:
                raise
            out_of_memory = bool(getattr(error, "out_of_memory", False))
            raise BoxLost(self.runs, error, out_of_memory=out_of_memory) from error
        return tuple(self.runs) + (NOT_RUN,) * (len(self.job.cases) - len(self.runs))

    def _all_runs(self) -> Iterator[Run]:
        self._stage.open()
        memory: Json = {}
        silent = False
        for name, group in groupby(self.job.cases, key=_phase_of):
            cases = list(group)
            if name == GIVEN:
                yield from (Run(RunStatus.RETURNED, case.arguments[1]) for case in cases)
            elif silent:
                yield from (NOT_RUN for _ in cases)
            elif state := self._start():
                silent = True
                yield from (never_listened(state), *(NOT_RUN for _ in cases[1:]))
            elif name is None:
                yield from self._send_own(cases)
            else:
                asked = {"name": name, "seed": secrets.randbits(63), "memory": memory}
                memory = yield from self._run_phase(cases, asked)
            self._stage.stop()

    def _start(self) -> State | None:
        self.started = True
        return self._stage.start()

    def _run_phase(self, cases: list[Case], asked: dict[str, Any]) -> Generator[Run, None, Json]:
        """The phase's runs; gives what it remembers for later ones."""
        steps = [case.arguments[1] for case in cases]
        reports = self._stage.phase({**asked, "steps": steps})
        memory, seen, gone = asked["memory"], 0, False
        for report in reports:
            if "memory" in report:
                memory = report["memory"]
                continue
            while seen < len(steps) and steps[seen] != report.get("step"):
                yield NOT_RUN  # pytest did not report it: its module could not be read any further
                seen += 1
            seen += 1
            state = self._stage.look()
            yield NOT_RUN if gone and report.get("outcome") != "passed" else run_of(report, state)
            gone = not state.running
        for _ in steps[seen:]:
            yield NOT_RUN
        return memory

    def _send_own(self, cases: list[Case]) -> Iterator[Run]:
        for case in cases:
            report = self._stage.request(case.arguments[0])
            yield run_of(report, self._stage.look())


class Guest:
    """Speaks frames with one of the three boxes."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self.log_seen = 0

    def ask(self, frame: dict[str, Any], wanted: str) -> tuple[dict[str, Json], bytes]:
        """One answer. Raises BoxBroken where it is another than wanted, JobRefused where the box refuses."""
        self._box.send(json.dumps(frame).encode())
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
            running=head.get("running") is True,
            exit=head.get("exit") if isinstance(head.get("exit"), int) else None,
            signal=head.get("signal") if isinstance(head.get("signal"), int) else None,
            cpu_ms=_count(head, "cpu_us") / 1000,
            oom_kills=_count(head, "oom_kills"),
            log=_COLOURS.sub("", readable_bytes(log)),
            log_cut=head.get("log_cut") is True,
        )

    def reports(self, frame: dict[str, Any]) -> Iterator[dict[str, Json]]:
        """What the suite's box reports until it is done. It waits after each report until the next one is asked for."""
        self._box.send(json.dumps(frame).encode())
        while True:
            head, rest = self._receive(PHASE_WITHIN_S + SILENCE_S)
            if head["event"] == "done":
                return
            if head["event"] != "report":
                raise BoxBroken(f"the suite's box answered {head['event']!r}")
            report = json.loads(rest)
            if not isinstance(report, dict):
                raise BoxBroken("the suite's box reports no object")
            yield report
            self._box.send(GO_ON)

    def _receive(self, within_s: float = SILENCE_S) -> tuple[dict[str, Json], bytes]:
        head, rest = read_head(self._box.receive(within_s, FRAME_LIMIT + LENGTH.size))
        if head["event"] == "refused":
            raise JobRefused(str(head.get("message"))[:500])
        return head, rest


def check_service(job: ServiceJob) -> None:
    """Raises JobRefused."""
    names = {GIVEN, *(phase.name for phase in job.phases)}
    for case in job.cases:
        if case.judged and not (len(case.arguments) == 2 and case.arguments[0] in names):
            raise JobRefused(f"case {case.name!r} is no step of a phase")


def _phase_of(case: Case) -> str | None:
    return str(case.arguments[0]) if case.judged else None


def run_of(report: Mapping[str, Json], state: State) -> Run:
    """A step as the suite reports it, with the log of the service meanwhile."""
    outcome = str(report.get("outcome"))
    value = {
        "passed": outcome == "passed",
        "reason": _reason(report, state),
        "expected": str(report.get("expected", "")),
        "got": str(report.get("got", "")),
        "exchanges": report.get("exchanges") or [],
        "left_out": report.get("left_out") or 0,
    }
    status = _OUTCOMES.get(outcome, RunStatus.RETURNED)
    if outcome == "no answer" and not state.running and state.oom_kills:
        status = RunStatus.MEMORY_LIMIT
    wall_ms = float(report.get("wall_us") or 0) / 1000
    return Run(status, value, stdout=state.log, time_ms=wall_ms, wall_ms=wall_ms)


def _reason(report: Mapping[str, Json], state: State) -> str:
    if not state.running and report.get("outcome") != "passed":
        return f"{_ending(state)} before this step was over."
    return str(report.get("reason", ""))


def never_listened(state: State) -> Run:
    """The run of the first step, where the service never got ready."""
    if state.running:
        reason = f"Your service does not listen on port {PORT} after {READY_WITHIN_S:g} s."
    else:
        reason = f"{_ending(state)} before it listened on port {PORT}."
    value = {"passed": False, "reason": reason, "expected": "", "got": "", "exchanges": [], "left_out": 0}
    status = RunStatus.MEMORY_LIMIT if state.oom_kills else RunStatus.DIED
    return Run(status, value, stdout=state.log)


def _ending(state: State) -> str:
    if state.oom_kills:
        return "Your service ran out of memory and was ended"
    if state.signal is not None:
        return f"Your service was ended by signal {state.signal}"
    return f"Your service ended with exit code {state.exit}"


def _count(head: Mapping[str, Json], key: str) -> int:
    value = head.get(key)
    if type(value) is not int or not 0 <= value < 1 << 60:
        raise BoxBroken(f"a box sent no count as {key}")
    return value
