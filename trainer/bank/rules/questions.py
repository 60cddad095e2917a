"""Rules about a quiz's questions: that every text becomes a page, and that nobody passes by guessing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from trainer.bank.markdown import is_readable
from trainer.bank.markdown_bounds import excess
from trainer.bank.questions import Question, QuestionType
from trainer.bank.rules.base import Facts, Result
from trainer.bank.words import count

TELLING = 1.25
"""A right choice that is so much longer than every wrong one gives itself away."""


def questions(facts: Facts) -> Iterator[Result]:
    """Ask, choices and explanations can be read; how many there are of each type."""
    dear = {q.name: text for q in facts.problem.questions for text in _texts(q) if not is_readable(text)}
    for name, text in dear.items():
        why = excess(text) or "it nests too deeply: take out what nests"
        yield Result(False, f"a text of ‘{name}’ cannot become a page: {why}")
    if not dear:
        asked = count(len(facts.problem.questions), "question")
        types = {question.type for question in facts.problem.questions}
        yield Result(True, f"{asked} of {count(len(types), 'type')}, every answer explained")


def chance(facts: Facts) -> Iterator[Result]:
    """The longest choice must not be the right one as a rule: whoever knows nothing would take it."""
    single = [q for q in facts.problem.questions if q.type is QuestionType.SINGLE]
    telling = [question.name for question in single if _tells(question)]
    if telling:
        names = "’, ‘".join(telling)
        yield Result(False, f"the right choice is by far the longest in ‘{names}’: shorten it", advice=len(telling) < 2)
    else:
        yield Result(True, "no right choice is by far the longest")


def _texts(question: Question) -> Iterator[str]:
    choices = chain(question.choices, question.lefts)
    return chain((question.ask, question.why), *((c.text, c.why) for c in choices), (w.why for w in question.wrong))


def _tells(question: Question) -> bool:
    right = max(len(choice.text) for choice in question.choices if choice.right)
    return right > TELLING * max(len(choice.text) for choice in question.choices if not choice.right)
