"""From a service problem and files to the sandbox's jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sandbox.model import AnyJob, Case, Judgement, Verdict
from trainer.bank.jobs import make_job
from trainer.bank.problem import Problem
from trainer.errors import InputError
from trainer.kinds.base import OwnField, SampleView
from trainer.kinds.feedback import Text
from trainer.kinds.service.requests import FIELDS, read_request

MOST_REQUESTS = 20


def label(problem: Problem) -> str:
    return "service"


def job(problem: Problem, cases: Iterable[Case], source: str, language: str) -> AnyJob | Judgement:
    """Files that cannot be read are a compile error, which names the file."""
    try:
        return make_job(problem, cases, source, language)
    except InputError as error:
        return Judgement(Verdict.COMPILE_ERROR, 0.0, (), compile_output=str(error))


def sample_job(
    problem: Problem,
    samples: Iterable[Case],
    source: str,
    language: str,
    own_inputs: Sequence[Mapping[str, str]] = (),
) -> AnyJob | Judgement:
    """A run: the sample steps, then the student's own requests in their order."""
    own = [parse_own_input(problem, texts, number) for number, texts in enumerate(own_inputs, 1)]
    return job(problem, (*samples, *own), source, language)


def show_samples(problem: Problem, language: str = "") -> tuple[SampleView, ...]:
    return tuple(SampleView(case.name, (), Text(""), {}) for case in problem.samples)


def own_fields(problem: Problem, language: str = "") -> tuple[OwnField, ...]:
    return tuple(OwnField(name, "text", example) for name, example in FIELDS.items())


def parse_own_input(problem: Problem, texts: Mapping[str, str], number: int = 1) -> Case:
    request = read_request(texts)
    return Case(f"{request['method']} {request['path']}"[:120], (request,), judged=False)
