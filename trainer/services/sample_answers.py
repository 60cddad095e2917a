"""What is expected of samples that the reference answers, read once from the data that was made for judging."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy.orm import Session

from sandbox.model import Json
from trainer.bank.data import load_cases
from trainer.models import ProblemVersion
from trainer.services import publishing

KEPT = 256
"""Answers of so many versions are kept in memory: those of samples, which are small."""

Answers = tuple[Json, ...]

_kept: OrderedDict[str, Answers] = OrderedDict()
_lock = threading.Lock()


def sample_answers(session: Session, version: ProblemVersion) -> Answers | None:
    """Expected values of a version's samples, in order. None until its data is made ready. Hidden ones never."""
    with _lock:
        found = _kept.get(version.data_digest)
    if found is not None:
        return found
    data = publishing.hidden_cases(session, version)
    if data is None:
        return None
    answers = tuple(case.expected for case in load_cases(data.cases) if case.sample)
    with _lock:
        _kept[version.data_digest] = answers
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return answers
