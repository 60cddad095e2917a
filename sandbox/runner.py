"""Conducts one job over one box: the program first, then case by case, each input sent when the last has ended."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sandbox.backend import Box
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, JobRefused
from sandbox.judge import ends_job
from sandbox.model import AnyJob, Job, Limits, NotRun, ProgramError, Run, RunStatus, not_run
from sandbox.protocol import Answer, answer_limit, case_frame, load_frame, read_answer, read_head, read_loaded
from sandbox.reports import read_report, readable_bytes

OnCase = Callable[[int, int], None]
"""Told after each case: how many are done, of how many."""

MOST_PATIENCE, SILENCE_S = 5, 15.0
"""A case may take so many wall limits where the machine had no time for it, and the box so much longer to answer."""

MOST_AHEAD_BYTES = 16 << 10
"""Inputs that wait in a box take of its memory. They fit into the pipes between, too, whoever waits for whom."""

COMPILE_WALL_S = 32.0
"""As long as the harness lets a compiler wait."""
_COMPILER_ENDED = {
    RunStatus.CPU_LIMIT: "The compiler took longer than 10 s.",
    RunStatus.WALL_LIMIT: "The compiler waited for too long.",
    RunStatus.MEMORY_LIMIT: "The compiler needed more memory than there is.",
    RunStatus.OUTPUT_LIMIT: "The compiler wrote, or made, too much.",
}

BREAKING_LIMITS = (RunStatus.CPU_LIMIT, RunStatus.WALL_LIMIT)
MOST_TIMEOUTS = 2

_BY_END = {
    "ended": RunStatus.DIED,  # unless it reported how
    "cpu": RunStatus.CPU_LIMIT,
    "wall": RunStatus.WALL_LIMIT,
    "output": RunStatus.OUTPUT_LIMIT,
    "memory": RunStatus.MEMORY_LIMIT,
}


class BoxLost(Exception):
    """The box died, hung or broke the protocol after student code had started.

    `runs` are the cases that ended before; `out_of_memory` says whether memory ran out.
    """

    def __init__(self, runs: list[Run], cause: Exception, *, out_of_memory: bool) -> None:
        super().__init__(str(cause))
        self.runs = runs
        self.out_of_memory = out_of_memory


@dataclass(slots=True)
class Conversation:
    """One job over one box, as far as it has come.

    `one_by_one`: no input is sent ahead. Who loses a box then knows at which case.
    """

    box: Box
    job: Job
    runs: list[Run]
    one_by_one: bool = False
    _sent: list[int] = field(default_factory=list)  # how long the frame of each case was
    _next_frame: bytes = b""

    def conduct(self, on_case: OnCase | None = None) -> tuple[Run, ...]:
        """All runs, in order. Raises BoxLost, or what the box raises where no student code had started."""
        total = len(self.job.cases)
        while len(self.runs) < total:
            self.runs.append(self._next())
            if on_case is not None:
                on_case(len(self.runs), total)
            if why := end_of(self.job, self.runs):
                return (*self.runs, *not_run(why, total - len(self.runs)))
        return tuple(self.runs)

    def _next(self) -> Run:
        case = self.job.cases[len(self.runs)]
        started = bool(self._sent)
        try:
            self._send()
            begins, started = not started, True
            if begins and (failed := _receive_loaded(self.box, self.job.limits)):
                return failed
            answer = _receive(self.box, self.job.limits, case.name)
        except (BoxDied, BoxSilent, BoxBroken) as error:
            if not started:
                raise
            raise BoxLost(self.runs, error, out_of_memory=bool(getattr(error, "out_of_memory", False))) from error
        return run_of(answer)

    def _send(self) -> None:
        """Send what the box has room for: the input of the next case, and where it holds inputs, some ahead."""
        frames = [] if self._sent else [load_frame(self.job)]
        while len(self._sent) < len(self.job.cases):
            self._next_frame = self._next_frame or case_frame(self.job.cases[len(self._sent)])
            if not self._has_room(len(self._next_frame)):
                break
            frames.append(self._next_frame)
            self._sent.append(len(self._next_frame))
            self._next_frame = b""
        if frames:
            self.box.send(*frames)

    def _has_room(self, length: int) -> bool:
        unanswered = self._sent[len(self.runs) :]
        if not unanswered:
            return True
        return self.box.holds_inputs and not self.one_by_one and sum(unanswered) + length <= MOST_AHEAD_BYTES


def end_of(job: AnyJob, runs: Sequence[Run]) -> NotRun | None:
    """Why no further case can change what the student reads, if that is so after these runs."""
    if any(run.status is RunStatus.NOT_COMPILED for run in runs):
        return NotRun.NOT_COMPILED
    if sum(run.status in BREAKING_LIMITS for run in runs) >= MOST_TIMEOUTS:
        return NotRun.TIMEOUTS
    return NotRun.FIRST_FAILURE if ends_job(job, job.cases[len(runs) - 1], runs[-1]) else None


def _receive_loaded(box: Box, limits: Limits) -> Run | None:
    """None where the program may be run; else the first case is told what is wrong with it, and no case is run.

    Compilers that are no step of their own speak in a case's report, and so does a runtime that misses a name.
    """
    answer = read_loaded(box.receive(MOST_PATIENCE * COMPILE_WALL_S + SILENCE_S, answer_limit(limits)))
    if answer is None:
        return None
    if not answer.clean:
        raise BoxBroken("the box could not be cleaned after a compilation")
    seen = run_of(answer)
    if seen.status is RunStatus.NOT_COMPILED:
        return seen
    told = _COMPILER_ENDED.get(seen.status, "The compiler ended without a word.")
    return replace(
        seen, status=RunStatus.NOT_COMPILED, error=ProgramError("not compiled", told, trace=told), value=None
    )


def _receive(box: Box, limits: Limits, name: str) -> Answer:
    frame = box.receive(MOST_PATIENCE * limits.wall_limit_s + SILENCE_S, answer_limit(limits))
    head, _ = read_head(frame)
    if head["event"] == "refused":
        raise JobRefused(f"case {name!r}: {str(head.get('message'))[:500]}")
    answer = read_answer(frame)
    if not answer.clean:
        raise BoxBroken("the box could not be cleaned after the case")
    return answer


def run_of(answer: Answer) -> Run:
    """What the harness saw and the program reported, as one run."""
    seen = Run(
        status=_BY_END[answer.end],
        stdout=readable_bytes(answer.stdout),
        stderr=readable_bytes(answer.stderr),
        time_ms=answer.cpu_us / 1000,
        wall_ms=answer.wall_us / 1000,
        memory_mib=answer.peak_kib / 1024,
    )
    if answer.end != "ended":
        return seen
    report = read_report(answer.report)
    if report is not None:
        return replace(seen, status=report.status, value=report.value, error=report.error)
    return replace(seen, error=_death(answer))


def _death(answer: Answer) -> ProgramError:
    if answer.signal is not None:
        return ProgramError(_signal_name(answer.signal), "The program was ended by a signal before it returned.")
    if answer.report:
        return ProgramError("unreadable answer", "The program wrote into the channel that its answer takes.")
    return ProgramError(f"exit code {answer.exit}", "The program ended itself before it returned.")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
