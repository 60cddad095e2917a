"""Makes the sandbox's jobs from a problem: the bank needs them to answer generated cases and to check itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from sandbox.languages import languages
from sandbox.model import AnyJob, Case, Job, Limits, ServiceJob
from trainer.bank.causes import ANSWER, NAMED, SMALL, given_case, judge_cause, judge_size
from trainer.bank.problem import Problem, Service
from trainer.bank.sources import unpack, without_mark


def make_job(
    problem: Problem, cases: Iterable[Case], source: str, language: str, limits: Limits | None = None
) -> AnyJob:
    """An answer to be judged on these cases, under the problem's limits if no others are given.

    Raises InputError where the answer's files cannot be read.
    """
    if problem.service is not None:
        (starter,) = problem.starters.values()
        return _service_job(problem.service, cases, source, limits or problem.limits, starter)
    assert problem.signature is not None
    bounds = limits_in(language, limits or problem.limits)
    return Job(language, without_mark(source), problem.signature, tuple(cases), bounds, problem.compare)


def limits_in(language: str, limits: Limits) -> Limits:
    """What limits, which are written for Python, are in another language."""
    found = languages().get(language)
    factor = 1.0 if found is None else found.time_factor
    return limits if factor == 1.0 else dataclasses.replace(limits, time_limit_s=limits.time_limit_s * factor)


def _service_job(service: Service, cases: Iterable[Case], source: str, limits: Limits, starter: str) -> ServiceJob:
    """Steps come in the suite's order, whatever order samples and hidden ones are stored in; own requests last."""
    files = unpack(source)
    given = _given(service, files, unpack(starter))
    order = {step.name: place for place, step in enumerate(service.steps)}
    sorted_cases = sorted(cases, key=lambda case: order.get(case.name, len(order)))
    wanted = tuple(given.get(case.name, case) for case in sorted_cases)
    return ServiceJob(files, service.start, service.phases, wanted, service.env, limits, service.upstream)


def _given(service: Service, files: dict[str, str], starter: Mapping[str, str]) -> dict[str, Case]:
    """Of debugging, the cases that are judged here; the named cause is no file of the service."""
    if service.cause is None:
        return {}
    named = files.pop(ANSWER, "")
    told = {
        NAMED: judge_cause(service.cause, named),
        SMALL: judge_size(starter, files, service.most_changed_lines),
    }
    return {step.name: given_case(step, told[step.name]) for step in service.steps if step.name in told}
