"""From a problem and an answer to the sandbox's jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sandbox.model import Case, Job, Judgement, Verdict
from sandbox.signature import Class
from trainer.bank.jobs import make_job
from trainer.bank.mistakes import patterns_of
from trainer.bank.problem import Problem
from trainer.kinds.function.own_input import parse_own_input


def label(problem: Problem) -> str:
    return "class" if isinstance(problem.calls, Class) else "function"


def job(problem: Problem, cases: Iterable[Case], source: str, language: str) -> Job:
    return make_job(problem, cases, source, language)


def sample_job(
    problem: Problem,
    samples: Iterable[Case],
    source: str,
    language: str,
    own_inputs: Sequence[Mapping[str, str]] = (),
) -> Job:
    own = (parse_own_input(problem, texts, number) for number, texts in enumerate(own_inputs, 1))
    return make_job(problem, (*samples, *own), source, language)


def mistake_patterns(problem: Problem, cases: Sequence[Case], judge: Callable[[Job], Judgement]) -> Mapping[str, str]:
    wrong = [s for s in problem.submissions if s.verdict is not Verdict.ACCEPTED]
    return patterns_of((s, judge(make_job(problem, cases, s.source, s.language))) for s in wrong)
