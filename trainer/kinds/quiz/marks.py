"""Marks an answer: right or not, and what may be said of it before the next try.

A right answer opens everything. Of a wrong one a try tells a bounded amount, so that nobody finds the right one by
trying: how many parts are right, never which, and at most one choice that was wrongly taken is explained. Of several
choices even this one only where no more were taken than are right: who takes all of them learns nothing of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from trainer.bank.questions import Choice, Question, QuestionType, is_right_text, known_wrong, read_number
from trainer.kinds.feedback import Part, QuestionFeedback
from trainer.kinds.quiz.answers import Answer


def mark(question: Question, answer: Answer | None) -> QuestionFeedback:
    """What is said of one answer; None is none."""
    if answer is None:
        return QuestionFeedback(question.name, answered=False, right=False, reason="Not answered.")
    right = is_right(question, answer)
    return QuestionFeedback(
        question.name,
        answered=True,
        right=right,
        reason="" if right else _reason(question, answer),
        why=question.why if right else "",
        parts=tuple(_parts(question, answer, right)),
    )


def is_right(question: Question, answer: Answer) -> bool:
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            taken = {answer} if isinstance(answer, str) else set(answer)
            return taken == {choice.id for choice in question.choices if choice.right}
        case QuestionType.ORDER:
            return list(answer) == [choice.id for choice in question.choices]
        case QuestionType.MATCH:
            return answer == {left.id: right.id for left, right in _pairs(question)}
    return is_right_text(question, str(answer))


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _reason(question: Question, answer: Answer) -> str:
    match question.type:
        case QuestionType.MULTIPLE:
            return _taken(question, answer)
        case QuestionType.ORDER:
            placed = sum(choice.id == id for choice, id in zip(question.choices, answer, strict=True))
            return f"{placed} of {len(question.choices)} {_are(placed)} in the right place."
        case QuestionType.MATCH:
            right = sum(_fits(question, answer))
            return f"{right} of {len(question.lefts)} pairs {_are(right)} right."
        case QuestionType.NUMBER if read_number(str(answer), question.unit) is None:
            return "This is not a number. Write digits, like 1500 or 0.25."
        case QuestionType.TEXT | QuestionType.NUMBER:
            return known_wrong(question, str(answer)) or "Not this."
    return ""


def _taken(question: Question, answer: Answer) -> str:
    missing = sum(choice.right and choice.id not in answer for choice in question.choices)
    extra = sum(not choice.right and choice.id in answer for choice in question.choices)
    counts = ", ".join(f"{count} {word}" for count, word in ((missing, "missing"), (extra, "too many")) if count)
    return f"Not exactly the right ones: {counts}."


def _parts(question: Question, answer: Answer, right: bool) -> Iterator[Part]:
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            taken = {answer} if isinstance(answer, str) else set(answer)
            for choice in question.choices if right else _explained(question, taken):
                yield Part(choice.id, choice.text, choice.id in taken, _word(choice.right), choice.why)
        case QuestionType.MATCH if right:
            for left in question.lefts:
                yield Part(left.id, left.text, True, "right", left.why)
        case QuestionType.ORDER if right:
            for choice in question.choices:
                yield Part(choice.id, choice.text, True, "right", "")
        case QuestionType.TEXT | QuestionType.NUMBER:
            yield Part("", str(answer), True, _word(right), "")


def _explained(question: Question, taken: set[str]) -> tuple[Choice, ...]:
    """The first choice that was wrongly taken, where not more are taken than are right."""
    if len(taken) > sum(choice.right for choice in question.choices):
        return ()
    return tuple(choice for choice in question.choices if choice.id in taken and not choice.right)[:1]


def _word(right: bool) -> Literal["right", "wrong"]:
    return "right" if right else "wrong"


def _fits(question: Question, answer: Answer) -> list[bool]:
    assert isinstance(answer, dict)
    return [answer.get(left.id) == right.id for left, right in _pairs(question)]


def _pairs(question: Question) -> Iterator[tuple[Choice, Choice]]:
    return zip(question.lefts, question.choices, strict=False)
