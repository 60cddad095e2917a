"""From a problem and an answer to the sandbox's jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sandbox.model import AnyJob, Case
from sandbox.signature import Class
from trainer.bank.jobs import make_job
from trainer.bank.problem import Problem
from trainer.kinds.function.own_input import parse_own_input


def label(problem: Problem) -> str:
    return "class" if isinstance(problem.calls, Class) else "function"


def sample_job(
    problem: Problem,
    samples: Iterable[Case],
    source: str,
    language: str,
    own_inputs: Sequence[Mapping[str, str]] = (),
) -> AnyJob:
    own = (parse_own_input(problem, texts, number) for number, texts in enumerate(own_inputs, 1))
    return make_job(problem, (*samples, *own), source, language)
