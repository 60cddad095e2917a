"""Conducts one judging of an HTTP service over three boxes: phase by phase, and every step gets a run that says why.

Between phases the host has the student's box end every process and start the service again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from sandbox.backend import Box
from sandbox.errors import BoxBroken, BoxDied, BoxSilent, JobRefused, SuiteFailed
from sandbox.model import Case, Json, NotRun, Run, RunStatus, ServiceJob, not_run
from sandbox.runner import BoxLost, OnCase, end_of
from sandbox.stage import PHASE_WITHIN_S, TOO_LARGE, PhaseEnd, Stage, Start, State, unreported
from sandbox.step_runs import never_ready, run_of, with_exchanges

GIVEN = ""
"""Phase of cases that were judged before: their second argument is what a report would say."""
_AFTER_END = {PhaseEnd.TIME: NotRun.PHASE_OVER, PhaseEnd.MEMORY: NotRun.TOO_LARGE}
LATE = f"The time of all steps together, {PHASE_WITHIN_S:g} s, was over before this one was."
_UNANSWERED = (RunStatus.DIED, RunStatus.WALL_LIMIT, RunStatus.MEMORY_LIMIT)


@dataclass
class ServiceConversation:
    """One job over one data box and its two guests, as far as it has come."""

    box: Box
    job: ServiceJob
    runs: list[Run] = field(default_factory=list)
    started: bool = False
    """Has the service been started: whose fault a lost box is depends on it."""
    seed: int = field(default_factory=lambda: secrets.randbits(63))
    """One for all phases: what is drawn in one of them is not drawn in another."""

    def __post_init__(self) -> None:
        self._stage = Stage(self.box, self.job)

    def conduct(self, on_case: OnCase | None = None) -> tuple[Run, ...]:
        """All runs, in order. Raises BoxLost, SuiteFailed, or what boxes raise before the service was started."""
        total = len(self.job.cases)
        try:
            for run in self._all_runs():
                self.runs.append(run)
                if on_case is not None:
                    on_case(len(self.runs), total)
                if why := end_of(self.job, self.runs):
                    return (*self.runs, *not_run(why, total - len(self.runs)))
        except (BoxDied, BoxSilent, BoxBroken) as error:
            if not self.started:
                raise
            out_of_memory = bool(getattr(error, "out_of_memory", False))
            raise BoxLost(self.runs, error, out_of_memory=out_of_memory) from error
        return tuple(self.runs)

    def _all_runs(self) -> Iterator[Run]:
        self._stage.open()
        ready = True
        for name, group in groupby(self.job.cases, key=_phase_of):
            cases = list(group)
            if name == GIVEN:
                yield from (Run(RunStatus.RETURNED, case.arguments[1]) for case in cases)
            elif not ready:
                yield from not_run(NotRun.NOT_READY, len(cases))
            else:
                start = self._start()
                ready = start.ready
                yield from self._run(name, cases, start)
                self._stage.stop()

    def _start(self) -> Start:
        self.started = True
        return self._stage.start()

    def _run(self, name: str | None, cases: list[Case], start: Start) -> Iterator[Run]:
        if not start.ready:
            yield never_ready(start)
            yield from not_run(NotRun.NOT_READY, len(cases) - 1)
        elif name is None:
            yield from self._send_own(cases, start)
        else:
            yield from self._run_phase(name, [case.arguments[1] for case in cases], start)

    def _run_phase(self, name: str, steps: list[str], start: Start) -> Iterator[Run]:
        """A run for each step of a phase, in their order."""
        asked = {"name": name, "seed": self.seed, "steps": steps}
        looks = _Looks(start, start.exchanges)
        left = iter(steps)
        for report in self._stage.phase(asked):
            if isinstance(report, PhaseEnd):
                yield from self._cut(report, len(list(left)), looks)
                return
            step = next(left, None)
            if report != TOO_LARGE and report.get("step") != step:
                raise SuiteFailed(f"the suite reported {report.get('step')!r} where {step!r} was to be run")
            yield looks.run_of(report, self._stage.look())

    def _cut(self, end: PhaseEnd, left: int, looks: _Looks) -> Iterator[Run]:
        """The runs of steps that were not reported: the one at which the phase ended, and those after it."""
        if not left:
            return
        report = unreported(end, LATE)
        yield looks.run_of(report, self._stage.look())
        yield from not_run(_AFTER_END[end], left - 1)

    def _send_own(self, cases: list[Case], start: Start) -> Iterator[Run]:
        looks = _Looks(start, [])
        for case in cases:
            report = self._stage.request(case.arguments[0])
            yield looks.run_of(report, self._stage.look())


class _Looks:
    """The looks at the service during a phase: what the end of a service is charged to, once."""

    def __init__(self, start: Start, exchanges: list[Json]) -> None:
        self._said_before = exchanges
        self._before = start.state
        self._charged = False

    def run_of(self, report: dict[str, Json], after: State) -> Run:
        """The step's run. Where a step before has failed by the end of the service, it was in vain: it was not run."""
        run = run_of(report, self._before, after)
        in_vain = self._charged and not after.serving and run.status in _UNANSWERED
        self._charged = not after.serving and (self._charged or run.status in _UNANSWERED)
        self._before = after
        if in_vain:
            return Run(RunStatus.NOT_RUN, run.value, stdout=run.stdout, not_run=NotRun.SERVICE_ENDED)
        said_before, self._said_before = self._said_before, []
        return with_exchanges(run, said_before)


def check_service(job: ServiceJob) -> None:
    """Raises JobRefused."""
    names = {GIVEN, *(phase.name for phase in job.phases)}
    for case in job.cases:
        if case.judged and not (len(case.arguments) == 2 and case.arguments[0] in names):
            raise JobRefused(f"case {case.name!r} is no step of a phase")


def _phase_of(case: Case) -> str | None:
    return str(case.arguments[0]) if case.judged else None
