"""The published problems: finding one, listing them with a student's state, what a version says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, undefer

from trainer.errors import NotFound
from trainer.learning.progress import State, state_of
from trainer.models import Problem, ProblemVersion, Star, Submission
from trainer.services import tries
from trainer.services.author import Author
from trainer.services.contents import content, is_readable
from trainer.services.interviews import state
from trainer.services.search import Asked

__all__ = [
    "DIFFICULTIES",
    "Entry",
    "Filters",
    "content",
    "entries",
    "is_readable",
    "package_files",
    "published",
    "slugs",
    "warm_up",
]

DIFFICULTIES = ("easy", "medium", "hard")

_PUBLISHED = sa.select(Problem).where(Problem.slug == sa.bindparam("address")).options(joinedload(Problem.current))
"""Asked by nearly every page and request, so it is made once: putting it together costs more than running it."""


def published(session: Session, slug: str) -> tuple[Problem, ProblemVersion]:
    """A problem and its current version. Raises NotFound."""
    problem = session.scalar(_PUBLISHED, {"address": slug})
    if problem is None or problem.current is None:
        raise NotFound(f"There is no problem {slug[:80]!r}.")
    return problem, problem.current


def slugs(session: Session, problem_ids: Collection[int]) -> dict[int, str]:
    """Addresses of problems by their numbers."""
    rows = session.execute(sa.select(Problem.id, Problem.slug).where(Problem.id.in_(problem_ids)))
    return {row.id: row.slug for row in rows}


def warm_up(session: Session) -> tuple[Problem, ProblemVersion] | None:
    """The front page's task, where the bank has one."""
    slug = session.scalar(
        sa.select(Problem.slug)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .where(ProblemVersion.warm_up)
        .order_by(Problem.slug)
        .limit(1)
    )
    return published(session, slug) if slug else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the problem list, with what this student has done. `last_verdict` is of the last submission.

    `found_as` is another name of the problem, where it was found by that.
    """

    slug: str
    title: str
    kind: str
    label: str
    difficulty: str
    topics: tuple[str, ...]
    minutes: int
    state: State
    last_verdict: str | None
    tries: int
    starred: bool
    warm_up: bool
    found_as: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. Empty means no limit; values of one field are alternatives."""

    asked: Asked = Asked()  # noqa: RUF009 -- frozen
    topics: frozenset[str] = frozenset()
    difficulties: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    starred: bool = False


_LISTED = (
    ProblemVersion.title,
    ProblemVersion.kind,
    ProblemVersion.label,
    ProblemVersion.difficulty,
    ProblemVersion.topics,
    ProblemVersion.minutes,
    ProblemVersion.warm_up,
)


def entries(session: Session, user_id: int | None) -> list[Entry]:
    """All published problems, easiest first, without those of the student's running interview."""
    query = (
        sa.select(Problem.id, Problem.slug, *_LISTED)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .order_by(ProblemVersion.title)
    )
    done = _done(session, user_id)
    stars = _stars(session, user_id)
    held = frozenset() if user_id is None else state.held(session, user_id)
    found = [_entry(row, done, stars) for row in session.execute(query) if row.id not in held]
    return sorted(found, key=lambda e: (DIFFICULTIES.index(e.difficulty), e.minutes, e.title))


@dataclass(frozen=True, slots=True)
class _Done:
    tries: int
    accepted: bool
    last_verdict: str | None


def _done(session: Session, user_id: int | None) -> dict[int, _Done]:
    if user_id is None:
        return {}
    judged = (Author(user_id=user_id).owns(), Submission.verdict.is_not(None), tries.counts())
    counts = session.execute(
        sa.select(
            Submission.problem_id,
            sa.func.count(),
            sa.func.sum(sa.case((Submission.verdict == "accepted", 1), else_=0)),
            sa.func.max(Submission.id),
        )
        .where(*judged)
        .group_by(Submission.problem_id)
    ).all()
    last_ids = [row[3] for row in counts]
    query = sa.select(Submission.id, Submission.verdict).where(Submission.id.in_(last_ids))
    last = {row.id: row.verdict for row in session.execute(query)}
    return {problem_id: _Done(tries, bool(accepted), last[last_id]) for problem_id, tries, accepted, last_id in counts}


def _stars(session: Session, user_id: int | None) -> set[int]:
    if user_id is None:
        return set()
    return set(session.scalars(sa.select(Star.problem_id).where(Star.user_id == user_id)))


def _entry(row: Any, done: dict[int, _Done], stars: set[int]) -> Entry:
    mine = done.get(row.id, _Done(0, False, None))
    return Entry(
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        label=row.label,
        difficulty=row.difficulty,
        topics=tuple(row.topics),
        minutes=row.minutes,
        state=state_of(tries=mine.tries, accepted=mine.accepted),
        last_verdict=mine.last_verdict,
        tries=mine.tries,
        starred=row.id in stars,
        warm_up=row.warm_up,
    )


def package_files(session: Session, version_id: int) -> bytes:
    """A version's whole package as a zip archive."""
    version = session.get_one(ProblemVersion, version_id, options=[undefer(ProblemVersion.files)])
    return version.files
