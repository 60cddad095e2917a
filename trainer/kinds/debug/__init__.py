"""Debugging: a broken service, a cause to name and a small change to make, judged as services are."""

from trainer.bank.problem import Problem
from trainer.kinds.explain import feedback
from trainer.kinds.mistakes import mistake_patterns
from trainer.kinds.record import judge_error
from trainer.kinds.service.jobs import job, own_fields, parse_own_input, sample_job, show_samples
from trainer.kinds.service.record import record
from trainer.kinds.service.source import from_form, to_read
from trainer.kinds.source import lacks_answer

NAME = "debug"
LENGTHY = True


def label(problem: Problem) -> str:
    return "debug"


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
