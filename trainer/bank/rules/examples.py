"""The rule that a statement's examples are true: each is a sample case, with the same arguments and the same result."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.answers import wanted_of
from sandbox.checkers import matches
from sandbox.model import Case, Compare
from sandbox.signature import Calls, Class, Function, Type
from trainer.bank.python_text import arguments_of, call_of, called, parse_block, read_value
from trainer.bank.rules.base import Facts, Result
from trainer.errors import InputError

_BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """Calls of a statement and the results that stand below them as comments, by the number of the call."""

    arguments: tuple[Any, ...]
    results: dict[int, Any]
    text: str


def examples(facts: Facts) -> Iterator[Result]:
    found = 0
    for block in _BLOCK.findall(facts.problem.statement):
        try:
            for example in read_examples(block, facts.problem.calls):
                found += 1
                yield _compare(example, facts)
        except InputError as error:
            found += 1
            yield Result(False, f"problem.md: an example cannot be read: {error}")
    if not found:
        name = facts.problem.calls.name
        fix = f"add a python block with a call of {name} and its result as a comment below"
        yield Result(facts.problem.warm_up, f"the statement has no example: {fix}", advice=facts.problem.warm_up)


def read_examples(block: str, signature: Calls) -> Iterator[Example]:
    """The examples of one code block: each call of a function, or all calls of a class together. Raises InputError."""
    tree = parse_block(block)
    if isinstance(signature, Class):
        calls = tuple(call_of(statement, signature) for statement in tree.body)
        results = {n: value for n, value in enumerate(_results(tree.body, block)) if value is not _UNSAID}
        yield Example(calls, results, f"the calls of {signature.name}")
        return
    for statement, value in zip(tree.body, _results(tree.body, block), strict=True):
        yield _example(statement, value, signature)


_UNSAID = object()


def _example(statement: ast.stmt, value: Any, signature: Function) -> Example:
    node = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(node, ast.Call) or called(node) != signature.name:
        raise InputError(f"line {statement.lineno} is no call of {signature.name}; show calls and their results only")
    if value is _UNSAID:
        raise InputError(f"line {statement.lineno}: no result stands below the call; add it as a comment, '# …'")
    return Example(tuple(arguments_of(node, signature)), {0: value}, ast.unparse(statement))


def _results(statements: Sequence[ast.stmt], block: str) -> Iterator[Any]:
    """For each statement the value of the comment lines below it, or _UNSAID."""
    lines = block.splitlines()
    ends = [statement.lineno for statement in statements[1:]] + [len(lines) + 1]
    for statement, end in zip(statements, ends, strict=True):
        below = lines[(statement.end_lineno or statement.lineno) : end - 1]
        comment = " ".join(line.strip()[1:].strip() for line in below if line.strip().startswith("#"))
        yield read_value(comment) if comment else _UNSAID


def _compare(example: Example, facts: Facts) -> Result:
    case = next((c for c in facts.samples if _same(list(c.arguments), list(example.arguments))), None)
    if case is None:
        return Result(False, f"problem.md: {example.text[:80]} is no case of data/sample.yaml: use the same arguments")
    if _agrees(example, case, facts):
        return Result(True, f"the example agrees with the sample ‘{case.name}’")
    return Result(False, f"problem.md: the result of {example.text[:80]} is not that of the sample ‘{case.name}’")


def _agrees(example: Example, case: Case, facts: Facts) -> bool:
    """Would the results be accepted? Of a class nothing but None may be left unsaid."""
    problem, said = facts.problem, example.results
    wanted = wanted_of(problem.calls, case)
    if isinstance(wanted, Type):
        return matches(said[0], case.expected, wanted, problem.compare)
    for answer in case.expected if problem.compare is Compare.ANY_OF else [case.expected]:
        told = [said.get(n) for n in range(len(wanted))]
        if all(n in said or value is None for n, value in enumerate(answer)) and matches(
            told, [answer] if problem.compare is Compare.ANY_OF else answer, wanted, problem.compare
        ):
            return True
    return False


def _same(left: Any, right: Any) -> bool:
    """Equal by type, too: True is not 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
