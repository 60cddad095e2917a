"""The list of problems, a page at a time: searched, filtered, ordered and counted by the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer.learning.progress import State
from trainer.models import Problem, ProblemVersion, Purpose, Star, Submission
from trainer.services import paging, search
from trainer.services.author import Author
from trainer.services.catalogue import DIFFICULTIES, Entry, Filters
from trainer.services.interviews import state
from trainer.services.paging import Page
from trainer.services.search import Asked

SORTS = ("best", "shortest", "open", "title")
"""In the first order the best match comes first where something is looked for, and then the easiest problem."""


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that are alike in all that can be filtered by, and how many they are."""

    difficulty: str
    label: str
    state: str
    starred: bool
    topics: tuple[str, ...]
    count: int

    def matches(self, filters: Filters) -> bool:
        """Does it pass the filters (the text apart, which the database has searched)?"""
        return (
            (not filters.topics or bool(filters.topics.intersection(self.topics)))
            and (not filters.difficulties or self.difficulty in filters.difficulties)
            and (not filters.states or self.state in filters.states)
            and (not filters.labels or self.label in filters.labels)
            and (not filters.starred or self.starred)
        )


def listed(
    session: Session, user_id: int | None, filters: Filters, *, sort: str = "best", number: int = 1
) -> Page[Entry]:
    """One page of the published problems that pass the filters, without those of the student's running interview."""
    columns = _Columns(user_id)
    query = _matching(columns, _searched(session, columns, user_id, filters.asked), filters)
    total = paging.count(session, query.with_only_columns(Problem.id))
    order: list[sa.ColumnElement[Any]] = [*_order(columns, sort)]
    if sort == "best" and filters.asked:
        order.insert(0, search.rank(session, filters.asked))
    rows = session.execute(paging.on_page(query.order_by(*order), number))
    return Page(tuple(_entry(row, filters.asked) for row in rows), number, total)


def groups(session: Session, user_id: int | None, asked: Asked) -> list[Group]:
    """What can be filtered by, of all problems that are asked for: a row for each combination, not for each problem."""
    columns = _Columns(user_id)
    topics = sa.cast(ProblemVersion.topics, sa.Text)
    keys = (ProblemVersion.difficulty, ProblemVersion.label, columns.state, columns.starred, topics)
    query = _searched(session, columns, user_id, asked).with_only_columns(*keys, sa.func.count()).group_by(*keys)
    return [
        Group(difficulty, label, state, bool(starred), tuple(json.loads(topics)), count)
        for difficulty, label, state, starred, topics, count in session.execute(query)
    ]


def topics_in_use(session: Session, user_id: int | None) -> set[str]:
    """Ids of the topics that have problems."""
    return {topic for group in groups(session, user_id, Asked()) for topic in group.topics}


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a problem."""

    name: str
    slug: str
    title: str


def aliases(session: Session, user_id: int | None) -> list[Alias]:
    """All other names of the published problems, without those of the student's running interview."""
    query = (
        sa.select(Problem.slug, ProblemVersion.title, ProblemVersion.known_as)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .where(Problem.id.not_in(_held(session, user_id)))
        .order_by(ProblemVersion.title, Problem.id)
    )
    return [Alias(name, row.slug, row.title) for row in session.execute(query) for name in row.known_as]


