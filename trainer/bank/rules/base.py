"""What a rule is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sandbox.model import AnyJob, Case, Judgement, Run
from trainer.bank.problem import Problem
from trainer.bank.report import Trial


class Sandbox(Protocol):
    """What checks need of the sandbox."""

    def judge(self, job: AnyJob) -> Judgement: ...

    def run(self, job: AnyJob) -> tuple[Run, ...]: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """A problem, its cases resolved, and, for rules that come after them, the trials of its programs.

    `brief`: wrong programs ran up to their first failure only, and slow ones under the wider limits at once.
    """

    problem: Problem
    cases: tuple[Case, ...]
    sandbox: Sandbox
    trials: tuple[Trial, ...] = ()
    brief: bool = False

    @property
    def hidden(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if not case.sample)

    @property
    def samples(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.sample)


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule found; `advice` marks information that fails nothing."""

    ok: bool
    message: str
    advice: bool = False


Finder = Callable[[Facts], Iterator[Result]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the check. `of_all_cases`: it needs every program's outcome in every case."""

    name: str
    find: Finder
    of_all_cases: bool = False
