"""What lists say of the published problems. Versions never change, so each is read once in a process and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.models import Problem, ProblemVersion


@dataclass(frozen=True, slots=True)
class Listed:
    """A published problem as a line of a list."""

    problem_id: int
    version_id: int
    slug: str
    title: str
    kind: str
    label: str
    difficulty: str
    topics: tuple[str, ...]
    minutes: int
    warm_up: bool
    known_as: tuple[str, ...]


_CURRENT = sa.select(Problem.current_id).where(Problem.current_id.is_not(None))
_LINES = (
    sa.select(
        Problem.id.label("problem_id"),
        ProblemVersion.id.label("version_id"),
        Problem.slug,
        ProblemVersion.title,
        ProblemVersion.kind,
        ProblemVersion.label,
        ProblemVersion.difficulty,
        ProblemVersion.topics,
        ProblemVersion.minutes,
        ProblemVersion.warm_up,
        ProblemVersion.known_as,
    )
    .join(Problem, Problem.id == ProblemVersion.problem_id)
    .where(Problem.current_id == ProblemVersion.id)
)
_CHANGES = "makes versions"
_kept: WeakKeyDictionary[Any, dict[int, Listed]] = WeakKeyDictionary()
"""Lines by versions, of each database that this process uses."""


def published(session: Session) -> list[Listed]:
    """All published problems, in the order of their titles."""
    current = set(session.scalars(_CURRENT))
    known = _kept.get(session.get_bind(), {})
    if not known.keys() >= current:
        lines = [_line(row) for row in session.execute(_LINES).mappings()]
        known = {line.version_id: line for line in sorted(lines, key=lambda line: (line.title, line.problem_id))}
        if not session.info.get(_CHANGES):
            _kept[session.get_bind()] = known
    return [line for version_id, line in known.items() if version_id in current]


def say_changed(session: Session) -> None:
    """Versions are made in this session. Nothing that it reads is kept: were it undone, others would get their ids."""
    session.info[_CHANGES] = True


def forget() -> None:
    """Forget all lines: a database was put in the place of another."""
    _kept.clear()


def _line(row: Any) -> Listed:
    return Listed(**{**row, "topics": tuple(row["topics"]), "known_as": tuple(row["known_as"])})
