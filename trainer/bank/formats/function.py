"""Function problems: a signature, cases with expected values, a generator of large ones."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from sandbox.languages import languages
from sandbox.model import Case, Compare
from sandbox.signature import Calls, Class, Query
from sandbox.syntax import read_syntax
from trainer.bank.cases import SAMPLE_FILE, SECRET_FILE, read_cases
from trainer.bank.flaws import Flaws
from trainer.bank.formats.base import ALL_TEXTS, PROGRAMS, Content, read_signature, refuse_double_names
from trainer.bank.front_matter import FILE, FrontMatter, FunctionMatter
from trainer.bank.texts import read_starters, read_submissions

GENERATOR_FILE = "data/generate.py"
Matter = FunctionMatter
TEXTS, PLACES = ALL_TEXTS, PROGRAMS
REQUIRED = (SAMPLE_FILE, SECRET_FILE)
OPTIONAL = (GENERATOR_FILE,)
LANGUAGES = {f".{one.ending}": one.name for one in languages().values()}


def read(matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    assert isinstance(matter, FunctionMatter)
    signature = _signature(matter, flaws)
    samples, secrets = _cases(texts, signature, matter.compare, flaws)
    generator = texts.get(GENERATOR_FILE)
    if generator is not None:
        _check_generator(generator, flaws)
    starters = read_starters(texts, LANGUAGES, flaws)
    submissions = read_submissions(texts, LANGUAGES, flaws)
    if signature is None:
        return None
    return Content(
        signature=signature,
        limits=matter.read_limits(),
        samples=samples,
        secrets=secrets,
        submissions=submissions,
        starters=starters_of(signature, starters),
        in_place=matter.in_place,
        compare=matter.compare,
        complexity=matter.read_complexity(),
        generator=generator,
    )


def starters_of(signature: Calls, own: Mapping[str, str]) -> Mapping[str, str]:
    """A starter in each language that can answer it: the problem's own, or else a generated one."""
    able = {name: one for name, one in languages().items() if one.can_answer(signature)}
    return {name: own[name] if name in own else one.starter(signature) for name, one in able.items()}


def _signature(matter: FunctionMatter, flaws: Flaws) -> Calls | None:
    signature = read_signature(matter, matter.in_place, flaws)
    if isinstance(signature, Query):
        flaws.add(FILE, "signature", "is that of a query", "say 'kind: sql', or name a function and its parameters")
        return None
    if isinstance(signature, Class) and matter.in_place is not None:
        flaws.add(FILE, "in_place", "stands beside a class", "leave it out: the answers are what calls return")
    return signature


def _cases(
    texts: Mapping[str, str], signature: Calls | None, compare: Compare, flaws: Flaws
) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    samples, secrets = (
        read_cases(texts[file], file, signature, compare, flaws) if file in texts else () for file in REQUIRED
    )
    refuse_double_names(samples, secrets, REQUIRED, flaws)
    return samples, secrets


def _check_generator(source: str, flaws: Flaws) -> None:
    """It must be a program with generate(rng); it is only read here, never run: that needs a box."""
    try:
        tree = read_syntax(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        flaws.add(GENERATOR_FILE, f"line {line}" if line else "", f"is no Python: {error}", "fix it")
        return
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "generate"]
    if not functions or len(functions[0].args.args) != 1:
        flaws.add(GENERATOR_FILE, "generate", "is missing", "define 'def generate(rng):' that yields (name, args)")
