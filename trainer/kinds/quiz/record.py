"""What is kept of a quiz's judgement: how each answer was marked, and what may be said of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict

from sandbox.model import Judgement, Verdict
from trainer.bank.problem import Problem, Reveal
from trainer.kinds.base import Record
from trainer.kinds.feedback import Counts, Feedback, Part, QuestionFeedback
from trainer.kinds.literals import harmless
from trainer.kinds.quiz.marks import mark
from trainer.kinds.record import build, read_record
from trainer.kinds.words import QUESTION, Situation, headline, summary


def record(problem: Problem, judgement: Judgement, language: str = "") -> Record:
    pairs = zip(problem.questions, judgement.results, strict=True) if judgement.results else ()
    marked = [mark(question, result.run.value) for question, result in pairs]
    made = build(judgement, problem.limits, lambda result: {}, noun=QUESTION)
    return made | {
        "compile_output": harmless(judgement.compile_output).text,
        "questions": [asdict(one) for one in marked],
    }


def feedback(record: Record, reveal: Reveal, mistakes: Mapping[str, str] | None = None) -> Feedback:
    """Every question with what may be said of it; under `name` only whether it is right."""
    record = read_record(record)
    verdict = Verdict(record["verdict"])
    marked = Counts(sum(one["right"] for one in record.get("questions", ())), len(record["cases"]))
    at = Situation(verdict, reveal, submitted=True, hidden=marked, sample=Counts(0, 0), noun=QUESTION)
    return Feedback(
        verdict=verdict,
        css=verdict.short.lower(),
        headline=headline(verdict, QUESTION),
        summary=summary(at, record),
        score=record["score"],
        submitted=True,
        hidden=marked,
        sample=at.sample,
        compile_output=record["compile_output"],
        noun=QUESTION,
        questions=()
        if reveal is Reveal.NOTHING
        else tuple(_read(kept, reveal) for kept in record.get("questions", ())),
    )


def _read(kept: Record, reveal: Reveal) -> QuestionFeedback:
    read = QuestionFeedback(**kept | {"parts": tuple(Part(**part) for part in kept["parts"])})
    return read if reveal is Reveal.FULL else dataclasses.replace(read, reason="", why="", parts=())
