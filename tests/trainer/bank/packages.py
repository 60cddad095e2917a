"""Packages and a sandbox for tests of the bank: the template, changed here and there, run in this process."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.judge import judge_runs
from sandbox.model import Job, Judgement, Limits, ProgramError, Run, RunStatus
from sandbox.signature import Class
from trainer.bank.package import read_package
from trainer.bank.problem import Problem
from trainer.bank.template import new_package
from trainer.errors import Flaw, PackageError

SLUG = "longest-outage"
SIGNATURE = 'signature: "longest_outage(checks: list[bool], retries: int) -> int"'
COUNTER = """signature: |
  class Counter:
      def __init__(self, start: int): ...
      def add(self, by: int) -> int: ..."""


def files(**changes: str | None) -> dict[str, bytes]:
    """The template's files with these contents by path; None takes a file away."""
    found = dict(new_package(SLUG))
    for path, text in changes.items():
        if text is None:
            del found[path]
        else:
            found[path] = text.encode()
    return found


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The template's files with one text replaced in one of them."""
    found = dict(new_package(SLUG))
    text = found[path].decode()
    assert old in text
    return found | {path: text.replace(old, new).encode()}


def read(found: Mapping[str, bytes] | None = None) -> Problem:
    return read_package(found or files(), SLUG, topics={"arrays", "strings", "queues"})


def flaws(found: Mapping[str, bytes]) -> list[Flaw]:
    """What is wrong with these files."""
    try:
        read(found)
    except PackageError as error:
        return list(error.flaws)
    return []


class CpuLimit(Exception):
    """A program of a test used more time than it had."""


class InProcess:
    """Runs trusted programs of tests in this very process: a stand-in for the sandbox without an engine.

    Programs call `spend(seconds)` to use up time.
    """

    def run(self, job: Job, on_case: object = None) -> tuple[Run, ...]:
        return tuple(self._run(job, list(case.arguments)) for case in job.cases)

    def judge(self, job: Job, on_case: object = None) -> Judgement:
        return judge_runs(job, self.run(job))

    def _run(self, job: Job, arguments: list[Any]) -> Run:
        spent = _Clock(job.limits)
        names: dict[str, Any] = {"spend": spent.spend, "random": random}
        try:
            exec(job.source, names)
            value = _call(names, job, arguments)
        except CpuLimit:
            return Run(RunStatus.CPU_LIMIT, time_ms=spent.seconds * 1000)
        except SyntaxError as error:
            return Run(RunStatus.NOT_COMPILED, error=ProgramError("SyntaxError", str(error), error.lineno, str(error)))
        except Exception as error:
            return Run(RunStatus.RAISED, error=ProgramError(type(error).__name__, str(error), 1))
        return Run(RunStatus.RETURNED, value, time_ms=spent.seconds * 1000 + 1)


class _Clock:
    def __init__(self, limits: Limits) -> None:
        self.seconds, self._limit = 0.0, limits.time_limit_s

    def spend(self, seconds: float) -> None:
        self.seconds += seconds
        if self.seconds > self._limit:
            raise CpuLimit


def _call(names: Mapping[str, Any], job: Job, arguments: list[Any]) -> Any:
    if not isinstance(job.signature, Class):
        return names[job.signature.name](*arguments)
    (_, *first), *calls = arguments
    made = names[job.signature.name](*first)
    return [None, *(_method(made, name)(*rest) for name, *rest in calls)]


def _method(made: object, name: str) -> Callable[..., Any]:
    method: Callable[..., Any] = getattr(made, name)
    return method
