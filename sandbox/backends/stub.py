"""Boxes without isolation and without programs, for tests: a script says what is seen of each case.

It speaks the same frames as a real box, so everything above the backend is the real thing. It never runs the source.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from sandbox.backend import Box, BoxSpec
from sandbox.backends.troubles import sort_of
from sandbox.errors import BoxBroken, BoxDied, EngineUnavailable, SandboxError
from sandbox.model import Json, ProgramError, Run, RunStatus
from sandbox.protocol import LENGTH
from sandbox.reports import CLAIMS

Script = Callable[[str, tuple[Json, ...]], Run]
"""Source and arguments to what is seen. It may raise BoxDied, BoxSilent or BoxBroken: the box then does so."""

Answer: TypeAlias = Run | SandboxError | Callable[..., Json]

RETURNS_NONE = Run(RunStatus.RETURNED)

_WORDS = {status: word for word, status in CLAIMS.items()}
_ENDS = {
    RunStatus.CPU_LIMIT: "cpu",
    RunStatus.WALL_LIMIT: "wall",
    RunStatus.MEMORY_LIMIT: "memory",
    RunStatus.OUTPUT_LIMIT: "output",
}


def by_text(answers: Mapping[str, Answer], otherwise: Answer = RETURNS_NONE) -> Script:
    """A script that goes by the first text found in the source.

    A callable is called with the case's arguments and returns the value, or raises what the program is to raise.
    """

    def script(source: str, arguments: tuple[Json, ...]) -> Run:
        found = next((answer for text, answer in answers.items() if text in source), otherwise)
        if isinstance(found, SandboxError):
            raise found
        return found if isinstance(found, Run) else _call(found, arguments)

    return script


class StubBackend:
    """Set `available` to False and no engine answers; no box of a sort in `broken` can be started.

    `started` are the specs of all boxes ever started. `keeps`: its boxes serve one submission after the other.
    """

    why_single = "the stub has no boxes"

    def __init__(self, script: Script | Mapping[str, Answer] | None = None, *, keeps: bool = False) -> None:
        self.script = script if callable(script) else by_text(script or {})
        self.available = True
        self.broken: dict[str, SandboxError] = {}
        self.keeps = keeps
        self.started: list[BoxSpec] = []
        self.open: set[str] = set()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def start(self, spec: BoxSpec) -> Box:
        self.ping()
        if sort_of(spec) in self.broken:
            raise self.broken[sort_of(spec)]
        with self._lock:
            box = StubBox(self, f"stub-{next(self._numbers)}")
            self.started.append(spec)
            self.open.add(box.id)
        return box

    def ping(self) -> None:
        if not self.available:
            raise EngineUnavailable("no engine answers: the stub was told so")

    def sweep(self) -> int:
        self.ping()
        return 0

    def close(self, boxes: Iterable[Box] = ()) -> None:
        for box in boxes:
            box.discard()


class StubBox:
    """Answers each case with what the script says."""

    def __init__(self, backend: StubBackend, id: str) -> None:
        self._backend = backend
        self._id = id
        self._source: str | None = None
        self._arguments: tuple[Json, ...] | None = None
        self._told = False  # that the program is loaded

    @property
    def id(self) -> str:
        return self._id

    @property
    def guests(self) -> tuple[Box, ...]:
        return ()

    def alive(self) -> bool:
        return self._backend.available and self._id in self._backend.open

    def send(self, *frames: bytes) -> None:
        self._check()
        for content in map(json.loads, frames):
            if self._source is None:
                self._source = content["source"]
            else:
                self._arguments = tuple(content["arguments"])

    def receive(self, timeout_s: float, limit: int) -> bytes:
        self._check()
        if self._source is not None and not self._told:
            self._told = True
            return LOADED
        if self._source is None or self._arguments is None:
            raise BoxBroken("the box was asked for an answer before it had a case")
        answer = frame_of(self._backend.script(self._source, self._arguments))
        self._arguments = None
        if len(answer) > limit:
            raise BoxBroken(f"the box announced a frame of {len(answer)} bytes where {limit} are the most")
        return answer

    @property
    def holds_inputs(self) -> bool:
        return False

    @property
    def may_serve_again(self) -> bool:
        return self._backend.keeps

    def renew(self) -> bool:
        if not self.may_serve_again or not self.alive():
            return False
        self._source = self._arguments = None
        self._told = False
        return True

    def discard(self) -> None:
        self._backend.open.discard(self._id)

    def _check(self) -> None:
        self._backend.ping()
        if self._id not in self._backend.open:
            raise BoxDied("the box was discarded")


def _frame(head: Mapping[str, Json], *parts: bytes) -> bytes:
    text = json.dumps(head).encode()
    return b"".join((LENGTH.pack(len(text)), text, *parts))


LOADED = _frame({"event": "loaded"})


def frame_of(run: Run) -> bytes:
    """The answer with which a harness tells of this run."""
    parts = [run.stdout.encode(), run.stderr.encode(), _report(run)]
    end = "ended" if run.status in _WORDS else _ENDS.get(run.status, "ended")
    head = {
        "event": "case",
        "end": end,
        "exit": 0,
        "signal": None,
        "cpu_us": int(run.time_ms * 1000),
        "wall_us": int(run.wall_ms * 1000),
        "peak_kib": int(run.memory_mib * 1024),
        "parts": [len(part) for part in parts],
        "clean": True,
    }
    return _frame(head, *parts)


def _report(run: Run) -> bytes:
    if run.status not in _WORDS:
        return b""
    report: dict[str, Any] = {"status": _WORDS[run.status]}
    if run.status is RunStatus.RETURNED:
        report["value"] = run.value
    else:
        error = run.error or ProgramError("Exception")
        report["error"] = {name: getattr(error, name) for name in ProgramError.__slots__}
    return json.dumps(report).encode()


def _call(function: Callable[..., Json], arguments: tuple[Json, ...]) -> Run:
    try:
        return Run(RunStatus.RETURNED, value=function(*arguments), time_ms=1.0)
    except SandboxError:
        raise
    except Exception as error:
        return Run(RunStatus.RAISED, error=ProgramError(type(error).__name__, str(error)))
