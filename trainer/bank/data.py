"""Hidden cases as they are judged: those made by hand, and those that the generator makes and the reference answers."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

from sandbox.model import AnyJob, Case, Compare, Job, Json, Limits, Run, RunStatus
from sandbox.signature import Class, Function, Query, Signature, Type
from trainer.bank.cases import case_name_is_right, check_expected, read_arguments
from trainer.bank.flaws import Flaws, Spot
from trainer.bank.jobs import make_job
from trainer.bank.problem import Problem
from trainer.errors import DataError

Runner = Callable[[AnyJob], tuple[Run, ...]]
"""What runs programs in a box without judging them."""

GENERATOR = "data/generate.py"
MOST_GENERATED = 200
LIMITS = Limits(time_limit_s=60, memory_mib=1024, output_kib=64, value_kib=64 * 1024)
"""For generators and references: they may be slow, they may not run away."""

QUERY_LIMITS = Limits(time_limit_s=20)

_FORMAT = 1
_MOST_BYTES = 512 * 1024 * 1024
CALL = Function("generated_cases", (), Type("Json"))
_WRAPPER = """

def generated_cases():
    import random
    return [list(case) for case in generate(random.Random(1))]
"""


def data_digest(problem: Problem) -> str:
    """Content address of everything that decides the cases: while it stays, resolved cases can be used again."""
    decides = {
        "format": _FORMAT,
        "signature": _plain_signature(problem.signature),
        "compare": problem.compare,
        "cases": [_plain(case) for case in (*problem.samples, *problem.secrets)],
        "generator": problem.generator,
        "reference": problem.reference.source if needs_reference(problem) else None,
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def _plain_signature(signature: Signature | None) -> Json:
    if isinstance(signature, Function | Class):
        return signature.spec()
    return None if signature is None else str(signature)


def needs_reference(problem: Problem) -> bool:
    """Does the reference give answers, and not the author alone?"""
    return problem.generator is not None or isinstance(problem.signature, Query)


def resolve(problem: Problem, run: Runner) -> tuple[Case, ...]:
    """All cases in authored order: samples, secret ones made by hand, generated ones with the reference's answers.

    Of a query the reference answers all of them. Raises DataError where the generator or the reference fails; what
    `run` raises passes through.
    """
    made = (*problem.samples, *problem.secrets)
    if isinstance(problem.signature, Query):
        return _answer_queries(problem, problem.signature, made, run)
    if problem.generator is None:
        return made
    generated = _read(problem, _generate(problem.generator, run), {case.name for case in made})
    return (*made, *_answer(problem, generated, run))


def dump_cases(cases: tuple[Case, ...]) -> bytes:
    """Resolved cases as compressed JSON. NaN and infinities are kept."""
    return zlib.compress(json.dumps([_plain(case) for case in cases], separators=(",", ":")).encode(), level=1)


def load_cases(data: bytes) -> tuple[Case, ...]:
    """What `dump_cases` wrote. Raises DataError where it is damaged."""
    try:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(data, _MOST_BYTES)
        if not unpacker.eof:
            raise ValueError("its end is missing")
        return tuple(Case(name, tuple(args), expected, sample) for name, args, expected, sample in json.loads(unpacked))
    except (zlib.error, ValueError, TypeError) as error:
        raise DataError("stored cases are damaged; publish the problem again") from error


def _plain(case: Case) -> list[Json]:
    return [case.name, list(case.arguments), case.expected, case.sample]


def _generate(source: str, run: Runner) -> Json:
    """What the generator yields, from a box: a mentor's code is nobody's friend."""
    (seen,) = run(Job("python", source + _WRAPPER, CALL, (Case("generator", (), judged=False),), LIMITS))
    return _value(seen, GENERATOR)


def _value(seen: Run, what: str) -> Json:
    if seen.status is RunStatus.RETURNED:
        return seen.value
    error = seen.error
    line = f" in line {error.line}" if error and error.line else ""
    detail = f"{error.type}: {error.message}"[:300] if error else seen.status.value
    raise DataError(f"{what} gave no value{line}: {detail}")


def _read(problem: Problem, yielded: Any, taken: set[str]) -> tuple[Case, ...]:
    """The generator's cases, checked. Raises DataError with everything that is wrong."""
    flaws = Flaws(problem.slug)
    if not isinstance(yielded, list) or not 0 < len(yielded) <= MOST_GENERATED:
        raise DataError(f"{GENERATOR} must yield 1 to {MOST_GENERATED} cases, each (name, args)")
    cases = [_case(problem, item, flaws.at(GENERATOR, f"case {n}"), taken) for n, item in enumerate(yielded, 1)]
    if flaws.found:
        raise DataError("\n".join(map(str, flaws.found)))
    return tuple(case for case in cases if case)


def _case(problem: Problem, item: Any, spot: Spot, taken: set[str]) -> Case | None:
    length = 3 if problem.compare is Compare.ANY_OF else 2
    if not isinstance(item, list) or len(item) != length or not case_name_is_right(item[0]):
        shape = "(name, args, [answer, …])" if length == 3 else "(name, args)"
        spot.add("is no case", f"yield {'(name, calls)' if isinstance(problem.calls, Class) else shape}")
        return None
    if item[0] in taken:
        spot.add(f"{item[0]!r} is the name of two cases", "say what each one tests")
    taken.add(item[0])
    arguments = read_arguments(item[1], problem.calls, spot)
    if length == 2:
        return Case(item[0], arguments, judged=False)
    check_expected(item[2], arguments, problem.calls, problem.compare, spot.at(": expected"))
    return Case(item[0], arguments, item[2])


def _answer(problem: Problem, cases: tuple[Case, ...], run: Runner) -> tuple[Case, ...]:
    """The cases with the reference's answers; those that came with answers keep them."""
    if problem.compare is Compare.ANY_OF:
        return cases
    reference = problem.reference
    seen = run(make_job(problem, cases, reference.source, reference.language, LIMITS))
    return tuple(_answered(problem, case, one) for case, one in zip(cases, seen, strict=True))


def _answer_queries(problem: Problem, rule: Query, cases: tuple[Case, ...], run: Runner) -> tuple[Case, ...]:
    reference = problem.reference
    seen = run(make_job(problem, cases, reference.source, reference.language, QUERY_LIMITS))
    tables = [
        _value(one, f"{reference.path}: on the data set {case.name!r} the reference")
        for case, one in zip(cases, seen, strict=True)
    ]
    names = [name for name, _ in tables[0]["columns"]]
    if unknown := [key for key in rule.keys if key not in names]:
        raise DataError(f"{reference.path} has no column {unknown[0]!r}, by which the signature orders the answer")
    return tuple(
        dataclasses.replace(case, expected=table, judged=True) for case, table in zip(cases, tables, strict=True)
    )


def _answered(problem: Problem, case: Case, seen: Run) -> Case:
    path = problem.reference.path
    value = _value(seen, f"{path}: on the generated case {case.name!r} the reference")
    flaws = Flaws(problem.slug)
    check_expected(value, case.arguments, problem.calls, problem.compare, flaws.at(path, f"answer to {case.name!r}"))
    if flaws.found:
        raise DataError("\n".join(map(str, flaws.found)))
    return dataclasses.replace(case, expected=value, judged=True)
