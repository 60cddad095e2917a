"""A case's input as lines for people: a parameter and its value, or one call of a class problem."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.model import Case
from sandbox.signature import Class
from trainer.bank.problem import Problem
from trainer.kinds.feedback import Argument, Text
from trainer.kinds.function.declared import as_declared
from trainer.kinds.literals import KEPT, call_text, literal

LEAST = 256
"""Bytes kept of every argument, also of those that stand behind a large one."""


def input_lines(problem: Problem, case: Case, written_in: str = "") -> Iterator[Argument]:
    """The lines of a case's input; together they hold little more than 4 KB."""
    return _calls(case, written_in) if isinstance(problem.calls, Class) else _arguments(problem, case, written_in)


def _arguments(problem: Problem, case: Case, written_in: str) -> Iterator[Argument]:
    room = KEPT
    assert not isinstance(problem.calls, Class)
    for parameter, value in zip(problem.calls.parameters, case.arguments, strict=True):
        text = literal(as_declared(value, parameter.type), max(room, LEAST), written_in)
        yield Argument(parameter.name, text)
        room -= len(text.text)


def _calls(case: Case, written_in: str) -> Iterator[Argument]:
    room = KEPT
    for call in case.arguments:
        if room <= 0:
            yield Argument("", Text("…", cut=True))
            return
        text = call_text(call, room, written_in)
        yield Argument("", text)
        room -= len(text.text)
