"""A student's answers to a quiz: a JSON object with an answer for each question's name.

An answer is, by the question's type: the id of a choice; a list of ids; all ids in order; a mapping of left ids to
right ids; or a text. What a page's form posts becomes the same object, written as browsers write JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from trainer.bank.flaws import did_you_mean
from trainer.bank.problem import Problem
from trainer.bank.questions import Choice, Question, QuestionType, shuffled
from trainer.bank.sources import without_mark
from trainer.errors import InputError
from trainer.kinds.literals import harmless

Answer = str | list[str] | dict[str, str]
LONGEST_TEXT = 300
NOTHING_ANSWERED = "No question is answered yet. Answer at least one, then submit."
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def read_answers(questions: Iterable[Question], source: str) -> dict[str, Answer]:
    """The answers that are there, by question. Raises InputError, which names the question and how to fix it."""
    try:
        value = json.loads(without_mark(source))
    except (ValueError, RecursionError) as error:
        raise InputError(f"The answers are not JSON: {error}"[:300] + ".") from None
    if not isinstance(value, dict):
        raise InputError("The answers are not a JSON object: write an answer for each question's name.")
    by_name = {question.name: question for question in questions}
    for name in value:
        if name not in by_name:
            raise InputError(f"There is no question {name[:80]!r}: {did_you_mean(name[:80], by_name)}.")
    answers: dict[str, Answer] = {}
    for name, given in value.items():
        answers |= _answered(by_name[name], given)
    return answers


def lacks_answer(problem: Problem, source: str) -> str:
    """A sheet on which no question is answered. One that cannot be read is judged, which says why."""
    try:
        return "" if read_answers(problem.questions, source) else NOTHING_ANSWERED
    except InputError:
        return ""


def known_answers(questions: Iterable[Question], source: str) -> dict[str, Answer]:
    """Those answers of a draft that fit the questions as they are now. Never raises: a page shows what it can."""
    try:
        value = json.loads(without_mark(source))
    except (ValueError, RecursionError):
        return {}
    found: dict[str, Answer] = {}
    for question in questions if isinstance(value, dict) else ():
        with suppress(InputError):
            found |= _answered(question, value.get(question.name))
    return found


def write_answers(problem: Problem, form: Mapping[str, list[str]]) -> str:
    """What a page's form posts, as JSON. Fields are q1, q2 …; those of an order and a match end in .id of the part."""
    answers = {q.name: _posted(q, f"q{number}", form) for number, q in enumerate(problem.questions, 1)}
    return as_json({name: answer for name, answer in answers.items() if answer})


def as_json(answers: Mapping[str, Answer] | Answer) -> str:
    """Answers, or one of them, without blanks between: drafts from a form and from a script are the same text."""
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))


def _posted(question: Question, field: str, form: Mapping[str, list[str]]) -> Answer:
    match question.type:
        case QuestionType.MULTIPLE:
            return sorted(form.get(field, []))
        case QuestionType.ORDER:
            places = {choice.id: "".join(form.get(f"{field}.{choice.id}", [])) for choice in shuffled(question)}
            return sorted(places, key=lambda id: _place(places[id])) if any(places.values()) else []
        case QuestionType.MATCH:
            pairs = {choice.id: "".join(form.get(f"{field}.{choice.id}", [])) for choice in question.lefts}
            return {left: right for left, right in pairs.items() if right}
    return "".join(form.get(field, [])).strip()


def _place(text: str) -> int:
    """The place in an order that somebody chose; items without one come last, and equals as if they were shuffled."""
    return int(text) if text.isdecimal() and len(text) <= 2 else 99


def _answered(question: Question, given: Any) -> dict[str, Answer]:
    """A question's answer by its name, or nothing where there is none."""
    answer = None if given in _NOTHING else _READERS[question.type](question, given)
    return {question.name: answer} if answer else {}


def _choice(question: Question, given: Any) -> str:
    return _id(question, given, question.choices)


def _choices(question: Question, given: Any) -> list[str]:
    _expect(isinstance(given, list), question, "is answered by a list of choices")
    ids = [_id(question, one, question.choices) for one in given]
    _expect(len(set(ids)) == len(ids), question, "names a choice twice")
    return sorted(ids)


def _order(question: Question, given: Any) -> list[str]:
    _expect(isinstance(given, list), question, "is answered by a list of items")
    ids = [_id(question, one, question.choices) for one in given]
    all_once = len(ids) == len(set(ids)) == len(question.choices)
    _expect(all_once, question, f"is answered by all {len(question.choices)} items in order, each once")
    return ids


def _match(question: Question, given: Any) -> dict[str, str]:
    _expect(isinstance(given, dict), question, "is answered by pairs")
    pairs = {_id(question, left, question.lefts): _id(question, given[left], question.choices) for left in given}
    return {left.id: pairs[left.id] for left in question.lefts if left.id in pairs}


def _text(question: Question, given: Any) -> str:
    number = isinstance(given, int | float) and not isinstance(given, bool)
    _expect(isinstance(given, str) or number, question, "is answered by a text")
    text = str(given).strip()
    _expect(len(text) <= LONGEST_TEXT, question, f"takes at most {LONGEST_TEXT} characters")
    return harmless(text, 4 * LONGEST_TEXT).text


_READERS: Mapping[QuestionType, Callable[[Question, Any], Answer]] = {
    QuestionType.SINGLE: _choice,
    QuestionType.MULTIPLE: _choices,
    QuestionType.ORDER: _order,
    QuestionType.MATCH: _match,
    QuestionType.TEXT: _text,
    QuestionType.NUMBER: _text,
}


def _id(question: Question, given: Any, among: Collection[Choice]) -> str:
    known = isinstance(given, str) and any(choice.id == given for choice in among)
    _expect(known, question, f"has no choice {str(given)[:40]!r}")
    return str(given)


def _expect(holds: bool, question: Question, otherwise: str) -> None:
    if not holds:
        raise InputError(f"‘{question.name}’ {otherwise}.", question.name)
