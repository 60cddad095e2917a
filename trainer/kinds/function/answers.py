"""What a function or class should answer and what it did, as the declared types have it."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.answers import wanted_of
from sandbox.checkers import matches
from sandbox.model import Case, Compare, Json
from sandbox.signature import Type
from trainer.bank.problem import Problem
from trainer.kinds.function.declared import as_declared


def answer_of(problem: Problem, case: Case, value: Json) -> Json:
    """An answer with floats where they are declared."""
    wanted = wanted_of(problem.calls, case)
    if isinstance(wanted, Type):
        return as_declared(value, wanted)
    if not isinstance(value, list) or len(value) != len(wanted):
        return value
    return [as_declared(answer, type_) for answer, type_ in zip(value, wanted, strict=True)]


def expected_of(problem: Problem, case: Case) -> Json:
    """What is expected; with `any_of` all that is acceptable."""
    if problem.compare is Compare.ANY_OF and isinstance(case.expected, list):
        return [answer_of(problem, case, one) for one in case.expected]
    return answer_of(problem, case, case.expected)


def wrong_calls(problem: Problem, case: Case, value: Json) -> Iterator[int]:
    """Of a class problem, the places of the calls that answered otherwise than expected."""
    wanted = wanted_of(problem.calls, case)
    if isinstance(wanted, Type) or problem.compare is Compare.ANY_OF or not isinstance(value, list):
        return
    for place, (got, expected, type_) in enumerate(zip(value, case.expected, wanted, strict=False)):
        if not matches(got, expected, type_, problem.compare):
            yield place