@dataclass(frozen=True)
class _Columns:
    """What a student has done with a problem, as SQL."""

    user_id: int | None
    done: sa.Subquery = field(init=False)
    state: sa.ColumnElement[str] = field(init=False)
    starred: sa.ColumnElement[bool] = field(init=False)
    last: sa.ColumnElement[str | None] = field(init=False)

    def __post_init__(self) -> None:
        done = _done(self.user_id)
        verdict = sa.select(Submission.verdict).where(Submission.id == done.c.last_id).scalar_subquery()
        starred = sa.exists().where(Star.problem_id == Problem.id, Star.user_id == self.user_id)
        state = sa.case(
            (done.c.accepted == 1, sa.literal_column(f"'{State.ACCEPTED}'")),
            (done.c.tries > 0, sa.literal_column(f"'{State.TRIED}'")),
            else_=sa.literal_column(f"'{State.NEW}'"),
        )
        values = {"done": done, "state": state, "starred": starred, "last": verdict}
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _done(user_id: int | None) -> sa.Subquery:
    """A student's judged submissions by problem; a judge error is none. Nobody has none."""
    judged = (
        sa.select(
            Submission.problem_id,
            sa.func.count().label("tries"),
            sa.func.max(sa.case((Submission.verdict == "accepted", 1), else_=0)).label("accepted"),
            sa.func.max(Submission.id).label("last_id"),
        )
        .where(Submission.purpose == Purpose.SUBMIT, Submission.verdict.is_not(None))
        .where(Submission.verdict != "judge error")
        .group_by(Submission.problem_id)
    )
    mine = sa.false() if user_id is None else Author(user_id=user_id).owns()
    return judged.where(mine).subquery("done")


def _searched(session: Session, columns: _Columns, user_id: int | None, asked: Asked) -> sa.Select[tuple[object, ...]]:
    query = (
        sa.select(
            Problem.slug,
            ProblemVersion.title,
            ProblemVersion.kind,
            ProblemVersion.label,
            ProblemVersion.difficulty,
            ProblemVersion.topics,
            ProblemVersion.minutes,
            ProblemVersion.warm_up,
            ProblemVersion.known_as,
            columns.state.label("state"),
            columns.starred.label("starred"),
            columns.last.label("last_verdict"),
            sa.func.coalesce(columns.done.c.tries, 0).label("tries"),
        )
        .select_from(Problem)
        .join(ProblemVersion, ProblemVersion.id == Problem.current_id)
        .outerjoin(columns.done, columns.done.c.problem_id == Problem.id)
    )
    if asked:
        query = query.where(search.matching(session, asked))
    held = _held(session, user_id)
    return query.where(Problem.id.not_in(held)) if held else query  # type: ignore[return-value]


def _held(session: Session, user_id: int | None) -> Collection[int]:
    """Problems of the student's running interview: nothing tells their titles before its end."""
    return frozenset() if user_id is None else state.held(session, user_id)


def _matching(
    columns: _Columns, query: sa.Select[tuple[object, ...]], filters: Filters
) -> sa.Select[tuple[object, ...]]:
    if filters.topics:
        query = query.where(_any_topic(filters.topics))
    if filters.difficulties:
        query = query.where(ProblemVersion.difficulty.in_(filters.difficulties))
    if filters.labels:
        query = query.where(ProblemVersion.label.in_(filters.labels))
    if filters.states:
        query = query.where(columns.state.in_(filters.states))
    return query.where(columns.starred) if filters.starred else query


def _any_topic(topics: Iterable[str]) -> sa.ColumnElement[bool]:
    """Topics stand in the table as a JSON list of words without quotes."""
    text = sa.cast(ProblemVersion.topics, sa.Text)
    return sa.or_(*(text.contains(json.dumps(topic), autoescape=True) for topic in topics))


def _order(columns: _Columns, sort: str) -> list[sa.ColumnElement[object]]:
    """The wanted order; what is alike in it comes easiest first."""
    level = sa.case(*((ProblemVersion.difficulty == name, n) for n, name in enumerate(DIFFICULTIES)), else_=9)
    open_first = sa.case((columns.state == State.TRIED, 0), (columns.state == State.NEW, 1), else_=2)
    first: dict[str, sa.ColumnElement[object]] = {
        "shortest": sa.type_coerce(ProblemVersion.minutes, sa.Integer),
        "open": open_first,
        "title": sa.func.lower(ProblemVersion.title),
    }
    usual = [level, ProblemVersion.minutes, ProblemVersion.title, Problem.id]
    return [*([first[sort]] if sort in first else []), *usual]  # type: ignore[list-item]


def _entry(row: sa.Row[tuple[object, ...]], asked: Asked) -> Entry:
    values = dict(row._mapping)
    values["found_as"] = asked.found_as(row.title, values.pop("known_as"))
    values |= {"topics": tuple(row.topics), "state": State(row.state), "starred": bool(row.starred)}
    return Entry(**values)
