"""Debugging problems: what the cause is, and how small a change must be. Both are decided on the host.

The named cause travels with the files of an answer, as the text of a file that no service can have.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.model import Case
from trainer.bank.alignment import Budget, align
from trainer.bank.asked import check_question
from trainer.bank.flaws import Flaws, did_you_mean
from trainer.bank.questions import Choice, QuestionType, read_question
from trainer.bank.readable import check_markdown
from trainer.bank.strict_yaml import read_yaml
from trainer.bank.words import count

FILE = "cause.yaml"
ANSWER = "CAUSE"
"""Name under which an answer's files hold the named cause: the id of a choice, or app.py:12."""
NAMED, SMALL = "The cause is named.", "The change is small."
LONGEST_WHY = 600
"""Bytes of the reason that is kept of a step."""
LONG = 120
"""Characters of a line that still counts as one."""
LONG_LINES = f"A line of more than {LONG} characters counts as several."
LINES_KEYS = {"file", "from", "to", "why"}
_LINE = re.compile(r"(.+):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Cause:
    """What is asked, and what is right: one of the choices, or a line from `first` to `last` of a file."""

    ask: str
    choices: tuple[Choice, ...] = ()
    file: str = ""
    first: int = 0
    last: int = 0
    why: str = ""

    @property
    def right(self) -> str:
        """An answer that is right."""
        return next((choice.id for choice in self.choices if choice.right), f"{self.file}:{self.first}")


@dataclass(frozen=True, slots=True)
class Told:
    """How a part of an answer was judged on the host, in the words that a step's report has."""

    passed: bool
    expected: str = ""
    got: str = ""
    reason: str = ""


def read_cause(text: str | None, starter: Mapping[str, str], flaws: Flaws) -> Cause | None:
    before = len(flaws.found)
    value = read_yaml(text, FILE, flaws) if text is not None else None
    if value is None and len(flaws.found) > before:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("ask"), str):
        flaws.add(FILE, "ask", "is missing", "write 'ask: |' and the question, then 'choices:' or 'lines:'")
        return None
    for key in value.keys() - {"ask", "choices", "lines"}:
        flaws.add(FILE, str(key), "unknown key", did_you_mean(str(key), ("ask", "choices", "lines")))
    if "lines" in value:
        return _lines(value["ask"], value["lines"], starter, flaws)
    if "choices" not in value:
        flaws.add(FILE, "choices", "is missing", "write 'choices:' with '- text: …' and 'why: …', or 'lines:'")
        return None
    asked = {"name": NAMED, "type": QuestionType.SINGLE, "ask": value["ask"], "choices": value["choices"]}
    question = read_question(asked, flaws.at(FILE, "cause"))
    if question is None:
        return None
    check_question(question, flaws.at(FILE, "cause"))
    for number, choice in enumerate(question.choices, 1):
        if not choice.right and len(choice.why.encode()) > LONGEST_WHY:
            flaws.add(FILE, f"choice {number}: why", f"is longer than {LONGEST_WHY} bytes", "say it shorter")
    return Cause(question.ask, question.choices)


def _lines(ask: str, lines: Any, starter: Mapping[str, str], flaws: Flaws) -> Cause | None:
    if not isinstance(lines, dict) or lines.keys() != LINES_KEYS:
        flaws.add(FILE, "lines", "is not complete", "write 'lines: {file: app.py, from: 12, to: 14, why: …}'")
        return None
    file, first, last = lines["file"], lines["from"], lines["to"]
    length = starter.get(str(file), "").count("\n")
    if not (isinstance(first, int) and isinstance(last, int) and 1 <= first <= last <= length):
        flaws.add(FILE, "lines", f"the starter's {file} has no lines {first} to {last}", "count from 1 in the starter")
        return None
    for key, said in (("ask", ask), ("lines.why", str(lines["why"]))):
        check_markdown(said, FILE, flaws, key)
    return Cause(ask, (), str(file), first, last, str(lines["why"]))


def judge_cause(cause: Cause, named: str) -> Told:
    """Is the named cause right? Of a wrong choice its own explanation is told, never the right one."""
    if not named.strip():
        return Told(False, "a cause", "none named")
    if cause.choices:
        choice = next((one for one in cause.choices if one.id == named.strip()), None)
        if choice is None:
            return Told(False, "one of the causes", "something else")
        return Told(choice.right, reason="" if choice.right else choice.why)
    match = _LINE.fullmatch(named.strip())
    if match is None:
        return Told(False, reason="Write the file and a line, like app.py:12.")
    right = match[1] == cause.file and cause.first <= int(match[2]) <= cause.last
    return Told(right, reason="" if right else f"The cause is not in {match[1]}, line {match[2]}.")


def judge_size(before: Mapping[str, str], after: Mapping[str, str], most: int) -> Told:
    """Are at most so many lines changed, added or removed?"""
    lines = changed_lines(before, after)
    why = "" if lines <= most or lines == changed_lines(before, after, weighed=False) else LONG_LINES
    return Told(lines <= most, f"at most {count(most, 'line')} changed", f"{count(lines, 'line')} changed", why)


def changed_lines(before: Mapping[str, str], after: Mapping[str, str], *, weighed: bool = True) -> int:
    """Lines that are added, removed or written anew; blanks at the ends of lines do not count.

    A program fits into one line, so a new line counts once for each `LONG` characters of it that begin. Where the
    broken service itself has longer lines, they are the measure.
    """
    longest = max((len(line.rstrip()) for text in before.values() for line in text.splitlines()), default=0)
    long = max(LONG, longest) if weighed else sys.maxsize
    total, budget = 0, Budget()
    for path in before.keys() | after.keys():
        old, new = (files.get(path, "").splitlines() for files in (before, after))
        old, new = [line.rstrip() for line in old], [line.rstrip() for line in new]
        for block in align(old, new, budget):
            written = sum(max(1, -(-len(line) // long)) for line in new[block.other_start : block.other_end])
            total += 0 if block.same else max(block.end - block.start, written)
    return total


def given_case(case: Case, told: Told) -> Case:
    """The case as a step whose result is known already: the sandbox passes it on."""
    words = {"passed": told.passed, "reason": told.reason, "expected": told.expected, "got": told.got}
    return Case(case.name, ("", words), sample=case.sample)


def placeholder(name: str) -> Case:
    """The case before there is an answer."""
    return Case(name, ("", {}))
