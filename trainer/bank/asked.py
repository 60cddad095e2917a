"""Proves that a question can be read as it is written, and its choices be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.bank.flaws import Spot
from trainer.bank.questions import CHOICES, Question
from trainer.bank.readable import check_markdown, look_alike


def check_question(question: Question, spot: Spot) -> None:
    """Add flaws for words that the page drops, and for choices that it shows alike."""
    for key, text in _texts(question):
        check_markdown(text, spot.file, spot.flaws, f"{spot.key}: {key}")
    for key, choices in ((CHOICES.get(question.type, "choices"), question.choices), ("pairs", question.lefts)):
        for one, other in look_alike([choice.text for choice in choices]):
            said = f"{one[:40]!r} and {other[:40]!r} look alike on the page"
            spot.at(f": {key}").doubt(said, "put code in backticks, or keep one of them")


def _texts(question: Question) -> Iterator[tuple[str, str]]:
    yield "ask", question.ask
    yield "why", question.why
    key = CHOICES.get(question.type, "choices")
    for number, choice in enumerate(question.choices, 1):
        yield f"{key}[{number}]", choice.text
        yield f"{key}[{number}].why", choice.why
    for number, left in enumerate(question.lefts, 1):
        yield f"pairs[{number}].left", left.text
    for number, wrong in enumerate(question.wrong, 1):
        yield f"wrong[{number}].why", wrong.why
