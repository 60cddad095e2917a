"""A student's answers as lines: what they chose, in the words of the questions, and no id."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.bank.markdown import render
from trainer.bank.problem import Problem
from trainer.bank.questions import Question, QuestionType
from trainer.errors import InputError
from trainer.kinds.quiz.answers import Answer, read_answers


def to_read(problem: Problem, source: str) -> str:
    """Each question's number and name, the answer below it. What cannot be read stays as it was sent."""
    try:
        answers = read_answers(problem.questions, source)
    except InputError:
        return source
    lines = []
    for number, question in enumerate(problem.questions, 1):
        answer = answers.get(question.name)
        lines += [f"{number}. {question.heading}", *(f"   {line}" for line in _lines(question, answer))]
    return "\n".join(lines) + "\n"


def _lines(question: Question, answer: Answer | None) -> Iterator[str]:
    if answer is None:
        yield "not answered"
        return
    texts = {c.id: " ".join(render(c.text).striptags().split()) for c in (*question.choices, *question.lefts)}
    match answer:
        case dict():
            yield from (f"{texts[left]} → {texts[right]}" for left, right in answer.items())
        case list():
            ordered = question.type is QuestionType.ORDER
            signs = (f"{place}." if ordered else "-" for place in range(1, len(answer) + 1))
            yield from (f"{sign} {texts[id]}" for sign, id in zip(signs, answer, strict=True))
        case _:
            yield texts.get(answer, answer)
