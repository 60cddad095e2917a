"""Problems that are answered by a query, judged on the tables that it gives of hidden data sets."""

from trainer.kinds.explain import feedback
from trainer.kinds.mistakes import job, mistake_patterns
from trainer.kinds.record import judge_error
from trainer.kinds.source import from_form, lacks_answer, to_read
from trainer.kinds.sql.jobs import label, own_fields, parse_own_input, sample_job, show_samples
from trainer.kinds.sql.record import record

NAME = "sql"
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
