"""Quizzes: questions marked on the host, each answer explained."""

from trainer.kinds.quiz.answers import lacks_answer
from trainer.kinds.quiz.answers import write_answers as from_form
from trainer.kinds.quiz.judging import (
    job,
    label,
    mistake_patterns,
    own_fields,
    parse_own_input,
    sample_job,
    show_samples,
)
from trainer.kinds.quiz.plain import to_read
from trainer.kinds.quiz.record import feedback, record
from trainer.kinds.record import judge_error

NAME = "quiz"
LENGTHY = False

__all__ = [
    "LENGTHY",
    "NAME",
    "feedback",
    "from_form",
    "job",
    "judge_error",
    "label",
    "lacks_answer",
    "mistake_patterns",
    "own_fields",
    "parse_own_input",
    "record",
    "sample_job",
    "show_samples",
    "to_read",
]
