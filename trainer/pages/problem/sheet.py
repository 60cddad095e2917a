"""A quiz as pages show it: its questions shuffled, with what somebody answered and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from trainer.bank.markdown import render, render_short
from trainer.bank.problem import Problem
from trainer.bank.questions import Choice, Question, QuestionType, shuffled
from trainer.kinds.feedback import QuestionFeedback
from trainer.kinds.quiz.answers import Answer, as_json, known_answers
from trainer.pages.shown import Shown

_NO_HTML = Markup()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, an item, or a side of a match. `words` are its text where no HTML can stand.

    `chosen`: it is taken now. `match` is the id that a left side goes with, or empty. `mark` says of what was marked
    whether it is right, `taken` whether it was taken then; `mark` is empty before.
    """

    id: str
    html: Markup
    words: str
    chosen: bool = False
    match: str = ""
    mark: str = ""
    taken: bool = False
    why: Markup = _NO_HTML


@dataclass(frozen=True, slots=True)
class Card:
    """One question. `options` are what can be chosen, items as they lie now, or left sides, which go with `rights`.

    `mark` is right, wrong or open (not answered), and empty before it was marked. `marked` is the answer that was, as
    JSON; `changed`: another one stands there now.
    """

    number: int
    name: str
    heading: str
    type: QuestionType
    ask: Markup
    unit: str
    options: tuple[Option, ...] = ()
    rights: tuple[Option, ...] = ()
    text: str = ""
    answered: bool = False
    mark: str = ""
    marked: str = ""
    changed: bool = False
    reason: Markup = _NO_HTML
    why: Markup = _NO_HTML

    @property
    def field(self) -> str:
        """The name of its form field; those of items and left sides go on with a full stop and an id."""
        return f"q{self.number}"


def sheet(problem: Problem, source: str, seed: str = "", shown: Shown | None = None) -> tuple[Card, ...]:
    """The questions with the answers of `source`. `shown` is the submission whose marks stand beside them."""
    answers = known_answers(problem.questions, source)
    cards = (_card(n, q, answers.get(q.name), seed) for n, q in enumerate(problem.questions, 1))
    if shown is None or shown.feedback is None:
        return tuple(cards)
    marked = known_answers(problem.questions, shown.source)
    told = {feedback.name: feedback for feedback in shown.feedback.questions}
    return tuple(_marked(c, told[c.name], marked, answers) if c.name in told else c for c in cards)


def _card(number: int, question: Question, answer: Answer | None, seed: str) -> Card:
    code = f"Code of question {number}"
    return Card(
        number=number,
        name=question.name,
        heading=question.heading,
        type=question.type,
        ask=render(question.ask, code),
        unit=question.unit,
        options=tuple(_options(question, answer, seed, code)),
        rights=tuple(_option(c, code) for c in shuffled(question, seed)) if question.lefts else (),
        text=answer if isinstance(answer, str) and not question.choices else "",
        answered=answer is not None,
    )


def _options(question: Question, answer: Answer | None, seed: str, code: str) -> Iterator[Option]:
    if question.type is QuestionType.MATCH:
        pairs = answer if isinstance(answer, dict) else {}
        for place, left in enumerate(question.lefts, 1):
            yield replace(_option(left, f"{code}, part {place}"), match=pairs.get(left.id, ""))
        return
    choices = _lying(question, answer) or shuffled(question, seed)
    taken = {answer} if isinstance(answer, str) else set(answer or ())
    for place, choice in enumerate(choices, 1):
        yield replace(_option(choice, f"{code}, part {place}"), chosen=choice.id in taken)


def _lying(question: Question, answer: Answer | None) -> list[Choice]:
    """The items of an order as somebody put them, or none."""
    if question.type is not QuestionType.ORDER or answer is None:
        return []
    return sorted(question.choices, key=lambda choice: list(answer).index(choice.id))


def _option(choice: Choice, label: str) -> Option:
    html = render_short(choice.text, label)
    return Option(choice.id, html, html.striptags())


def _marked(card: Card, told: QuestionFeedback, marked: Mapping[str, Answer], answers: Mapping[str, Answer]) -> Card:
    code = f"Code of the explanation of question {card.number}"
    said = {part.id: (part.mark, part.chosen, render(part.why, f"{code}, {n}")) for n, part in enumerate(told.parts, 1)}
    return replace(
        card,
        options=tuple(_told(option, said) for option in card.options),
        mark="right" if told.right else "wrong" if told.answered else "open",
        marked=as_json(marked[card.name]) if card.name in marked else "",
        changed=answers.get(card.name) != marked.get(card.name),
        reason=render(told.reason, code),
        why=render(told.why, code),
    )


def _told(option: Option, said: Mapping[str, tuple[str, bool, Markup]]) -> Option:
    if option.id not in said:
        return option
    mark, taken, why = said[option.id]
    return replace(option, mark=mark, taken=taken, why=why)
