"""What kinds with programs share: a job is made from the problem, a known mistake is found by judging it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sandbox.model import AnyJob, Case, Judgement, Verdict
from trainer.bank.jobs import make_job
from trainer.bank.mistakes import patterns_of
from trainer.bank.problem import Problem


def job(problem: Problem, cases: Iterable[Case], source: str, language: str) -> AnyJob:
    return make_job(problem, cases, source, language)


def mistake_patterns(
    problem: Problem, cases: Sequence[Case], judge: Callable[[AnyJob], Judgement]
) -> Mapping[str, str]:
    wrong = [s for s in problem.submissions if s.verdict is not Verdict.ACCEPTED]
    return patterns_of((s, judge(make_job(problem, cases, s.source, s.language))) for s in wrong)
