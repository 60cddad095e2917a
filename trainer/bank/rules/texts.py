"""Rules about cases, hints, editorial and what texts give away: nothing is run for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sandbox.model import Case
from trainer.bank.markdown import is_readable
from trainer.bank.markdown_bounds import excess
from trainer.bank.rules.base import Facts, Result
from trainer.bank.words import count, verb

LEAST_HIDDEN = {"function": 20, "sql": 3, "service": 8, "debug": 5, "quiz": 3}
LEAST_WARM_UP = 10
LEAST_HINTS = 2
_TELLING = 16
"""Characters from which an expected value is no chance find."""


def cases(facts: Facts) -> Iterator[Result]:
    """There are enough hidden cases. That names are unique is a matter of reading them."""
    least = LEAST_WARM_UP if facts.problem.warm_up else LEAST_HIDDEN[facts.problem.kind]
    hidden, made = count(len(facts.hidden), "hidden case"), len(facts.problem.secrets)
    if len(facts.hidden) >= least:
        yield Result(True, f"{hidden}, {made} of them made by hand, every name once")
    else:
        yield Result(False, f"{hidden}; at least {least} {verb(least, 'is', 'are')} wanted: add some")


def hints(facts: Facts) -> Iterator[Result]:
    least, found = 1 if facts.problem.warm_up else LEAST_HINTS, count(len(facts.problem.hints), "hint")
    if len(facts.problem.hints) >= least:
        yield Result(True, found)
    else:
        wanted = f"at least {least} {verb(least, 'is', 'are')} wanted"
        yield Result(False, f"hints.md has {found}; {wanted}: add '## A question?' and help")


def editorial(facts: Facts) -> Iterator[Result]:
    """The editorial says how the good solution grows."""
    assert facts.problem.complexity is not None
    wanted = _growth(facts.problem.complexity.time)
    if _squeezed(wanted) in _squeezed(facts.problem.solution):
        yield Result(True, f"solution.md names {wanted}")
    else:
        yield Result(
            False, f"solution.md does not name {wanted}, the complexity in problem.md: say what costs how much"
        )


def columns(facts: Facts) -> Iterator[Result]:
    """The statement of a query names the columns of its answer."""
    names = [name for name, _ in facts.cases[0].expected["columns"]]
    unsaid = [name for name in names if f"`{name}`" not in facts.problem.statement]
    if unsaid:
        yield Result(
            False, f"problem.md does not name the column `{unsaid[0]}`: say which columns are wanted, in order"
        )
    else:
        yield Result(True, f"the statement names the {verb(len(names), 'column', 'columns')} {', '.join(names)}")


def markdown(facts: Facts) -> Iterator[Result]:
    """Every text becomes a page: markdown can be written so that this takes minutes."""
    problem = facts.problem
    texts = [("problem.md", problem.statement), ("solution.md", problem.solution)]
    texts += [("hints.md", hint.body) for hint in problem.hints]
    dear = {file: excess(text) for file, text in texts if not is_readable(text)}
    for file, found in sorted(dear.items()):
        why = found or "it nests too deeply: take out what nests"
        yield Result(False, f"{file} cannot become a page: {why}")
    if not dear:
        yield Result(True, "statement, hints and solution become pages")


def leak(facts: Facts) -> Iterator[Result]:
    """No answer of a hidden case stands in what a student reads before solving."""
    texts = _student_texts(facts)
    known = _plain(json.dumps([[case.arguments, case.expected] for case in facts.samples]))
    found = [(case, file) for case in facts.hidden for file, text in texts.items() if _leaks(case, text, known)]
    for case, file in found:
        yield Result(
            False, f"{file} holds the answer to the hidden case ‘{case.name}’: use other values in one of them"
        )
    if not found:
        yield Result(True, "no hidden answer stands in statement, hints or starter")


def _student_texts(facts: Facts) -> dict[str, str]:
    problem = facts.problem
    texts = {"problem.md": problem.statement, "hints.md": "\n".join(hint.title + hint.body for hint in problem.hints)}
    texts |= {f"starter/{language}": code for language, code in problem.starters.items()}
    return {file: _plain(text) for file, text in texts.items()}


def _leaks(case: Case, text: str, known: str) -> bool:
    value = _plain(case.expected if isinstance(case.expected, str) else _json(case.expected, len(text)))
    return len(value) >= _TELLING and value in text and value not in known


def _json(value: Any, longest: int) -> str:
    """The value as JSON, or nothing where it is longer than any text that could hold it."""
    return "" if isinstance(value, list) and len(value) > longest else json.dumps(value)


def _plain(text: str) -> str:
    """Text without what differs between writing a value in Python, JSON and YAML."""
    return re.sub(r"\s+", "", text).replace("'", '"').lower().replace("none", "null")


def _growth(complexity: str) -> str:
    """The O(…) of "O(1) per call on average"."""
    depth = 0
    for index, letter in enumerate(complexity):
        depth += (letter == "(") - (letter == ")")
        if letter == ")" and depth == 0:
            return complexity[: index + 1]
    return complexity


def _squeezed(text: str) -> str:
    return re.sub(r"[\s`$*·\\]", "", text)
