"""Problems that are answered by a query, judged on the tables that it gives of hidden data sets."""

from trainer.kinds.explain import feedback
from trainer.kinds.record import judge_error
from trainer.kinds.sql.jobs import job, label, mistake_patterns, own_fields, parse_own_input, sample_job, show_samples
from trainer.kinds.sql.record import record

NAME = "sql"

__all__ = [
    "NAME",
    "feedback",
    "job",
    "judge_error",
    "label",
    "mistake_patterns",
    "own_fields",
    "parse_own_input",
    "record",
    "sample_job",
    "show_samples",
]
