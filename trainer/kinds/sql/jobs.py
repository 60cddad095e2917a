"""From an SQL problem and a query to the sandbox's jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sandbox.model import AnyJob, Case, Job
from sandbox.signature import Query
from trainer.bank.jobs import make_job
from trainer.bank.problem import Problem
from trainer.errors import InputError
from trainer.kinds.base import OwnField, SampleView
from trainer.kinds.feedback import Text


def label(problem: Problem) -> str:
    return "sql"


def sample_job(
    problem: Problem,
    samples: Iterable[Case],
    source: str,
    language: str,
    own_inputs: Sequence[Mapping[str, str]] = (),
) -> AnyJob:
    """A run tells the plan as well."""
    made = make_job(problem, samples, source, language)
    assert isinstance(made, Job)
    assert isinstance(made.signature, Query)
    return replace(made, signature=replace(made.signature, explain=True))


def show_samples(problem: Problem, language: str = "") -> tuple[SampleView, ...]:
    """Names only: pages show the rows beside the schema."""
    return tuple(SampleView(case.name, (), Text(""), {}) for case in problem.samples)


def own_fields(problem: Problem, language: str = "") -> tuple[OwnField, ...]:
    return ()


def parse_own_input(problem: Problem, texts: Mapping[str, str], number: int = 1) -> Case:
    raise InputError("A query runs on the sample data: there is no own input for it.")
