"""Quizzes: questions with their answers, each explained. They are marked on the host: nothing of them runs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.model import Case, Limits
from trainer.bank.asked import check_question
from trainer.bank.flaws import Flaws
from trainer.bank.formats.base import Content
from trainer.bank.front_matter import FrontMatter
from trainer.bank.questions import Question, QuestionType, read_question
from trainer.bank.strict_yaml import read_list

FILE = "questions.yaml"
Matter = FrontMatter
TEXTS = ("problem.md",)
REQUIRED = (FILE,)
OPTIONAL: tuple[str, ...] = ()
PLACES: tuple[str, ...] = ()
LANGUAGE = "answers"
"""What a quiz is answered in: a JSON object, an answer for each question's name."""
LANGUAGES = {".json": LANGUAGE}
MOST = 40
_MARKS = re.compile(r"([\\`*_\[\]<$])")


def read(matter: FrontMatter, texts: Mapping[str, str], flaws: Flaws) -> Content | None:
    questions = _read(texts.get(FILE), flaws)
    if matter.warm_up:
        flaws.add("problem.md", "warm_up", "stands in a quiz", "remove it: a warm-up is a function")
    return Content(
        signature=None,
        limits=Limits(),
        samples=(),
        secrets=tuple(Case(question.name, (), _digest(question)) for question in questions),
        starters={LANGUAGE: "{}\n"},
        questions=questions,
        solution=_solution(questions),
    )


def _read(text: str | None, flaws: Flaws) -> tuple[Question, ...]:
    if text is None:
        return ()
    fix = f"write '- name: …' for each, 1 to {MOST} of them"
    value = read_list(text, FILE, flaws, "holds no list of questions", fix)
    if len(value) > MOST:
        flaws.add(FILE, "", f"holds {len(value)} questions", fix)
        return ()
    questions = tuple(_questions(value, flaws))
    for name, times in Counter(question.name for question in questions).items():
        if times > 1:
            flaws.add(FILE, name, "is the name of two questions", "say what each one asks about")
    return questions


def _questions(listed: list[Any], flaws: Flaws) -> Iterator[Question]:
    for number, item in enumerate(listed, 1):
        spot = flaws.at(FILE, f"question {number}")
        if question := read_question(item, spot):
            check_question(question, spot)
            yield question


def _solution(questions: tuple[Question, ...]) -> str:
    """Every question with its answer and what explains it, as markdown."""
    shown = (f"## {n}. {_plain(q.heading)}\n\n{q.ask}\n\n{_answer(q)}" for n, q in enumerate(questions, 1))
    return "\n\n".join(shown) + "\n"


def _answer(question: Question) -> str:
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            return "\n".join(
                _item("-", *_led_by("**Right:**" if c.right else "Wrong:", c.text), c.why) for c in question.choices
            )
        case QuestionType.ORDER:
            return "\n".join(_item("1.", c.text) for c in question.choices) + f"\n\n{question.why}"
        case QuestionType.MATCH:
            pairs = zip(question.lefts, question.choices, strict=False)
            return "\n".join(_item("-", *_pair(left.text, right.text), left.why) for left, right in pairs)
    answer = question.accept[0] if question.accept else f"{question.answer} {question.unit}".strip()
    return f"**{_plain(answer)}**\n\n{question.why}"


def _plain(text: str) -> str:
    """A text that is no markdown, as markdown that shows it as it is."""
    return _MARKS.sub(r"\\\1", text.replace("&", "&amp;"))


def _led_by(words: str, text: str) -> tuple[str, ...]:
    """Words before a text: on its line, or above it where it has several, because code cannot begin within a line."""
    return (words, text) if "\n" in text.strip() else (f"{words} {text}",)


def _pair(left: str, right: str) -> tuple[str, ...]:
    return (left, "→", right) if "\n" in left.strip() + right.strip() else (f"{left} → {right}",)


def _item(sign: str, *texts: str) -> str:
    """One item of a list, its paragraphs below each other."""
    inside = "\n\n".join(text.strip() for text in texts)
    return f"{sign} " + inside.replace("\n", "\n    ").strip() + "\n"


def _digest(question: Question) -> str:
    """What stands for the right answer where cases are stored and compared."""
    right = [choice.id for choice in question.choices if choice.right]
    return json.dumps([question.type, right, [c.id for c in question.choices], question.accept, str(question.answer)])
