"""Reads hidden suites without running them: phases, and their steps with the sentences that students read."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from sandbox.model import Case, Phase
from sandbox.syntax import read_syntax
from trainer.bank.cases import LONGEST_NAME, case_name_is_right
from trainer.bank.flaws import Flaws, Spot

FOLDER = "data/suite/"


def read_suite(texts: Mapping[str, str], flaws: Flaws) -> tuple[tuple[Phase, ...], tuple[Case, ...]]:
    """Phases in the order of their files' names, and all steps, samples among them, in the order they stand there."""
    paths = sorted(path for path in texts if path.startswith(FOLDER))
    if not paths:
        flaws.add(FOLDER, "", "holds no module", "add data/suite/01_something.py with test functions")
    phases = tuple(Phase(PurePosixPath(path).stem, texts[path]) for path in paths)
    cases = [case for path, phase in zip(paths, phases, strict=True) for case in _steps(phase, flaws.at(path))]
    _refuse_doubles(cases, flaws)
    if cases and not any(case.sample for case in cases):
        flaws.add(paths[0], "", "no step is a sample", "mark the first ones with @sample: Run shows them to students")
    return phases, tuple(cases)


def _steps(phase: Phase, spot: Spot) -> Iterator[Case]:
    try:
        tree = read_syntax(phase.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        spot.at(f"line {getattr(error, 'lineno', '?')}").add(f"is no Python: {error}", "fix it")
        return
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    if not found:
        spot.add("has no steps", 'write \'def test_something(api): """What should hold."""\'')
    _refuse_hidden(tree, found, spot)
    for node in found:
        sentence = (ast.get_docstring(node) or "").split("\n")[0].strip()
        if not case_name_is_right(sentence):
            spot.at(node.name).add("says nothing to students", f"one sentence as docstring, {LONGEST_NAME} characters")
            continue
        yield Case(sentence, (phase.name, node.name), sample=any(map(_is_sample, node.decorator_list)))


def _refuse_hidden(tree: ast.Module, found: list[ast.FunctionDef], spot: Spot) -> None:
    """What looks like a step and would never be run as one."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in functions:
        if node.name.startswith("test_") and node not in found:
            spot.at(node.name).add("is no step", "write it as a plain function, at the left margin of its module")
    for name, times in Counter(node.name for node in found).items():
        if times > 1:
            spot.at(name).add("is the name of two functions", "rename one: only the last one would be run")


def _is_sample(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "sample"


def _refuse_doubles(cases: list[Case], flaws: Flaws) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.name in seen:
            flaws.add(f"{FOLDER}{case.arguments[0]}.py", case.arguments[1], "has another step's sentence", "reword it")
        seen.add(case.name)
