"""HTTP services of several files, judged by a hidden suite that asks them."""

from trainer.kinds.explain import feedback
from trainer.kinds.mistakes import mistake_patterns
from trainer.kinds.record import judge_error
from trainer.kinds.service.jobs import job, label, own_fields, parse_own_input, sample_job, show_samples
from trainer.kinds.service.record import record
from trainer.kinds.service.source import from_form, to_read
from trainer.kinds.source import lacks_answer

NAME = "service"
LENGTHY = True

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
