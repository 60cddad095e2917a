"""The published problems: finding one, listing them with a student's state, reading a version's content."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, undefer

from trainer.bank.files import load_zip
from trainer.bank.package import read_package
from trainer.bank.problem import Problem as Content
from trainer.errors import NotFound
from trainer.learning.progress import State, state_of
from trainer.models import Problem, ProblemVersion, Purpose, Star, Submission
from trainer.services.author import Author
from trainer.services.interviews import state

DIFFICULTIES = ("easy", "medium", "hard")


class _Shelf:
    """Parsed versions by digest, the last used ones. Versions never change, so nothing here grows stale."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._books: OrderedDict[str, Content] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str) -> Content | None:
        with self._lock:
            if digest in self._books:
                self._books.move_to_end(digest)
            return self._books.get(digest)

    def put(self, digest: str, content: Content) -> None:
        with self._lock:
            self._books[digest] = content
            while len(self._books) > self._size:
                self._books.popitem(last=False)


_shelf = _Shelf(512)


def published(session: Session, slug: str) -> tuple[Problem, ProblemVersion]:
    """A problem and its current version. Raises NotFound."""
    problem = session.scalar(sa.select(Problem).where(Problem.slug == slug).options(joinedload(Problem.current)))
    if problem is None or problem.current is None:
        raise NotFound(f"There is no problem {slug[:80]!r}.")
    return problem, problem.current


def content(session: Session, version: ProblemVersion) -> Content:
    """What a version says, read from its package once and kept."""
    key = f"{version.digest}:{version.problem_id}"
    found = _shelf.get(key)
    if found is None:
        row = session.execute(
            sa.select(ProblemVersion.files, Problem.slug)
            .join(Problem, Problem.id == ProblemVersion.problem_id)
            .where(ProblemVersion.id == version.id)
        ).one()
        found = read_package(load_zip(row.files, row.slug).files, row.slug)
        _shelf.put(key, found)
    return found


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
    """One line of the problem list, with what this student has done. `last_verdict` is of the last submission."""

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


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. Empty means no limit; values of one field are alternatives."""

    text: str = ""
    topics: frozenset[str] = frozenset()
    difficulties: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    starred: bool = False


def entries(session: Session, user_id: int | None, text: str = "") -> list[Entry]:
    """All published problems, easiest first, without those of the student's running interview.

    `text` must occur in title, topics or statement.
    """
    query = (
        sa.select(Problem, ProblemVersion)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .order_by(ProblemVersion.title)
    )
    for word in text.lower().split()[:8]:
        query = query.where(ProblemVersion.search_text.contains(word, autoescape=True))
    done = _done(session, user_id)
    stars = _stars(session, user_id)
    held = frozenset() if user_id is None else state.held(session, user_id)
    rows = ((problem, version) for problem, version in session.execute(query) if problem.id not in held)
    found = [_entry(problem, version, done, stars) for problem, version in rows]
    return sorted(found, key=lambda e: (DIFFICULTIES.index(e.difficulty), e.minutes, e.title))


def matches(entry: Entry, filters: Filters) -> bool:
    """Does an entry pass the filters (the text apart, which the database has searched)?"""
    return (
        (not filters.topics or bool(filters.topics.intersection(entry.topics)))
        and (not filters.difficulties or entry.difficulty in filters.difficulties)
        and (not filters.states or entry.state in filters.states)
        and (not filters.labels or entry.label in filters.labels)
        and (not filters.starred or entry.starred)
    )


@dataclass(frozen=True, slots=True)
class _Done:
    tries: int
    accepted: bool
    last_verdict: str | None


def _done(session: Session, user_id: int | None) -> dict[int, _Done]:
    if user_id is None:
        return {}
    judged = (Author(user_id=user_id).owns(), Submission.purpose == Purpose.SUBMIT, Submission.verdict.is_not(None))
    counts = session.execute(
        sa.select(
            Submission.problem_id,
            sa.func.count(),
            sa.func.sum(sa.case((Submission.verdict == "accepted", 1), else_=0)),
            sa.func.max(Submission.id),
        )
        .where(*judged, Submission.verdict != "judge error")
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


def _entry(problem: Problem, version: ProblemVersion, done: dict[int, _Done], stars: set[int]) -> Entry:
    mine = done.get(problem.id, _Done(0, False, None))
    return Entry(
        slug=problem.slug,
        title=version.title,
        kind=version.kind,
        label=version.label,
        difficulty=version.difficulty,
        topics=tuple(version.topics),
        minutes=version.minutes,
        state=state_of(tries=mine.tries, accepted=mine.accepted),
        last_verdict=mine.last_verdict,
        tries=mine.tries,
        starred=problem.id in stars,
        warm_up=version.warm_up,
    )


def package_files(session: Session, version_id: int) -> bytes:
    """A version's whole package as a zip archive."""
    version = session.get_one(ProblemVersion, version_id, options=[undefer(ProblemVersion.files)])
    return version.files
