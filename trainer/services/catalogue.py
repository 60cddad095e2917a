"""The published problems: finding one, listing them with a student's state, what a version says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, undefer

from trainer.errors import NotFound
from trainer.learning.progress import State, state_of
from trainer.models import Problem, ProblemVersion, Star, Submission
from trainer.services import listing, tries
from trainer.services.author import Author, bound
from trainer.services.contents import content, is_readable
from trainer.services.interviews import state
from trainer.services.listing import Listed
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
    slug = min((line.slug for line in listing.published(session) if line.warm_up), default=None)
    return published(session, slug) if slug else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the problem list, with what this student has done.

    `last_id` is the last submission that is a try and was judged, `last_verdict` what came of it: a page of the list
    has it, all problems together have not. `sent_at` is when something was sent last, runs included. `found_as` is
    another name of the problem, where it was found by that.
    """

    slug: str
    title: str
    kind: str
    label: str
    difficulty: str
    topics: tuple[str, ...]
    minutes: int
    state: State
    tries: int
    starred: bool
    warm_up: bool
    known_as: tuple[str, ...] = ()
    sent_at: datetime | None = None
    last_id: int | None = None
    last_verdict: str | None = None
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


_JUDGED = sa.and_(Submission.verdict.is_not(None), tries.counts())
_DONE = (
    sa.select(
        Submission.problem_id,
        sa.func.sum(sa.case((_JUDGED, 1), else_=0)).label("tries"),
        sa.func.max(sa.case((sa.and_(_JUDGED, Submission.verdict == "accepted"), 1), else_=0)).label("accepted"),
        sa.func.max(sa.case((_JUDGED, Submission.id))).label("last_id"),
        sa.func.max(Submission.created_at).label("sent_at"),
    )
    .where(bound("practice"))
    .group_by(Submission.problem_id)
)
"""Answered by the index `of_user` alone. It is asked by many pages, so it is made once."""
_STARS = sa.select(Star.problem_id).where(Star.user_id == sa.bindparam("student"))


def entries(session: Session, user_id: int | None) -> list[Entry]:
    """All published problems, easiest first, without those of the student's running interview."""
    done: dict[int, Any] = {}
    stars: set[int] = set()
    held: frozenset[int] = frozenset()
    if user_id is not None:
        done = {row.problem_id: row for row in session.execute(_DONE, Author(user_id=user_id).values)}
        stars = set(session.scalars(_STARS, {"student": user_id}))
        held = state.held(session, user_id)
    found = [
        _entry(line, done.get(line.problem_id), starred=line.problem_id in stars)
        for line in listing.published(session)
        if line.problem_id not in held
    ]
    return sorted(found, key=lambda e: (DIFFICULTIES.index(e.difficulty), e.minutes, e.title))


def _entry(line: Listed, done: Any, *, starred: bool) -> Entry:
    sent, accepted = (done.tries, bool(done.accepted)) if done else (0, False)
    return Entry(
        slug=line.slug,
        title=line.title,
        kind=line.kind,
        label=line.label,
        difficulty=line.difficulty,
        topics=line.topics,
        minutes=line.minutes,
        state=state_of(tries=sent, accepted=accepted),
        tries=sent,
        starred=starred,
        warm_up=line.warm_up,
        known_as=line.known_as,
        sent_at=done.sent_at if done else None,
        last_id=done.last_id if done else None,
    )


def package_files(session: Session, version_id: int) -> bytes:
    """A version's whole package as a zip archive."""
    version = session.get_one(ProblemVersion, version_id, options=[undefer(ProblemVersion.files)])
    return version.files
