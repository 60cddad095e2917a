"""The kinds of problems: each turns a problem and an answer into jobs, and a judgement into what a student reads."""

from __future__ import annotations

from trainer.errors import NotFound
from trainer.kinds import debug, function, quiz, service, sql
from trainer.kinds.base import Kind

KINDS: tuple[Kind, ...] = (function, sql, service, debug, quiz)


def get(name: str) -> Kind:
    """The kind of this name. Raises NotFound."""
    for kind in KINDS:
        if name == kind.NAME:
            return kind
    raise NotFound(f"There is no kind {name!r}; known: {', '.join(kind.NAME for kind in KINDS)}.")
