"""The words of the sandbox: what is asked of it (`Job`), what it saw (`Run`) and what that means (`Judgement`).

Everything here is a plain frozen value. `RunStatus` is what was *seen* of one case and knows nothing of right or
wrong; `Verdict` is what a judge *says*. Times are CPU time of the whole box unless a name says `wall`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from sandbox.signature import Signature

Json: TypeAlias = Any
"""A JSON value as Python reads it: None, bool, int, float (NaN and infinities too), str, list, dict with str keys."""


class RunStatus(StrEnum):
    """What the sandbox saw of one case."""

    RETURNED = "returned"  # the function came back with a value that could be written as JSON
    NO_VALUE = "no value"  # it came back with something that is no JSON value (a generator, an open file …)
    RAISED = "raised"  # an exception left it, SystemExit included
    DIED = "died"  # the process ended without an answer: os._exit, a signal of its own
    NOT_COMPILED = "not compiled"  # the source is no program, or does not define what the signature names
    CPU_LIMIT = "cpu limit"
    WALL_LIMIT = "wall limit"
    MEMORY_LIMIT = "memory limit"
    OUTPUT_LIMIT = "output limit"
    BOX_ENDED = "box ended"  # the box died, hung or broke the protocol while student code ran, twice
    NOT_RUN = "not run"  # `Run.not_run` says why


class NotRun(StrEnum):
    """Why a case was not run, as it stands behind "Not run: ". A failure in front of the case always goes with it."""

    NOT_COMPILED = "the program does not compile"
    FIRST_FAILURE = "judging stopped after the first failure"
    TIMEOUTS = "judging stopped after two time-outs"
    BOX_ENDED = "the sandbox had ended before"
    NOT_READY = "the service was not ready"
    SERVICE_ENDED = "the service had ended before"
    PHASE_OVER = "the time of all steps together was over"
    TOO_LARGE = "the answers of an earlier step were too large"
    EARLIER_STEP = "an earlier step did not get as far"


class Verdict(StrEnum):
    """What the judge says of a case, or of a whole submission."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong answer"
    TIME_LIMIT_EXCEEDED = "time limit exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory limit exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output limit exceeded"
    RUN_TIME_ERROR = "run-time error"
    COMPILE_ERROR = "compile error"
    JUDGE_ERROR = "judge error"  # our fault, never the student's

    @property
    def short(self) -> str:
        """The two or three letters that narrow columns show: AC, WA, TLE …"""
        return _SHORT[self]


_SHORT = {
    Verdict.ACCEPTED: "AC",
    Verdict.WRONG_ANSWER: "WA",
    Verdict.TIME_LIMIT_EXCEEDED: "TLE",
    Verdict.MEMORY_LIMIT_EXCEEDED: "MLE",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "OLE",
    Verdict.RUN_TIME_ERROR: "RTE",
    Verdict.COMPILE_ERROR: "CE",
    Verdict.JUDGE_ERROR: "JE",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one case may use. The wall limit is for sleepers only; a loaded machine fails nobody."""

    time_limit_s: float = 2.0
    memory_mib: int = 256
    output_kib: int = 64
    value_kib: int = 8 * 1024

    @property
    def wall_limit_s(self) -> float:
        return 3 * self.time_limit_s + 2


class Compare(StrEnum):
    """How a returned value is held against the expected one."""

    CLOSE = "close"  # the usual: floats within 1e-6, relative or absolute, wherever they stand; all else is exact
    UNORDERED = "unordered"  # the outermost list is a bag, its floats as close
    ANY_OF = "any_of"  # expected is a list of acceptable answers, their floats as close
    EXACT = "exact"  # floats to the last bit, too


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. `arguments` are the parameters in order, or, for a class, the list of calls."""

    name: str
    arguments: tuple[Json, ...]
    expected: Json = None
    sample: bool = False
    judged: bool = True  # False: there is no expected value (own input, generators), only the run matters


@dataclass(frozen=True, slots=True)
class Job:
    """One judging: a program, what to call in it, and the cases in authored order."""

    language: str
    source: str
    signature: Signature
    cases: tuple[Case, ...]
    limits: Limits = field(default_factory=Limits)
    compare: Compare = Compare.CLOSE
    first_failure_only: bool = False  # stop after the first hidden case that fails: those after it are not run
    single_box: bool = False  # a box that nobody was in before and nobody will be in after


@dataclass(frozen=True, slots=True)
class Phase:
    """A module of a hidden suite; the service is started before it and stopped after it."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class ServiceJob:
    """One judging of an HTTP service.

    `files` by path below the folder that `start` is called in; the service listens on port 8000. `env` are settings
    beside those that every service gets. `upstream`: a scripted API stands at UPSTREAM_URL.

    A case is a step, `arguments` (phase's name, test function's name). Where the phase's name is empty it was judged
    before, and the second argument is its report. Where it is not judged it is a request of the student's own:
    ({"method", "path", "headers", "body"},).
    """

    files: Mapping[str, str]
    start: str
    phases: tuple[Phase, ...]
    cases: tuple[Case, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    upstream: bool = False
    first_failure_only: bool = False  # as of a Job


AnyJob: TypeAlias = Job | ServiceJob


@dataclass(frozen=True, slots=True)
class ProgramError:
    """An error of the student's program.

    `message` and `trace` may carry the hidden input: show them only where the case itself may be shown in full.
    `line` is a line of the student's source (from 1), or None; `call` the position in a class problem's list of calls.
    """

    type: str
    message: str = ""
    line: int | None = None
    trace: str = ""
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What was seen of one case. `time_ms` is CPU time of the box, `memory_mib` the largest process's peak."""

    status: RunStatus
    value: Json = None
    error: ProgramError | None = None
    stdout: str = ""
    stderr: str = ""
    time_ms: float = 0.0
    wall_ms: float = 0.0
    memory_mib: float = 0.0
    not_run: NotRun | None = None


def not_run(why: NotRun, count: int) -> tuple[Run, ...]:
    """Runs of so many cases that were not run."""
    return (Run(RunStatus.NOT_RUN, not_run=why),) * count


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, judged. `verdict` is None where it was not run or there was nothing to compare with.

    `reason` may quote the answer and the expected value: show it only where the case itself may be shown in full.
    """

    case: Case
    verdict: Verdict | None
    run: Run
    reason: str = ""  # one sentence where the verdict does not speak for itself: "Returned str, expected list[int]."


@dataclass(frozen=True, slots=True)
class Judgement:
    """All cases of one job, judged.

    `verdict` is the first failing case's, in authored order, and accepted where all judged cases were run and accepted;
    `score` is the share of cases accepted, 0 to 1, and 1 where the verdict is accepted, nowhere else.
    `compile_output` is for the student; `message` says what went wrong where no case can (a judge error).
    """

    verdict: Verdict
    score: float
    results: tuple[CaseResult, ...]
    compile_output: str = ""
    message: str = ""

    @property
    def first_failure(self) -> int | None:
        """Index of the first case that was run and not accepted."""
        for index, result in enumerate(self.results):
            if result.verdict not in (None, Verdict.ACCEPTED):
                return index
        return None
