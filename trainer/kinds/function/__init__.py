"""Problems that are answered by a function or a class, judged on what its calls return."""

from trainer.kinds.explain import feedback
from trainer.kinds.function.jobs import label, sample_job
from trainer.kinds.function.own_input import own_fields, parse_own_input, show_samples
from trainer.kinds.function.record import record
from trainer.kinds.mistakes import job, mistake_patterns
from trainer.kinds.record import judge_error
from trainer.kinds.source import from_form, lacks_answer, to_read

NAME = "function"
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
