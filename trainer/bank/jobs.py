"""Makes the sandbox's jobs from a problem: the bank needs them to answer generated cases and to check itself."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.model import Case, Job, Limits
from trainer.bank.problem import Problem


def make_job(problem: Problem, cases: Iterable[Case], source: str, language: str, limits: Limits | None = None) -> Job:
    """A program to be judged on these cases, with the problem's limits if no others are given."""
    return Job(language, source, problem.signature, tuple(cases), limits or problem.limits, problem.compare)
