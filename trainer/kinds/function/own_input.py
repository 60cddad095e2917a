"""A student's own input: read as JSON or Python, held against the signature, explained where it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sandbox.languages import languages
from sandbox.model import Case, Compare, Json
from sandbox.signature import Class, Function, Parameter
from trainer.bank.cases import check_expected, read_arguments
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.problem import Problem
from trainer.bank.python_text import read_calls, read_value
from trainer.bank.values import mismatch
from trainer.errors import InputError
from trainer.kinds.base import EXPECTED, NAME, OwnField, SampleView
from trainer.kinds.function.answers import expected_of
from trainer.kinds.function.inputs import input_lines
from trainer.kinds.literals import literal

CALLS = "calls"
"""Name of the one field of a class problem."""
LONGEST_NAME = 80


def own_fields(problem: Problem, language: str = "") -> tuple[OwnField, ...]:
    texts = _texts(problem, problem.samples[0], language)
    if isinstance(problem.calls, Class):
        return (OwnField(CALLS, "one call a line, the constructor first", texts.get(CALLS, "")),)
    return tuple(OwnField(p.name, str(p.type), texts.get(p.name, "")) for p in problem.calls.parameters)


def show_samples(problem: Problem, language: str = "") -> tuple[SampleView, ...]:
    return tuple(
        SampleView(
            name=case.name,
            input=tuple(input_lines(problem, case, language)),
            expected=literal(expected_of(problem, case), written_in=language),
            own=_texts(problem, case, language),
        )
        for case in problem.samples
    )


def _texts(problem: Problem, case: Case, language: str) -> Mapping[str, str]:
    """What to write into the fields to have this case; nothing where it would be long."""
    lines = list(input_lines(problem, case, language))
    if any(line.value.cut for line in lines):
        return {}
    if isinstance(problem.calls, Class):
        return {CALLS: "\n".join(line.value.text for line in lines)}
    return {line.name: line.value.text for line in lines}


def parse_own_input(problem: Problem, texts: Mapping[str, str], number: int = 1) -> Case:
    """A case that is run and not judged; an expected value is held against the answer afterwards."""
    signature = problem.calls
    inputs = {name: text for name, text in texts.items() if name not in (EXPECTED, NAME)}
    arguments = _calls(signature, inputs) if isinstance(signature, Class) else _arguments(signature, inputs)
    name = " ".join(texts.get(NAME, "").split())[:LONGEST_NAME] or f"your own input {number}"
    expected = texts.get(EXPECTED, "")
    return Case(name, arguments, _expected(problem, expected, arguments) if expected.strip() else None, judged=False)


def _expected(problem: Problem, text: str, arguments: tuple[object, ...]) -> Json:
    """The value that the student expects, as cases hold it. None is a value, so it is told apart by a list."""
    try:
        value = read_value(text)
    except InputError as error:
        raise InputError(f"Expected value: {error}", EXPECTED) from error
    flaws = Flaws("")
    wanted = [value] if problem.compare is Compare.ANY_OF else value
    check_expected(wanted, arguments, problem.calls, problem.compare, flaws.at(""))
    for flaw in flaws.found:
        raise InputError(f"Expected value{flaw.key}: {flaw.problem} ({flaw.fix}).", EXPECTED)
    return [wanted]


def _arguments(signature: Function, texts: Mapping[str, str]) -> tuple[object, ...]:
    names = [p.name for p in signature.parameters]
    _check_names(texts, names)
    return tuple(_argument(parameter, texts[parameter.name]) for parameter in signature.parameters)


def _argument(parameter: Parameter, text: str) -> object:
    try:
        value = read_value(text)
    except InputError as error:
        raise InputError(f"{parameter.name}: {error}", parameter.name) from error
    if found := mismatch(value, parameter.type):
        raise InputError(f"{parameter.name}{found.place}: {found.problem} ({found.fix}).", parameter.name)
    return value


def _calls(signature: Class, texts: Mapping[str, str]) -> tuple[object, ...]:
    _check_names(texts, [CALLS])
    try:
        calls = list(_as_declared(read_calls(texts[CALLS], _spelled(signature)), signature))
    except InputError as error:
        raise InputError(f"{CALLS}: {error}", CALLS) from error
    flaws = Flaws("")
    arguments = read_arguments(calls, signature, flaws.at(""))
    for flaw in flaws.found:
        raise InputError(f"{flaw.key.removeprefix(': ')}: {flaw.problem} ({flaw.fix}).", CALLS)
    return arguments


def _spelled(signature: Class) -> Class:
    """The class with its methods as every language spells them, too: shown calls can be written into the field."""
    known = {function.name for function in (signature.constructor, *signature.methods)}
    others = {
        spelled: replace(method, name=spelled)
        for one in languages().values()
        for method in signature.methods
        if (spelled := one.spell(method.name)) not in known
    }
    return replace(signature, methods=(*signature.methods, *others.values()))


def _as_declared(calls: Iterable[Any], signature: Class) -> Iterator[Any]:
    """The calls under the names of the signature. What is no call stays as it is."""
    known = {function.name for function in (signature.constructor, *signature.methods)}
    names = {one.spell(method.name): method.name for one in languages().values() for method in signature.methods}
    for call in calls:
        spelled = isinstance(call, list) and bool(call) and isinstance(call[0], str) and call[0] not in known
        yield [names.get(call[0], call[0]), *call[1:]] if spelled else call


def _check_names(texts: Mapping[str, str], names: list[str]) -> None:
    for name in texts:
        if name not in names:
            raise InputError(f"There is no parameter {name[:40]!r} ({did_you_mean(name[:40], names)}).", name[:40])
    for name in names:
        if name not in texts:
            raise InputError(f"{name} is missing: give each parameter a value.", name)
